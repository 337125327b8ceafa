#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "base/assert.h"
#include "base/event_loop.h"
#include "storage/store.h"

namespace queqiao::storage {

// A loop that the test's own thread turns: other threads post to it, wait() runs what came until the answer is there.
class TestLoop final : public EventLoop {
 public:
  void post(Task task) override {
    const std::lock_guard lock(mutex_);
    tasks_.push_back(std::move(task));
    ++posts_;
    changed_.notify_one();  // under the lock: when this task ran, the loop may be gone
  }
  TimePoint now() const override { return {}; }
  WallTime wall_time() const override { return {}; }
  TimerId after(std::chrono::milliseconds, Task) override { QUEQIAO_ASSERT(!"the store sets no timers"); }
  void cancel(TimerId) override {}
  void at_end_of_turn(Task task) override { post(std::move(task)); }

  // Runs what was posted until `is_done()`.
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

  // What `ask(reply)` is answered.
  template <class T, class Ask>
  Result<T> wait(Ask ask) {
    std::optional<Result<T>> answer;
    ask(Reply<T>{this, [&](Result<T> outcome) { answer.emplace(std::move(outcome)); }});
    run_until([&] { return answer.has_value(); });
    return *std::move(answer);
  }

  std::size_t posts() {
    const std::lock_guard lock(mutex_);
    return posts_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Task> tasks_;
  std::size_t posts_ = 0;
};

}  // namespace queqiao::storage
