#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "base/event_loop.h"

namespace queqiao {

// A thread for slow arithmetic (hashing of passwords), which a shard must not wait for. The mutex guards the queue; a
// message to a loop would not do, since a worker has no loop of its own.
class Worker {
 public:
  explicit Worker(std::size_t capacity = 10'000);
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;
  ~Worker();  // stops

  // Runs `task` on the worker's thread. False when `capacity` tasks wait already: the caller refuses its peer.
  [[nodiscard]] bool run(EventLoop::Task task);
  bool is_idle();  // nothing waits and nothing runs
  void stop();  // drops what waits, and waits for the task at hand

 private:
  void work();

  const std::size_t capacity_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<EventLoop::Task> tasks_;
  bool is_running_ = false;  // a task is at hand
  bool is_stopping_ = false;
  std::thread thread_;
};

}  // namespace queqiao
