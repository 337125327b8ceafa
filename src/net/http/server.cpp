#include "net/http/server.h"

#include <algorithm>
#include <future>
#include <utility>

#include "base/text.h"
#include "net/address.h"
#include "net/http/server_connection.h"
#include "net/shard.h"

namespace queqiao::net::http {
namespace {

// Large transfers: a read takes what several records of TLS bring.
ConnectionLimits transfer_limits() {
  ConnectionLimits limits;
  limits.read_per_turn = 256 << 10;
  return limits;
}

class NotFound final : public RequestHandler {
 public:
  void begin(Exchange& exchange) override { exchange.respond(404); }
};

}  // namespace

Server::Server(Shards& shards, ServerLimits limits)
    : shards_(shards), limits_(limits), connection_limits_(transfer_limits()), connections_(shards.size()) {}

Server::~Server() {
  stop();
}

void Server::route(std::string_view prefix, MakeHandler make) {
  Route route{{}, std::move(make)};
  for (const auto segment : split(prefix, '/')) {
    if (!segment.empty()) route.prefix.emplace_back(segment);
  }
  routes_.push_back(std::move(route));
  std::stable_sort(routes_.begin(), routes_.end(),
                   [](const Route& a, const Route& b) { return a.prefix.size() > b.prefix.size(); });
}

std::shared_ptr<RequestHandler> Server::handler_for(const Request& request) const {
  for (const auto& [prefix, make] : routes_) {
    const bool is_inside =
        request.path.size() >= prefix.size() && std::equal(prefix.begin(), prefix.end(), request.path.begin());
    if (is_inside) return make(request);
  }
  return std::make_shared<NotFound>();
}

bool Server::admit(const Connection& connection) {
  if (limits_.trusts_loopback && connection.is_loopback()) return true;
  const std::lock_guard lock(mutex_);
  const auto count = connections_of_.try_emplace(network_of(connection.peer_address()), 0).first;
  if (count->second >= limits_.connections_per_address) return false;
  ++count->second;
  return true;
}

void Server::release(const std::string& network) {
  const std::lock_guard lock(mutex_);
  const auto count = connections_of_.find(network);
  if (count != connections_of_.end() && --count->second == 0) connections_of_.erase(count);
}

void Server::accept(Shard& shard, std::unique_ptr<Connection> connection) {
  if (is_stopped_) return;
  // Without an answer: over TLS there is nobody yet to answer to, and whoever has so many does not read it.
  if (!admit(*connection)) return;
  auto made = std::make_shared<ServerConnection>(*this, shard, std::move(connection));
  connections_[shard.id()].insert(made);
  made->start();
}

void Server::drop(Shard& shard, ServerConnection& connection) {
  connections_[shard.id()].erase(connection.shared_from_this());
}

void Server::stop() {
  if (is_stopped_.exchange(true)) return;
  for (unsigned id = 0; id < shards_.size(); ++id) {
    std::promise<void> done;
    shards_[id].post([this, id, &done] {
      const auto connections = std::exchange(connections_[id], {});
      for (const auto& connection : connections) connection->end();
      done.set_value();
    });
    done.get_future().wait();
  }
}

}  // namespace queqiao::net::http
