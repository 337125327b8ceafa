#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>

#include "base/result.h"

namespace queqiao::storage::sqlite {

// Tells the operator what is wrong with the disk and what to do: one line a minute and kind, however many writes fail.
// Any thread; the mutex guards the times of the last lines.
class FaultLog {
 public:
  void note(const Error& error);
  void recovered();  // a write worked: says so once, when none has failed for a while

 private:
  using Clock = std::chrono::steady_clock;
  struct Kind {
    Clock::time_point last_line;
    std::uint64_t unsaid = 0;
    bool was_said = false;
  };

  std::mutex mutex_;
  std::array<Kind, 8> kinds_;
  bool is_failing_ = false;
  Clock::time_point last_failure_;
};

}  // namespace queqiao::storage::sqlite
