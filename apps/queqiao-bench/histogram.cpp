#include "histogram.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace queqiao::bench {

// Values below 2 * steps have a bucket each; above, each power of two is cut into `steps` equal buckets.
std::size_t Histogram::bucket_of(std::uint64_t value) {
  const int width = std::bit_width(value);
  if (width <= mantissa_bits + 1) return value;
  const int shift = width - mantissa_bits - 1;
  return (static_cast<std::size_t>(shift) << mantissa_bits) + (value >> shift);
}

Nanos Histogram::last_of(std::size_t bucket) {
  if (bucket < 2 * steps) return static_cast<Nanos>(bucket);
  const std::size_t shift = (bucket >> mantissa_bits) - 1;
  const std::uint64_t mantissa = bucket - (shift << mantissa_bits);
  return static_cast<Nanos>(((mantissa + 1) << shift) - 1);
}

void Histogram::record(Nanos duration) {
  duration = std::max<Nanos>(duration, 0);
  ++buckets_[bucket_of(static_cast<std::uint64_t>(duration))];
  ++count_;
  max_ = std::max(max_, duration);
}

void Histogram::add(const Histogram& other) {
  for (std::size_t bucket = 0; bucket < buckets_.size(); ++bucket) buckets_[bucket] += other.buckets_[bucket];
  count_ += other.count_;
  max_ = std::max(max_, other.max_);
}

Nanos Histogram::percentile(double fraction) const {
  if (count_ == 0) return 0;
  const auto wanted = std::clamp<std::uint64_t>(
      static_cast<std::uint64_t>(std::ceil(fraction * static_cast<double>(count_))), 1, count_);
  std::uint64_t seen = 0;
  for (std::size_t bucket = 0; bucket < buckets_.size(); ++bucket) {
    seen += buckets_[bucket];
    if (seen >= wanted) return std::min(last_of(bucket), max_);
  }
  return max_;
}

}  // namespace queqiao::bench
