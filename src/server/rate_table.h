#pragma once

#include <chrono>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/event_loop.h"

namespace queqiao::server {

// How often something was done within the hour (or another time) that began with the first, by a name such as an
// address. Bounded: when more names come than there is room for, the one that has done nothing for longest is
// forgotten, and may begin anew. So somebody with many names can get back what one of them has used up, which he could
// do with the next name as well, and keeps nobody out. Used on its shard's thread only.
class RateTable {
 public:
  explicit RateTable(std::chrono::seconds window = std::chrono::hours(1), std::size_t capacity = 10'000)
      : window_(window), capacity_(capacity) {}

  // Counts one more, unless `limit` is reached.
  bool take(std::string_view name, std::uint32_t limit, TimePoint now) {
    Count& count = count_of(name, now);
    if (now - count.begin >= window_) {
      count.begin = now;
      count.taken = 0;
    }
    if (count.taken >= limit) return false;
    ++count.taken;
    return true;
  }

 private:
  struct Count {
    std::string name;
    TimePoint begin;
    std::uint32_t taken;
  };

  Count& count_of(std::string_view name, TimePoint now) {
    if (const auto place = places_.find(name); place != places_.end()) {
      counts_.splice(counts_.end(), counts_, place->second);
      return counts_.back();
    }
    if (counts_.size() >= capacity_) {
      places_.erase(counts_.front().name);
      counts_.pop_front();
    }
    counts_.push_back({std::string(name), now, 0});
    places_.emplace(counts_.back().name, std::prev(counts_.end()));
    return counts_.back();
  }

  const std::chrono::seconds window_;
  const std::size_t capacity_;
  std::list<Count> counts_;  // the one used last at the end
  std::unordered_map<std::string_view, std::list<Count>::iterator> places_;
};

}  // namespace queqiao::server
