#pragma once

#include <string>

#include "clock.h"

namespace queqiao::bench {

// A line on standard error every few seconds, so that a long run is seen to live.
class Progress {
 public:
  Progress(std::string things, std::uint64_t total) : things_(std::move(things)), total_(total) {}
  void show(std::uint64_t done);

 private:
  std::string things_;
  std::uint64_t total_;  // 0: unknown
  Nanos next_ = now() + 5 * second;
};

}  // namespace queqiao::bench
