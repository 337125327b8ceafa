#pragma once

#include <cstdint>
#include <set>

namespace queqiao::bench {

// What may go wrong with numbered messages on their way from one sender to one receiver.
struct Faults {
  std::uint64_t lost = 0;
  std::uint64_t doubled = 0;
  std::uint64_t reordered = 0;  // arrived after one that was sent later
  std::uint64_t refused = 0;    // came back as an error
  std::uint64_t total() const { return lost + doubled + reordered + refused; }
  Faults& operator+=(const Faults& other);
};

// Checks that the numbers 0, 1, 2, … of one sender arrive exactly once and in order.
class SequenceCheck {
 public:
  // True when `number` arrives for the first time, so that it counts as delivered.
  bool arrived(std::uint64_t number);
  // The faults so far, when `sent` messages have been sent: whatever has not come is lost.
  Faults faults(std::uint64_t sent) const;
  std::uint64_t delivered() const { return next_ - missing_.size(); }

 private:
  std::uint64_t next_ = 0;
  std::uint64_t doubled_ = 0;
  std::uint64_t reordered_ = 0;
  std::set<std::uint64_t> missing_;  // below next_
};

}  // namespace queqiao::bench
