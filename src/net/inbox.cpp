#include "net/inbox.h"

#include <sys/eventfd.h>

#include <iterator>
#include <utility>

#include "base/assert.h"

namespace queqiao::net {

namespace {
// More than this can only mean that nobody looks at Shard::is_congested(). A task cannot be dropped, because it may be
// an acknowledged message or own a connection, so going on would end with the machine's memory instead.
constexpr std::size_t hard_limit = 8u << 20;
}  // namespace

Inbox::Inbox() : wake_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  QUEQIAO_ASSERT(wake_);
}

void Inbox::push(Task task) {
  bool must_wake = false;
  {
    const std::lock_guard lock(mutex_);
    tasks_.push_back(std::move(task));
    QUEQIAO_ASSERT(tasks_.size() < hard_limit);
    size_.store(tasks_.size(), std::memory_order_relaxed);
    must_wake = std::exchange(is_asleep_, false);
  }
  if (must_wake) wake();
}

void Inbox::push_all(std::vector<Task>& tasks) {
  bool must_wake = false;
  {
    const std::lock_guard lock(mutex_);
    if (tasks_.empty()) {
      tasks_.swap(tasks);
    } else {
      tasks_.insert(tasks_.end(), std::move_iterator(tasks.begin()), std::move_iterator(tasks.end()));
    }
    QUEQIAO_ASSERT(tasks_.size() < hard_limit);
    size_.store(tasks_.size(), std::memory_order_relaxed);
    must_wake = std::exchange(is_asleep_, false);
  }
  tasks.clear();
  if (must_wake) wake();
}

void Inbox::wake() {
  const auto written = eventfd_write(wake_.get(), 1);
  QUEQIAO_ASSERT(written == 0);
}

bool Inbox::begin_sleep() {
  const std::lock_guard lock(mutex_);
  is_asleep_ = tasks_.empty();
  return is_asleep_;
}

void Inbox::end_sleep() {
  const std::lock_guard lock(mutex_);
  is_asleep_ = false;
}

void Inbox::take(std::vector<Task>& out) {
  if (size() == 0) return;
  const std::lock_guard lock(mutex_);
  tasks_.swap(out);
  size_.store(0, std::memory_order_relaxed);
}

}  // namespace queqiao::net
