#pragma once

#include <atomic>
#include <cstddef>
#include <mutex>
#include <vector>

#include "base/event_loop.h"
#include "net/file_descriptor.h"

namespace queqiao::net {

// Tasks that other threads post to one shard. The mutex guards the list and whether the shard sleeps; a list without
// locks would still need the kernel to wake a sleeper, and under load one lock is shared by many posts of a turn.
// The event descriptor is written once per sleep, never while the shard is awake.
class Inbox {
 public:
  using Task = EventLoop::Task;

  Inbox();

  int wake_fd() const { return wake_.get(); }  // becomes readable (an edge; it is never read) to end a sleep
  void push(Task task);                        // any thread; never waits for room
  void push_all(std::vector<Task>& tasks);     // the same for several, which are gone then; its memory stays
  std::size_t size() const { return size_.load(std::memory_order_relaxed); }  // any thread; a hint

  // For the shard's thread.
  bool begin_sleep();  // false: there are tasks, do not sleep
  void end_sleep();
  void take(std::vector<Task>& out);  // exchanges the list for the empty `out`

 private:
  void wake();

  FileDescriptor wake_;
  std::mutex mutex_;
  std::vector<Task> tasks_;
  bool is_asleep_ = false;
  std::atomic<std::size_t> size_{0};
};

}  // namespace queqiao::net
