#include "net/timer_wheel.h"

#include <algorithm>
#include <bit>

namespace queqiao::net {

TimerWheel::TimerWheel(TimePoint start) : start_(start) {}

TimerWheel::TimerId TimerWheel::add(TimePoint deadline, Task task) {
  if (free_ == none) {
    free_ = static_cast<std::uint32_t>(timers_.size());
    timers_.emplace_back();
  }
  const auto index = free_;
  Timer& timer = timers_[index];
  free_ = timer.next;
  timer.task = std::move(task);
  const auto wait = std::max(deadline - start_, TimePoint::duration::zero());
  const auto due = static_cast<std::uint64_t>((wait + tick - TimePoint::duration(1)) / tick);
  timer.due = std::max(due, now_ + 1);
  place(index);
  ++size_;
  return (static_cast<TimerId>(timer.generation) << 32) | index;
}

void TimerWheel::cancel(TimerId timer) {
  const auto index = static_cast<std::uint32_t>(timer);
  if (index >= timers_.size() || timers_[index].generation != timer >> 32) return;
  take(index);
}

void TimerWheel::place(std::uint32_t index) {
  Timer& timer = timers_[index];
  constexpr std::uint64_t horizon = (std::uint64_t{1} << (bits * levels)) - 1;
  // What lies beyond the last wheel waits at its end and is placed again from there.
  const auto distance = std::min(timer.due - now_, horizon);
  const unsigned level = distance == 0 ? 0 : (std::bit_width(distance) - 1) / bits;
  const auto in_level = static_cast<unsigned>((now_ + distance) >> (bits * level)) % slots_per_level;
  timer.slot = level * slots_per_level + in_level;
  Slot& slot = slots_[timer.slot];
  timer.previous = slot.last;
  timer.next = none;
  (slot.last == none ? slot.first : timers_[slot.last].next) = index;
  slot.last = index;
  occupied_[level] |= std::uint64_t{1} << in_level;
}

void TimerWheel::unlink(std::uint32_t index) {
  const Timer& timer = timers_[index];
  Slot& slot = slots_[timer.slot];
  (timer.previous == none ? slot.first : timers_[timer.previous].next) = timer.next;
  (timer.next == none ? slot.last : timers_[timer.next].previous) = timer.previous;
  if (slot.first == none) {
    occupied_[timer.slot / slots_per_level] &= ~(std::uint64_t{1} << (timer.slot % slots_per_level));
  }
}

TimerWheel::Task TimerWheel::take(std::uint32_t index) {
  unlink(index);
  Timer& timer = timers_[index];
  timer.slot = none;
  if (++timer.generation == 0) timer.generation = 1;
  timer.next = std::exchange(free_, index);
  --size_;
  return std::move(timer.task);
}

void TimerWheel::advance(TimePoint now) {
  const auto target = static_cast<std::uint64_t>(std::max(now - start_, TimePoint::duration::zero()) / tick);
  for (auto next = next_tick(); next <= target; next = next_tick()) {
    now_ = next - 1;
    step();
  }
  now_ = std::max(now_, target);
}

void TimerWheel::step() {
  ++now_;
  for (unsigned level = 1; level < levels && now_ % (std::uint64_t{1} << (bits * level)) == 0; ++level) {
    deal_out(level);
  }
  const Slot& due = slots_[now_ % slots_per_level];
  while (due.first != none) take(due.first)();
}

void TimerWheel::deal_out(unsigned level) {
  const auto in_level = static_cast<unsigned>(now_ >> (bits * level)) % slots_per_level;
  const Slot& slot = slots_[level * slots_per_level + in_level];
  // A timer from beyond the horizon may come back to the same slot, behind the last of those seen here.
  const auto last = slot.last;
  for (auto index = slot.first; index != none;) {
    const auto next = index == last ? none : timers_[index].next;
    unlink(index);
    place(index);
    index = next;
  }
}

// The next tick at which something happens: a slot of the finest wheel is due, or one of another is to be dealt out.
std::uint64_t TimerWheel::next_tick() const {
  auto earliest = UINT64_MAX;
  for (unsigned level = 0; level < levels; ++level) {
    if (occupied_[level] == 0) continue;
    const auto position = now_ >> (bits * level);
    const auto ahead = std::rotr(occupied_[level], static_cast<int>((position + 1) % slots_per_level));
    earliest = std::min(earliest, (position + 1 + static_cast<unsigned>(std::countr_zero(ahead))) << (bits * level));
  }
  return earliest;
}

std::optional<TimePoint> TimerWheel::next_due() const {
  if (size_ == 0) return std::nullopt;
  return start_ + next_tick() * tick;
}

}  // namespace queqiao::net
