#include "base/function.h"

#include <gtest/gtest.h>

#include <array>
#include <memory>

namespace queqiao {
namespace {

TEST(UniqueFunction, OwnsWhatItCaptures) {
  auto value = std::make_shared<int>(7);
  {
    UniqueFunction<int()> function([value] { return *value; });
    EXPECT_EQ(value.use_count(), 2);
    EXPECT_EQ(function(), 7);
  }
  EXPECT_EQ(value.use_count(), 1);
}

TEST(UniqueFunction, TakesCallablesThatOnlyMove) {
  UniqueFunction<int()> function([value = std::make_unique<int>(3)] { return *value; });
  UniqueFunction<int()> moved(std::move(function));
  EXPECT_FALSE(function);
  EXPECT_EQ(moved(), 3);
}

TEST(UniqueFunction, KeepsLargeCallablesOnTheHeap) {
  auto count = std::make_shared<int>(0);
  std::array<int, 100> large{};
  large[99] = 5;
  {
    UniqueFunction<int(int)> function([large, count](int more) { return large[99] + more; });
    UniqueFunction<int(int)> assigned;
    assigned = std::move(function);
    EXPECT_EQ(assigned(1), 6);
    EXPECT_EQ(count.use_count(), 2);
  }
  EXPECT_EQ(count.use_count(), 1);
}

TEST(UniqueFunction, IsFalseWhenEmpty) {
  EXPECT_FALSE(UniqueFunction<void()>());
  EXPECT_FALSE(UniqueFunction<void()>(nullptr));
}

}  // namespace
}  // namespace queqiao
