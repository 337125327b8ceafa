#pragma once

#include <deque>
#include <map>
#include <mutex>
#include <vector>

#include "base/event_loop.h"

namespace queqiao::server::testing {

// A loop without a thread: tasks run when the test says, and time moves when the test moves it. Other threads (the store's,
// the worker's) may post.
class TestLoop final : public EventLoop {
 public:
  void post(Task task) override {
    const std::lock_guard lock(mutex_);
    posted_.push_back(std::move(task));
  }
  bool is_congested() const override { return is_congested_; }
  void set_congested(bool is_congested) { is_congested_ = is_congested; }
  TimePoint now() const override { return now_; }
  WallTime wall_time() const override { return wall_ + std::chrono::duration_cast<std::chrono::microseconds>(now_ - start_); }
  TimerId after(std::chrono::milliseconds delay, Task task) override {
    timers_.emplace(std::pair(now_ + delay, ++last_timer_), std::move(task));
    return last_timer_;
  }
  void cancel(TimerId timer) override {
    std::erase_if(timers_, [timer](const auto& entry) { return entry.first.second == timer; });
  }
  void at_end_of_turn(Task task) override { end_of_turn_.push_back(std::move(task)); }

  // Runs one turn; false when there was nothing to do.
  bool run_turn() {
    std::deque<Task> tasks;
    {
      const std::lock_guard lock(mutex_);
      tasks.swap(posted_);
    }
    bool did_something = !tasks.empty();
    for (auto& task : tasks) task();
    while (!timers_.empty() && timers_.begin()->first.first <= now_) {
      auto task = std::move(timers_.begin()->second);
      timers_.erase(timers_.begin());
      task();
      did_something = true;
    }
    while (!end_of_turn_.empty()) {
      auto ending = std::exchange(end_of_turn_, {});
      for (auto& task : ending) task();
      did_something = true;
    }
    return did_something;
  }
  void advance(std::chrono::milliseconds by) { now_ += by; }

 private:
  std::mutex mutex_;  // guards posted_, which other threads fill
  std::deque<Task> posted_;
  std::map<std::pair<TimePoint, TimerId>, Task> timers_;
  std::vector<Task> end_of_turn_;
  TimerId last_timer_ = 0;
  bool is_congested_ = false;
  const TimePoint start_{};
  TimePoint now_{};
  const WallTime wall_ = WallTime(std::chrono::seconds(1'700'000'000));
};

}  // namespace queqiao::server::testing
