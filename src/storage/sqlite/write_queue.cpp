#include "storage/sqlite/write_queue.h"

#include <utility>

namespace queqiao::storage::sqlite {

bool WriteQueue::push(Write&& write) {
  bool must_wake;
  {
    const std::lock_guard lock(mutex_);
    if (is_closed_ || pending() >= limit_) return false;
    queued_.push_back(std::move(write));
    pending_.fetch_add(1, std::memory_order_relaxed);
    must_wake = std::exchange(is_sleeping_, false);
  }
  if (must_wake) changed_.notify_one();
  return true;
}

void WriteQueue::close() {
  {
    const std::lock_guard lock(mutex_);
    is_closed_ = true;
  }
  changed_.notify_one();
}

void WriteQueue::wake() {
  {
    const std::lock_guard lock(mutex_);
    is_woken_ = true;
  }
  changed_.notify_one();
}

void WriteQueue::take(std::vector<Write>& writes, std::optional<std::chrono::steady_clock::time_point> until) {
  std::unique_lock lock(mutex_);
  const auto has_reason = [this] { return !queued_.empty() || is_woken_ || is_closed_; };
  is_sleeping_ = !has_reason();
  if (until) {
    changed_.wait_until(lock, *until, has_reason);
  } else {
    changed_.wait(lock, has_reason);
  }
  is_sleeping_ = is_woken_ = false;
  std::swap(writes, queued_);
}

bool WriteQueue::is_closed() const {
  const std::lock_guard lock(mutex_);
  return is_closed_;
}

}  // namespace queqiao::storage::sqlite
