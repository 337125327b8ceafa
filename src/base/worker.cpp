#include "base/worker.h"

#include <utility>

namespace queqiao {

Worker::Worker(std::size_t capacity) : capacity_(capacity), thread_([this] { work(); }) {}

Worker::~Worker() { stop(); }

bool Worker::run(EventLoop::Task task) {
  {
    const std::lock_guard lock(mutex_);
    if (is_stopping_ || tasks_.size() >= capacity_) return false;
    tasks_.push_back(std::move(task));
  }
  wake_.notify_one();
  return true;
}

bool Worker::is_idle() {
  const std::lock_guard lock(mutex_);
  return tasks_.empty() && !is_running_;
}

void Worker::stop() {
  {
    const std::lock_guard lock(mutex_);
    is_stopping_ = true;
    tasks_.clear();
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void Worker::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [this] { return is_stopping_ || !tasks_.empty(); });
    if (is_stopping_) return;
    auto task = std::move(tasks_.front());
    tasks_.erase(tasks_.begin());
    is_running_ = true;
    lock.unlock();
    task();
    task = nullptr;
    lock.lock();
    is_running_ = false;
  }
}

}  // namespace queqiao
