#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "base/result.h"
#include "base/worker.h"
#include "net/address.h"
#include "net/socket_connection.h"

namespace queqiao::net {

// Opens connections to others: for clients, benchmarks and other servers. Names are looked up on a thread of its own,
// since the system's resolver waits; an address in digits needs no look-up. No SRV records: the caller knows the host.
class Connector {
 public:
  struct Options {
    TlsStart tls_start = TlsStart::by_request;
    // Not owned; both outlive the connection.
    const TlsContext* tls = nullptr;
    const ConnectionLimits* limits = &default_limits;
    std::string server_name;                    // whom the certificate must name; also sent as SNI. Empty: not checked
    std::chrono::milliseconds timeout{15'000};  // for each address of the host, without the look-up
  };
  using Then = UniqueFunction<void(Result<std::unique_ptr<Connection>>)>;

  // Any thread. Tries the host's addresses in the order of the resolver. `then` runs on the thread of `shard`, which
  // outlives the connector, with the connection (with at_once its handshake has begun: on_secured() tells the end), or
  // with `not_found` (no such host) or `unavailable`. It is dropped when connector or shard end before.
  void connect(Shard& shard, const HostPort& to, Options options, Then then);

 private:
  Worker resolver_{1'000};
};

}  // namespace queqiao::net
