#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "net/connection.h"
#include "net/io_result.h"

namespace queqiao::net {

class TlsContext;

// The TLS state of one connection: turns clear bytes into records on `fd` and back, without waiting. Belongs to no
// thread: it moves with its connection. Between records an established session holds no buffer.
class TlsSession {
 public:
  // `server_name` is whom a client expects; a server ignores it. `fd` is not owned.
  TlsSession(const TlsContext& context, int fd, const std::string& server_name);

  // The kernel told that `fd` has bytes, or, with `has_peer_ended`, that its end or an error comes behind them.
  void input_arrived(bool has_peer_ended) {
    is_socket_drained_ = false;
    has_peer_ended_ = has_peer_ended;
  }
  IoResult handshake();  // done when both sides agree
  IoResult read(std::span<char> buffer);
  IoResult write(std::string_view bytes);  // writes at most one record, of 16 KiB
  void end();                              // close_notify, if there is room for it
  bool has_buffered_input() const { return SSL_has_pending(ssl_.get()) == 1; }
  TlsInfo info() const;

 private:
  struct Free {
    void operator()(SSL* ssl) const { SSL_free(ssl); }
  };
  static const BIO_METHOD* socket_method();
  static int read_socket(BIO* bio, char* buffer, int size);
  static int write_socket(BIO* bio, const char* bytes, int size);
  IoResult result_of(int outcome);

  int fd_;
  bool is_socket_drained_ = false;  // asking the socket would give EAGAIN
  bool has_peer_ended_ = false;
  std::unique_ptr<SSL, Free> ssl_;
};

}  // namespace queqiao::net
