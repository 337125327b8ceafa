#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/event_loop.h"
#include "base/hash.h"

namespace queqiao::server {

// How often something was done within the hour (or another time) that began with the first, by a name such as an address.
// Used on its shard's thread only.
class RateTable {
 public:
  explicit RateTable(std::chrono::seconds window = std::chrono::hours(1)) : window_(window) {}

  // Counts one more, unless `limit` is reached.
  bool take(std::string_view name, std::uint32_t limit, TimePoint now) {
    if (counts_.size() >= capacity) std::erase_if(counts_, [&](const auto& entry) { return is_over(entry.second, now); });
    if (counts_.size() >= capacity && counts_.find(name) == counts_.end()) return false;  // under attack
    auto& count = counts_.try_emplace(std::string(name), Count{now, 0}).first->second;
    if (is_over(count, now)) count = {now, 0};
    if (count.taken >= limit) return false;
    ++count.taken;
    return true;
  }

 private:
  static constexpr std::size_t capacity = 10'000;
  struct Count {
    TimePoint begin;
    std::uint32_t taken;
  };
  bool is_over(const Count& count, TimePoint now) const { return now - count.begin >= window_; }

  std::chrono::seconds window_;
  TextMap<Count> counts_;
};

}  // namespace queqiao::server
