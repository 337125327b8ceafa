#pragma once

namespace queqiao {

// Prints the broken invariant and stops the process. Never returns.
[[noreturn]] void assertion_failed(const char* condition, const char* file, int line);

}  // namespace queqiao

// For mistakes of ours only: a broken invariant stops the process, in release builds too, because going on
// would risk what was acknowledged. Never for something that a peer or the disk can cause.
#define QUEQIAO_ASSERT(condition) \
  ((condition) ? static_cast<void>(0) : ::queqiao::assertion_failed(#condition, __FILE__, __LINE__))
