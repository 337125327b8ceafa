#include "base/time_text.h"

#include <gtest/gtest.h>

namespace queqiao {
namespace {

using namespace std::chrono_literals;

WallTime at(long microseconds) {
  return WallTime(std::chrono::microseconds(microseconds));
}

TEST(DateTime, HasAFractionOnlyWhenTheTimeHasOne) {
  EXPECT_EQ(format_date_time(at(0)), "1970-01-01T00:00:00Z");
  EXPECT_EQ(format_date_time(at(1'500'000)), "1970-01-01T00:00:01.500Z");
  EXPECT_EQ(format_date_time(at(1'000'001)), "1970-01-01T00:00:01.000001Z");
  EXPECT_EQ(format_date_time(at(-1)), "1969-12-31T23:59:59.999999Z");
}

// XEP-0082 4: the same moment in two zones.
TEST(DateTime, IsParsedInEveryZone) {
  const auto moon = parse_date_time("1969-07-21T02:56:15Z");
  ASSERT_TRUE(moon);
  EXPECT_EQ(format_date_time(*moon), "1969-07-21T02:56:15Z");
  EXPECT_EQ(parse_date_time("1969-07-20T21:56:15-05:00"), moon);
  EXPECT_EQ(parse_date_time("1969-07-21T08:26:15+05:30"), moon);
}

TEST(DateTime, KeepsSixDigitsOfAFraction) {
  EXPECT_EQ(parse_date_time("1970-01-01T00:00:00.5Z"), at(500'000));
  EXPECT_EQ(parse_date_time("1970-01-01T00:00:00.1234567891234567Z"), at(123'456));
}

TEST(DateTime, TakesALeapSecondForTheNext) {
  EXPECT_EQ(parse_date_time("2016-12-31T23:59:60Z"), parse_date_time("2017-01-01T00:00:00Z"));
}

TEST(DateTime, KnowsTheCalendar) {
  EXPECT_TRUE(parse_date_time("2024-02-29T00:00:00Z"));
  EXPECT_FALSE(parse_date_time("2023-02-29T00:00:00Z"));
  EXPECT_FALSE(parse_date_time("2023-04-31T00:00:00Z"));
}

TEST(DateTime, RefusesNonsense) {
  for (const auto* text : {"",
                           "now",
                           "2023-01-01",
                           "2023-01-01T00:00:00",
                           "2023-01-01T24:00:00Z",
                           "2023-13-01T00:00:00Z",
                           "2023-00-01T00:00:00Z",
                           "2023-01-01T00:60:00Z",
                           "2023-01-01T00:00:61Z",
                           "2023-01-01T00:00:00.Z",
                           "2023-01-01T00:00:00Zx",
                           "2023-01-01T00:00:00+24:00",
                           "2023-01-01T00:00:00+0100",
                           "2023-1-1T00:00:00Z",
                           "20230101T00:00:00",
                           "-2023-01-01T00:00:00Z",
                           "12023-01-01T00:00:00Z",
                           "2023-01-01 00:00:00Z",
                           "0000-01-01T00:00:00+01:00",
                           "9999-12-31T23:59:59-01:00"}) {
    EXPECT_FALSE(parse_date_time(text)) << text;
  }
}

}  // namespace
}  // namespace queqiao
