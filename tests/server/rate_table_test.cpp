#include "server/rate_table.h"

#include <gtest/gtest.h>

namespace queqiao::server {
namespace {

const TimePoint start{};

TEST(RateTable, SoManyAreTakenWithinTheWindow) {
  RateTable table(std::chrono::minutes(1));
  EXPECT_TRUE(table.take("a", 2, start));
  EXPECT_TRUE(table.take("a", 2, start + std::chrono::seconds(59)));
  EXPECT_FALSE(table.take("a", 2, start + std::chrono::seconds(59)));
  EXPECT_TRUE(table.take("b", 2, start + std::chrono::seconds(59))) << "another name";
  EXPECT_TRUE(table.take("a", 2, start + std::chrono::seconds(60)));
}

TEST(RateTable, ManyNamesKeepNobodyOut) {
  RateTable table(std::chrono::hours(1), 100);
  for (int i = 0; i < 1'000; ++i) EXPECT_TRUE(table.take("2001:db8:0:" + std::to_string(i), 1, start));
  EXPECT_TRUE(table.take("192.0.2.1", 1, start));
}

TEST(RateTable, WhoeverGoesOnStaysCountedWhenOthersArePushedOut) {
  RateTable table(std::chrono::hours(1), 100);
  table.take("192.0.2.1", 1, start);
  for (int i = 0; i < 1'000; ++i) {
    table.take(std::to_string(i), 1, start);
    EXPECT_FALSE(table.take("192.0.2.1", 1, start)) << i;
  }
}

}  // namespace
}  // namespace queqiao::server
