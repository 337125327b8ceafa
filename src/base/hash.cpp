#include "base/hash.h"

#include "base/crypto.h"

namespace queqiao {

const HashKeys& process_hash_keys() {
  // A zero in `first` would cancel whole words; one draw in 2^63 is not worth a second one.
  static const HashKeys keys{random_number(), random_number() | 1, random_number()};
  return keys;
}

}  // namespace queqiao
