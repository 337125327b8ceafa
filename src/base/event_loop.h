#pragma once

#include <chrono>
#include <cstdint>

#include "base/function.h"

namespace queqiao {

using TimePoint = std::chrono::steady_clock::time_point;            // for deadlines
using WallTime = std::chrono::sys_time<std::chrono::microseconds>;  // for what people see and what is stored

// One thread's queue of work and its clock. net::Shard is the real one; tests use a loop whose time they set.
class EventLoop {
 public:
  using Task = UniqueFunction<void()>;
  using TimerId = std::uint64_t;

  virtual ~EventLoop() = default;

  // Runs `task` on this loop's thread, later, in the order of posting per calling thread. Any thread may call it.
  virtual void post(Task task) = 0;

  // More is posted than the loop gets done: whoever makes work for it should make less for a while. Any thread.
  virtual bool is_congested() const { return false; }

  // The rest is for the loop's own thread.
  virtual TimePoint now() const = 0;       // taken once a turn
  virtual WallTime wall_time() const = 0;  // UTC
  // Runs `task` once when `delay` has passed, with a grain of about 10 ms. Never 0 is returned.
  virtual TimerId after(std::chrono::milliseconds delay, Task task) = 0;
  virtual void cancel(TimerId timer) = 0;  // harmless when it has run
  // Runs `task` at the end of the present turn, after everything that is ready has been handled: for flushing once.
  virtual void at_end_of_turn(Task task) = 0;
};

}  // namespace queqiao
