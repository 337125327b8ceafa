#pragma once

#include <cstddef>
#include <cstdint>

namespace queqiao::net {

// What became of one attempt to read or write without waiting.
struct IoResult {
  enum class Status : std::uint8_t {
    done,    // `bytes` were moved, perhaps fewer than asked for
    again,   // nothing now; the kernel will tell
    ended,   // the peer ended the connection, in order or by a reset
    failed,  // any other failure of the socket
    tls_failed
  };
  Status status;
  std::size_t bytes = 0;
};

}  // namespace queqiao::net
