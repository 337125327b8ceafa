#include "net/timer_wheel.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

namespace queqiao::net {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

class TimerWheelTest : public ::testing::Test {
 protected:
  TimePoint at(milliseconds offset) const { return start_ + offset; }

  const TimePoint start_ = TimePoint() + hours(1);
  TimerWheel wheel_{start_};
  std::vector<int> ran_;
};

TEST_F(TimerWheelTest, ATimerRunsOnceAndNeverEarly) {
  wheel_.add(at(milliseconds(25)), [&] { ran_.push_back(1); });
  wheel_.advance(at(milliseconds(24)));
  EXPECT_TRUE(ran_.empty());
  wheel_.advance(at(milliseconds(30)));
  wheel_.advance(at(milliseconds(10'000)));
  EXPECT_EQ(ran_, std::vector<int>{1});
  EXPECT_EQ(wheel_.size(), 0u);
}

TEST_F(TimerWheelTest, TimersRunInTheOrderOfTheirDeadlines) {
  std::mt19937 random(7);
  std::multimap<milliseconds, int> expected;
  // Over all wheels and beyond the last, which ends after 124 days.
  for (int i = 0; i < 2'000; ++i) {
    const milliseconds deadline(10 * (1 + random() % (1u << (4 + i % 28))));
    expected.emplace(deadline, i);
    wheel_.add(at(deadline), [&, i] { ran_.push_back(i); });
  }
  std::vector<int> order;
  for (const auto& [deadline, i] : expected) order.push_back(i);
  while (const auto due = wheel_.next_due()) wheel_.advance(*due);
  EXPECT_EQ(ran_, order);
}

TEST_F(TimerWheelTest, NextDueIsNeverAfterTheFirstTimer) {
  std::mt19937 random(11);
  for (int i = 0; i < 1'000; ++i) {
    const milliseconds deadline(10 + random() % 10'000'000);
    TimerWheel wheel(start_);
    wheel.advance(at(milliseconds(random() % 1'000'000)));
    bool has_run = false;
    wheel.add(at(deadline), [&] { has_run = true; });
    while (!has_run) {
      const auto due = wheel.next_due();
      ASSERT_TRUE(due);
      wheel.advance(*due - TimePoint::duration(1));
      ASSERT_FALSE(has_run);
      wheel.advance(*due);
    }
  }
}

TEST_F(TimerWheelTest, ACancelledTimerDoesNotRunEvenInTheSameTick) {
  TimerWheel::TimerId second = 0;
  wheel_.add(at(milliseconds(10)), [&] { wheel_.cancel(second); });
  second = wheel_.add(at(milliseconds(10)), [&] { ran_.push_back(2); });
  wheel_.advance(at(milliseconds(50)));
  EXPECT_TRUE(ran_.empty());
}

TEST_F(TimerWheelTest, AnOldIdCancelsNobodyElse) {
  const auto old = wheel_.add(at(milliseconds(10)), [] {});
  wheel_.advance(at(milliseconds(10)));
  const auto present = wheel_.add(at(milliseconds(20)), [&] { ran_.push_back(1); });
  EXPECT_NE(old, present);
  wheel_.cancel(old);
  wheel_.cancel(0);
  wheel_.advance(at(milliseconds(20)));
  EXPECT_EQ(ran_, std::vector<int>{1});
}

TEST_F(TimerWheelTest, ATimerThatIsAddedByATimerIsNotLost) {
  std::function<void()> again = [&] {
    ran_.push_back(1);
    if (ran_.size() < 5) wheel_.add(at(milliseconds(0)), [&] { again(); });
  };
  wheel_.add(at(milliseconds(10)), [&] { again(); });
  wheel_.advance(at(milliseconds(1'000)));
  EXPECT_EQ(ran_.size(), 5u);
}

}  // namespace
}  // namespace queqiao::net
