#include "net/shard.h"

#include <gtest/gtest.h>

#include <atomic>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <latch>
#include <thread>

#include "tests/net/net_fixture.h"

namespace queqiao::net {
namespace {

using std::chrono::milliseconds;

class ShardTest : public ::testing::Test {
 protected:
  ShardTest() { shard_.start(); }
  ~ShardTest() override { shard_.stop(); }

  Shard shard_{3};
};

TEST_F(ShardTest, TasksOfOneThreadRunInTheirOrderAndNoneIsLost) {
  constexpr int threads = 4;
  constexpr int tasks = 20'000;
  std::vector<std::vector<int>> seen(threads);
  {
    std::vector<std::jthread> posters;
    for (int thread = 0; thread < threads; ++thread) {
      posters.emplace_back([&, thread] {
        for (int i = 0; i < tasks; ++i) shard_.post([&, thread, i] { seen[thread].push_back(i); });
      });
    }
  }
  on(shard_, [] {});
  for (const auto& one : seen) {
    ASSERT_EQ(one.size(), static_cast<std::size_t>(tasks));
    EXPECT_TRUE(std::is_sorted(one.begin(), one.end()));
  }
}

TEST_F(ShardTest, ShardsThatPostToEachOtherDoNotLoseAWakeUp) {
  Shard other(4);
  other.start();
  std::promise<void> done;
  int left = 20'000;
  std::function<void()> ping = [&] {
    if (--left == 0) return done.set_value();
    Shard& next = shard_.is_current() ? other : shard_;
    next.post([&] { ping(); });
  };
  shard_.post([&] { ping(); });
  done.get_future().wait();
  on(shard_, [] {});  // the last post to `other` has returned
  other.stop();
}

TEST_F(ShardTest, ATaskKnowsItsShard) {
  EXPECT_EQ(Shard::current(), nullptr);
  EXPECT_EQ(on(shard_, [] { return Shard::current(); }), &shard_);
  EXPECT_EQ(on(shard_, [&] { return shard_.is_current(); }), true);
  EXPECT_EQ(shard_.id(), 3u);
}

TEST_F(ShardTest, EndOfTurnComesAfterWhatWasPostedBefore) {
  std::vector<int> order;
  std::promise<void> done;
  shard_.post([&] {
    shard_.at_end_of_turn([&] {
      order.push_back(2);
      done.set_value();
    });
    shard_.post([&] { order.push_back(1); });
  });
  done.get_future().wait();
  EXPECT_EQ(order, (std::vector<int>{1, 2}));
}

TEST_F(ShardTest, TimersRunInOrderOnTheShardAndNotWhenCancelled) {
  std::vector<int> order;
  std::promise<void> done;
  shard_.post([&] {
    shard_.after(milliseconds(60), [&] { done.set_value(); });
    shard_.after(milliseconds(40), [&] { order.push_back(2); });
    shard_.after(milliseconds(20), [&] { order.push_back(1); });
    shard_.cancel(shard_.after(milliseconds(30), [&] { order.push_back(3); }));
  });
  done.get_future().wait();
  EXPECT_EQ(order, (std::vector<int>{1, 2}));
}

TEST_F(ShardTest, ATimerDoesNotRunBeforeItsDelay) {
  std::promise<TimePoint::duration> waited;
  shard_.post([&] {
    const auto begun = shard_.now();
    shard_.after(milliseconds(15), [&, begun] { waited.set_value(shard_.now() - begun); });
  });
  EXPECT_GE(waited.get_future().get(), milliseconds(15));
}

TEST_F(ShardTest, StopRunsWhatTheSameThreadPostedBefore) {
  int ran = 0;
  for (int i = 0; i < 100; ++i) shard_.post([&] { ++ran; });
  shard_.stop();
  EXPECT_EQ(ran, 100);
}

TEST_F(ShardTest, ATaskThatNobodyRanIsDestroyed) {
  auto owned = std::make_shared<int>(1);
  const std::weak_ptr<int> watch = owned;
  {
    Shard never_started(5);
    never_started.post([owned = std::move(owned)] {});
  }
  EXPECT_TRUE(watch.expired());
}

TEST_F(ShardTest, AShardWithManyUnrunTasksSaysThatItIsCongested) {
  Shard busy(6);
  EXPECT_FALSE(busy.is_congested());
  for (int i = 0; i < 70'000; ++i) busy.post([] {});
  EXPECT_TRUE(busy.is_congested());
  busy.start();
  on(busy, [] {});
  EXPECT_FALSE(busy.is_congested());
  busy.stop();
}

TEST_F(ShardTest, AsioRunsBesideTheShardsOwnWork) {
  std::promise<void> asio_done;
  std::promise<void> timer_done;
  std::unique_ptr<boost::asio::steady_timer> timer;
  shard_.post([&] {
    timer = std::make_unique<boost::asio::steady_timer>(shard_.asio(), milliseconds(5));
    timer->async_wait([&](const boost::system::error_code&) { asio_done.set_value(); });
  });
  asio_done.get_future().wait();
  EXPECT_EQ(on(shard_, [] { return 7; }), 7);
  shard_.post([&] {
    timer.reset();
    shard_.after(milliseconds(10), [&] { timer_done.set_value(); });
  });
  timer_done.get_future().wait();
}

}  // namespace
}  // namespace queqiao::net
