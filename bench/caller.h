#pragma once

#include <condition_variable>
#include <mutex>
#include <utility>
#include <vector>

#include "base/assert.h"
#include "base/event_loop.h"

namespace queqiao::bench {

using Clock = std::chrono::steady_clock;

// The calling thread as the loop of a store's answers: posting is for any thread, run_until() for the one that waits.
class Caller final : public EventLoop {
 public:
  void post(Task task) override {
    {
      const std::lock_guard lock(mutex_);
      tasks_.push_back(std::move(task));
    }
    changed_.notify_one();
  }
  TimePoint now() const override { return Clock::now(); }
  WallTime wall_time() const override {
    return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
  }
  TimerId after(std::chrono::milliseconds, Task) override { QUEQIAO_ASSERT(!"no timers here"); }
  void cancel(TimerId) override {}
  void at_end_of_turn(Task task) override { post(std::move(task)); }

  template <class Done>
  void run_until(Done is_done) {
    while (!is_done()) {
      std::vector<Task> tasks;
      {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return !tasks_.empty(); });
        std::swap(tasks, tasks_);
      }
      for (auto& task : tasks) task();
    }
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Task> tasks_;
};

}  // namespace queqiao::bench
