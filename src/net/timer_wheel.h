#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/event_loop.h"

namespace queqiao::net {

// The timers of one shard: adding and cancelling cost the same with ten timers as with a million. Time is cut into
// ticks of 10 ms; five wheels of 64 slots hold the timers of the next 64, 64², ... ticks, and the timers of a coarse
// slot are dealt out to the finer wheels when their time comes near. A timer never runs early and runs up to one tick
// late. Timers of the same tick run in the order in which they were added.
class TimerWheel {
 public:
  using Task = EventLoop::Task;
  using TimerId = EventLoop::TimerId;
  static constexpr std::chrono::milliseconds tick{10};

  explicit TimerWheel(TimePoint start);

  TimerId add(TimePoint deadline, Task task);
  void cancel(TimerId timer);
  void advance(TimePoint now);                // runs what is due; tasks may add and cancel
  std::optional<TimePoint> next_due() const;  // not later than the first timer; may be earlier
  std::size_t size() const { return size_; }

 private:
  static constexpr unsigned levels = 5;
  static constexpr unsigned bits = 6;
  static constexpr unsigned slots_per_level = 1u << bits;
  static constexpr std::uint32_t none = UINT32_MAX;

  struct Timer {
    Task task;
    std::uint64_t due = 0;  // tick
    std::uint32_t previous = none;
    std::uint32_t next = none;     // in the slot, or in the list of free timers
    std::uint32_t generation = 1;  // tells an old id from the present one
    std::uint32_t slot = none;     // none: free
  };
  struct Slot {
    std::uint32_t first = none;
    std::uint32_t last = none;
  };

  void place(std::uint32_t index);
  void unlink(std::uint32_t index);
  Task take(std::uint32_t index);
  std::uint64_t next_tick() const;
  void step();
  void deal_out(unsigned level);

  TimePoint start_;
  std::uint64_t now_ = 0;  // tick up to which timers have run
  std::vector<Timer> timers_;
  std::uint32_t free_ = none;
  std::size_t size_ = 0;
  std::array<Slot, levels * slots_per_level> slots_;
  std::array<std::uint64_t, levels> occupied_{};  // one bit per slot
};

}  // namespace queqiao::net
