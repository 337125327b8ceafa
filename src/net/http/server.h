#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "net/http/exchange.h"
#include "net/shards.h"
#include "net/socket_connection.h"

namespace queqiao::net::http {

struct ServerLimits {
  std::size_t header_bytes = 16 << 10;
  std::uint32_t connections_per_address = 100;  // an IPv6 network of 64 bits counts as one
  bool trusts_loopback = false;             // loopback peers may have any number: there may be a proxy
  std::chrono::seconds header_timeout{15};  // from the connection, or a request's first byte, to the end of its head
  std::chrono::seconds idle_timeout{60};    // between two requests
  std::uint32_t requests_per_connection = 1'000;
  // A body that comes, or an answer that is taken, more slowly than this on average ends the connection.
  std::uint32_t bytes_per_second = 512;
  std::chrono::seconds rate_interval{10};  // over which the average is taken
};

class ServerConnection;

// HTTP/1.1 on the shards' own loops: connections come from net::Listener, requests go to the handler whose prefix they
// have. Costs nothing while nobody is connected.
class Server {
 public:
  using MakeHandler = std::function<std::shared_ptr<RequestHandler>(const Request&)>;

  Server(Shards& shards, ServerLimits limits);
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server();  // stop()

  // Requests whose path begins with the segments of `prefix` ("/upload" or "/a/b") go to a handler of their own that
  // `make` makes on the connection's thread. The longest prefix wins; without any, the answer is 404. Before the first
  // connection.
  void route(std::string_view prefix, MakeHandler make);

  // On the thread of `shard`; what Listener calls.
  void accept(Shard& shard, std::unique_ptr<Connection> connection);
  const ConnectionLimits& connection_limits() const { return connection_limits_; }  // for the listener

  // Ends every connection and waits until the handlers have heard. Not for a shard's thread.
  void stop();

 private:
  friend class ServerConnection;
  struct Route {
    std::vector<std::string> prefix;
    MakeHandler make;
  };

  const ServerLimits& limits() const { return limits_; }
  std::shared_ptr<RequestHandler> handler_for(const Request& request) const;
  bool admit(const Connection& connection);
  void release(const std::string& network);
  void drop(Shard& shard, ServerConnection& connection);

  Shards& shards_;
  const ServerLimits limits_;
  const ConnectionLimits connection_limits_;
  std::vector<Route> routes_;
  std::vector<std::unordered_set<std::shared_ptr<ServerConnection>>> connections_;  // by shard, used on its thread
  std::atomic<bool> is_stopped_{false};
  // Guards the counts: connections of one address come to all shards, and asking another shard would take longer than
  // the count. Taken twice per connection.
  std::mutex mutex_;
  std::unordered_map<std::string, std::uint32_t> connections_of_;
};

}  // namespace queqiao::net::http
