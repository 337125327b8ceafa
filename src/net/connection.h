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

// What a connection tells its owner; all calls come on the thread of the connection's present loop, and never from
// inside a call to the connection, so send() or close() do not surprise their caller. A handler may destroy the
// connection, or hand it over, from inside any of them.
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
  std::string version;  // "TLSv1.3"
  std::string cipher;
  std::string exporter;          // tls-exporter: 32 bytes; empty below TLS 1.3
  std::string server_end_point;  // tls-server-end-point: hash of our certificate
};

// One stream of bytes to a peer, with or without TLS. Lives on one loop at a time and is used only on that loop's
// thread. Destroying it ends it at once and tells nobody. net::SocketConnection is the real one; tests use one that
// keeps what was sent.
class Connection {
 public:
  virtual ~Connection() = default;

  virtual void set_handler(ConnectionHandler* handler) = 0;  // not owned; null drops events
  // Queues `bytes`; they are written once per turn of the loop, whatever the number of calls.
  virtual void send(std::string_view bytes) = 0;
  virtual std::size_t queued_bytes() const = 0;
  // The queue passed the high mark and has not yet come below the low one, when on_drained() tells; ConnectionLimits in
  // socket_connection.h has the marks.
  virtual bool is_congested() const = 0;
  virtual bool is_nearly_full() const { return false; }  // past half of the hard limit, where the connection ends
  // Stops and starts reading: back-pressure on a peer that is faster than those it writes to.
  virtual void set_reading(bool is_reading) = 0;
  // Starts the server's (listener) or the client's side of a TLS handshake; bytes already queued go out in the clear
  // first, those queued later wait for the handshake. What the peer sent in the clear behind <starttls/> is not
  // accepted (RFC 6120 5.4.3.3): bytes that this connection has not handed out yet are read as TLS and end it with
  // tls_failed; the rest of the `bytes` of an on_bytes() call that is under way is the handler's to refuse.
  // on_secured() follows.
  virtual void start_tls() = 0;
  virtual bool is_secure() const = 0;
  virtual TlsInfo tls_info() const = 0;  // only when is_secure()
  // Writes what is queued, then ends the connection in order; on_closed(local) follows. on_bytes() comes no more.
  virtual void close() = 0;
  virtual std::string peer_address() const = 0;  // "192.0.2.1" or "2001:db8::1", without port
  virtual bool is_loopback() const = 0;
  virtual std::uint64_t bytes_in() const = 0;  // without TLS's own
  virtual std::uint64_t bytes_out() const = 0;

  // The two halves of hand_over(), for those who implement a connection. In between it belongs to no loop, keeps what
  // is queued, tells its handler nothing, and may be destroyed on any thread.
  virtual void leave_loop() {}
  virtual void join_loop(EventLoop&) {}
};

// Moves a live connection to another loop: the owner gives it up on its present thread, where the handler hears nothing
// any more, and `arrived` gets it on the target's thread. Bytes queued go out there; bytes not handed out yet come
// there. When the target ends before, the connection is destroyed.
void hand_over(std::unique_ptr<Connection> connection, EventLoop& target,
               UniqueFunction<void(std::unique_ptr<Connection>)> arrived);

}  // namespace queqiao::net
