#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/event_loop.h"

namespace queqiao::net {

class Connection;

enum class CloseReason {
  peer_closed,      // orderly end or reset by the peer
  local,            // close() was called
  output_overflow,  // the peer reads too slowly: the queue passed its limit
  tls_failed,       // handshake or record failure
  failed            // any other socket error
};

// What a connection tells its owner; all calls come on the thread of the connection's present loop.
class ConnectionHandler {
 public:
  virtual ~ConnectionHandler() = default;
  // `bytes` lie in a buffer of the shard and are valid for the call only.
  virtual void on_bytes(std::string_view bytes) = 0;
  virtual void on_secured() {}  // the handshake that start_tls() or a direct TLS listener began is done
  // The output queue went below the low mark after it had passed the high mark: whoever was slowed down may go on.
  virtual void on_drained() {}
  // The last call that the handler gets for this connection.
  virtual void on_closed(CloseReason reason) = 0;
};

// What TLS agreed on, for channel binding (RFC 5929, RFC 9266) and for the operator.
struct TlsInfo {
  std::string version;           // "TLSv1.3"
  std::string cipher;
  std::string exporter;          // tls-exporter: 32 bytes; empty below TLS 1.3
  std::string server_end_point;  // tls-server-end-point: hash of our certificate
};

// One stream of bytes to a peer, with or without TLS. Lives on one loop at a time and is used only on that loop's
// thread. net::SocketConnection is the real one; tests use one that keeps what was sent.
class Connection {
 public:
  virtual ~Connection() = default;

  virtual void set_handler(ConnectionHandler* handler) = 0;  // not owned; null drops events
  // Queues `bytes`; they are written once per turn of the loop, whatever the number of calls.
  virtual void send(std::string_view bytes) = 0;
  virtual std::size_t queued_bytes() const = 0;
  // Bytes of `out` that the peer has not taken, and the marks between which on_drained() works; see Limits in listener.h.
  virtual bool is_congested() const = 0;  // above the high mark
  // Stops and starts reading: back-pressure on a peer that is faster than those it writes to.
  virtual void set_reading(bool is_reading) = 0;
  // Starts the server's (listener) or the client's side of a TLS handshake; bytes already queued go out in the clear
  // first, and what was received in the clear after this call is not accepted. on_secured() follows.
  virtual void start_tls() = 0;
  virtual bool is_secure() const = 0;
  virtual TlsInfo tls_info() const = 0;   // only when is_secure()
  // Writes what is queued, then ends the connection in order; on_closed(local) follows.
  virtual void close() = 0;
  virtual std::string peer_address() const = 0;   // "192.0.2.1" or "2001:db8::1", without port
  virtual bool is_loopback() const = 0;
  virtual std::uint64_t bytes_in() const = 0;
  virtual std::uint64_t bytes_out() const = 0;
};

}  // namespace queqiao::net
