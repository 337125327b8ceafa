#pragma once

#include <cstdint>
#include <optional>

#include "base/event_loop.h"

namespace queqiao::storage::sqlite {

// Times are stored as microseconds since 1970.
inline std::int64_t to_micros(WallTime time) {
  return time.time_since_epoch().count();
}
inline std::optional<std::int64_t> to_micros(std::optional<WallTime> time) {
  return time ? std::optional(to_micros(*time)) : std::nullopt;
}
inline WallTime from_micros(std::int64_t micros) {
  return WallTime(std::chrono::microseconds(micros));
}

}  // namespace queqiao::storage::sqlite
