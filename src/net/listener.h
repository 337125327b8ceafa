#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "net/address.h"
#include "net/socket_connection.h"

namespace queqiao::net {

class Shards;

// Waits for clients at one address and hands their connections to all shards in turn. One socket and one accepting
// shard: SO_REUSEPORT would spread by hash, unevenly for few clients, and a connection moves to its user's shard at
// log-in anyway. Without descriptors left (EMFILE) it pauses for a quarter of a second and goes on.
class Listener {
 public:
  struct Options {
    TlsStart tls_start = TlsStart::by_request;
    // Not owned; both outlive the connections. at_once needs a context.
    const TlsContext* tls = nullptr;
    const ConnectionLimits* limits = &default_limits;
    int backlog = 4096;  // the kernel takes the lower of this and net.core.somaxconn
  };
  // Called on the thread of the connection's shard, for several shards at once. With at_once the handshake has begun.
  using Arrived = std::function<void(Shard&, std::unique_ptr<Connection>)>;

  // Binds at once, so that `port 0` is known on return, and accepts from then on. `shards` outlive the listener and its
  // connections. Fails with `unavailable` when the address is taken, else with `invalid` or `io`.
  static Result<std::unique_ptr<Listener>> open(Shards& shards, const HostPort& at, Options options, Arrived arrived);
  ~Listener();  // stop()

  std::uint16_t port() const { return port_; }
  // From then on the port is free and no connection arrives, except those that shards are being handed at this moment.
  // Not for a shard's thread.
  void stop();

 private:
  class Acceptor;
  Listener(Shards& shards, std::uint16_t port, std::shared_ptr<Acceptor> acceptor);

  Shards& shards_;
  std::uint16_t port_;
  std::shared_ptr<Acceptor> acceptor_;
};

}  // namespace queqiao::net
