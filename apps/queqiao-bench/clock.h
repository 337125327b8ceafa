#pragma once

#include <chrono>
#include <cstdint>

namespace queqiao::bench {

// Nanoseconds of the monotonic clock: one integer per message in flight is all that a latency needs.
using Nanos = std::int64_t;

constexpr Nanos microsecond = 1'000;
constexpr Nanos millisecond = 1'000'000;
constexpr Nanos second = 1'000'000'000;

inline Nanos now() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

inline double to_seconds(Nanos duration) {
  return static_cast<double>(duration) / static_cast<double>(second);
}

}  // namespace queqiao::bench
