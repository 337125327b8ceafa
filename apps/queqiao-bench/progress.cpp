#include "progress.h"

#include <fmt/format.h>

#include <cstdio>

namespace queqiao::bench {

void Progress::show(std::uint64_t done) {
  if (now() < next_) return;
  next_ = now() + 5 * second;
  if (total_ == 0) {
    fmt::print(stderr, "... {} {}\n", done, things_);
  } else {
    fmt::print(stderr, "... {} of {} {}\n", done, total_, things_);
  }
}

}  // namespace queqiao::bench
