#include "sequence.h"

namespace queqiao::bench {

Faults& Faults::operator+=(const Faults& other) {
  lost += other.lost;
  doubled += other.doubled;
  reordered += other.reordered;
  refused += other.refused;
  return *this;
}

bool SequenceCheck::arrived(std::uint64_t number) {
  if (number >= next_) {
    while (next_ < number) missing_.insert(missing_.end(), next_++);
    ++next_;
    return true;
  }
  if (missing_.erase(number) != 0) {
    ++reordered_;
    return true;
  }
  ++doubled_;
  return false;
}

Faults SequenceCheck::faults(std::uint64_t sent) const {
  return {.lost = sent - delivered(), .doubled = doubled_, .reordered = reordered_, .refused = 0};
}

}  // namespace queqiao::bench
