#pragma once

#include <fmt/core.h>

#include <atomic>
#include <string>
#include <string_view>

// The process's log: one line per event on standard error, with the time in UTC. Any thread may write. Nothing is
// formatted when the level is off. What a peer sent may be an argument as it is: control characters, line ends,
// bidirectional overrides and bytes that are not UTF-8 are written as escapes, so that nobody can forge a line.
namespace queqiao::log {

enum class Level : int { debug, info, warning, error, off };

namespace detail {
inline std::atomic<Level> lowest{Level::info};
void write(Level level, fmt::string_view format, fmt::format_args arguments);
}  // namespace detail

inline void set_level(Level lowest) {
  detail::lowest.store(lowest, std::memory_order_relaxed);
}
inline bool is_on(Level level) {
  return level >= detail::lowest.load(std::memory_order_relaxed);
}

template <class... Args>
void debug(fmt::format_string<Args...> format, Args&&... args) {
  if (is_on(Level::debug)) detail::write(Level::debug, format, fmt::make_format_args(args...));
}

template <class... Args>
void info(fmt::format_string<Args...> format, Args&&... args) {
  if (is_on(Level::info)) detail::write(Level::info, format, fmt::make_format_args(args...));
}

template <class... Args>
void warning(fmt::format_string<Args...> format, Args&&... args) {
  if (is_on(Level::warning)) detail::write(Level::warning, format, fmt::make_format_args(args...));
}

template <class... Args>
void error(fmt::format_string<Args...> format, Args&&... args) {
  if (is_on(Level::error)) detail::write(Level::error, format, fmt::make_format_args(args...));
}

std::string escaped(std::string_view text);  // as it would stand in the log

}  // namespace queqiao::log
