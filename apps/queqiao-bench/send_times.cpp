#include "send_times.h"

namespace queqiao::bench {

void SendTimes::push(Nanos time) {
  if (next_ - first_ == ring_.size()) {
    std::vector<Nanos> larger(ring_.size() * 2);
    for (std::uint64_t i = first_; i < next_; ++i) larger[i & (larger.size() - 1)] = ring_[i & (ring_.size() - 1)];
    ring_ = std::move(larger);
  }
  ring_[next_++ & (ring_.size() - 1)] = time;
}

std::optional<Nanos> SendTimes::take(std::uint64_t number) {
  if (number < first_ || number >= next_) return std::nullopt;
  first_ = number + 1;
  return ring_[number & (ring_.size() - 1)];
}

}  // namespace queqiao::bench
