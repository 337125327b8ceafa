#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "clock.h"

namespace queqiao::bench {

// When the messages of one sender that are under way were sent, by number; a ring that grows when more are under way.
class SendTimes {
 public:
  void push(Nanos time);  // the next number, from 0
  // The time of `number`; forgets it and all before. Nothing when it was forgotten already.
  std::optional<Nanos> take(std::uint64_t number);
  std::uint64_t count() const { return next_; }  // of all that were sent

 private:
  std::vector<Nanos> ring_ = std::vector<Nanos>(8);  // a power of two
  std::uint64_t first_ = 0;                          // the oldest number that is kept
  std::uint64_t next_ = 0;
};

}  // namespace queqiao::bench
