#pragma once

#include <array>
#include <cstdint>

#include "clock.h"

namespace queqiao::bench {

// Durations in buckets that are at most 1/128 of their value wide, so a percentile is true to 0.8 % from one
// nanosecond to centuries; recording is a few instructions and never allocates. The maximum is exact.
class Histogram {
 public:
  void record(Nanos duration);
  std::uint64_t count() const { return count_; }
  Nanos max() const { return max_; }
  // The smallest duration that at least `fraction` (0 to 1) of all do not exceed, rounded up to its bucket's end; 0
  // without any.
  Nanos percentile(double fraction) const;
  void add(const Histogram& other);
  void clear() { *this = Histogram(); }

 private:
  static constexpr int mantissa_bits = 7;
  static constexpr std::size_t steps = std::size_t{1} << mantissa_bits;
  static std::size_t bucket_of(std::uint64_t value);
  static Nanos last_of(std::size_t bucket);

  std::array<std::uint64_t, (64 - mantissa_bits + 1) * steps> buckets_{};
  std::uint64_t count_ = 0;
  Nanos max_ = 0;
};

}  // namespace queqiao::bench
