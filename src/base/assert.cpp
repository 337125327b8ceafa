#include "base/assert.h"

#include <cstdio>
#include <cstdlib>

namespace queqiao {

void assertion_failed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "queqiao: broken invariant: %s (%s:%d)\n", condition, file, line);
  std::abort();
}

}  // namespace queqiao
