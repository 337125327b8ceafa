#include "server/shard.h"

#include <algorithm>
#include <utility>

#include "base/assert.h"
#include "base/log.h"
#include "net/address.h"
#include "net/connection.h"
#include "server/client_connection.h"

namespace queqiao::server {
namespace {

xmpp::ServerStreamRules rules_of(const Config& config) {
  return {.domain = config.domain,
          .has_tls = config.has_tls,
          .requires_tls = config.requires_tls,
          .allows_plain = true,
          .has_registration = config.has_open_registration,
          .login_attempts = config.login_attempts,
          .scram_iterations = config.scram_iterations,
          .decoy_secret = config.decoy_secret,
          .before_login = config.before_login,
          .after_login = config.after_login};
}

std::string route_key(std::string_view name, std::string_view ns) {
  return std::string(name).append(1, ' ').append(ns);
}

}  // namespace

Shard::Shard(unsigned index, Shards& shards, EventLoop& loop, const Config& config)
    : index_(index),
      shards_(shards),
      loop_(loop),
      config_(config),
      stream_rules_(rules_of(config)),
      users_(loop, shards.store(), config.domain),
      router_(*this),
      rosters_(*this),
      nodes_(*this) {}

void Shard::attach(const std::vector<ModuleEntry>& modules) {
  for (const auto& entry : modules) {
    modules_.push_back(entry.make());
    modules_.back()->attach(*this);
  }
}

Shard::~Shard() { is_closing_ = true; }

void Shard::reconfigure(const Config& config) {
  const auto old = std::exchange(config_, config);
  // Modules have told the world of these, and the store holds the domain.
  config_.domain = old.domain;
  config_.has_archive = old.has_archive;
  config_.has_tls = old.has_tls;
  config_.decoy_secret = old.decoy_secret;
  stream_rules_ = rules_of(config_);
  for (const auto& [id, connection] : connections_) connection->reconfigured();
}

void Shard::on_iq(IqTargets targets, std::string_view name, std::string_view ns, IqHandler handler,
                  StrangerAnswers strangers) {
  IqRoute route{targets, std::move(handler), strangers};
  const bool is_new = iq_routes_.emplace(route_key(name, ns), std::move(route)).second;
  QUEQIAO_ASSERT(is_new);  // two modules answer for the same thing
}

void Shard::on_nonza(std::string_view name, std::string_view ns, NonzaHook hook) {
  nonzas_.emplace(route_key(name, ns), std::move(hook));
}

void Shard::advertise(std::string_view feature) { features_.emplace_back(feature); }
void Shard::advertise(xmpp::DiscoIdentity identity) {
  identities_.push_back(std::move(identity));
}

void Shard::advertise(xmpp::DataForm form) {
  forms_.push_back(std::move(form));
}

void Shard::advertise_account(std::string_view feature) { account_features_.emplace_back(feature); }
void Shard::advertise_account(xmpp::DiscoIdentity identity) { account_identities_.push_back(std::move(identity)); }
void Shard::add_stream_feature(std::string_view xml) { stream_features_.append(xml); }

SessionFlag Shard::new_session_flag() {
  QUEQIAO_ASSERT(next_flag_ != 0);
  return std::exchange(next_flag_, next_flag_ << 1);
}

const Shard::IqRoute* Shard::iq_route(const xml::Element& payload) const {
  const auto place = iq_routes_.find(route_key(payload.name(), payload.ns()));
  return place == iq_routes_.end() ? nullptr : &place->second;
}

const NonzaHook* Shard::nonza(const xml::Element& element) const {
  const auto place = nonzas_.find(route_key(element.name(), element.ns()));
  return place == nonzas_.end() ? nullptr : &place->second;
}

Session* Shard::session(std::uint64_t id) const {
  const auto place = sessions_.find(id);
  return place == sessions_.end() ? nullptr : place->second;
}

ClientConnection* Shard::connection(std::uint64_t id) const {
  const auto place = connections_.find(id);
  return place == connections_.end() ? nullptr : place->second.get();
}

void Shard::accept(std::unique_ptr<net::Connection> connection) {
  auto place = place_of(*connection);
  if (!place) return;  // it is dropped without a word: whoever opens thousands must not cost us their farewells
  const auto id = next_id_++;
  auto arrived = std::make_shared<ClientConnection>(id, *this, std::move(connection), *std::move(place));
  auto& self = *connections_.emplace(id, std::move(arrived)).first->second;
  if (is_shutting_down_) self.end("system-shutdown");
}

// Nothing when too many connections have come from there.
std::optional<PeerTable::Place> Shard::place_of(const net::Connection& connection) {
  if (config_.trusts_loopback && connection.is_loopback()) return PeerTable::Place();
  auto address = net::network_of(connection.peer_address());
  if (shards_.peers().enter(address, config_)) return PeerTable::Place(shards_.peers(), std::move(address));
  ++refused_;
  if (loop_.now() >= next_refusal_line_) {
    next_refusal_line_ = loop_.now() + std::chrono::seconds(10);
    log::warning("{} has too many connections: refused, with {} others since the last such line", address,
                 refused_ - 1);
    refused_ = 0;
  }
  return std::nullopt;
}

void Shard::drop(ClientConnection& connection) {
  const auto place = connections_.find(connection.id());
  if (place == connections_.end()) return;
  // It may be on the stack below us.
  dropped_.push_back(std::move(place->second));
  connections_.erase(place);
  if (dropped_.size() == 1) loop_.at_end_of_turn([this] { dropped_.clear(); });
}

void Shard::hand_over(ClientConnection& connection, unsigned home) {
  const auto place = connections_.find(connection.id());
  std::shared_ptr<ClientConnection> moving(std::move(place->second));
  connections_.erase(place);
  Shard& there = shards_.at(home);
  auto leaving = moving->leave_shard();
  // The one reference goes along: the last one must not go here when the other thread is done with the connection.
  auto arrived = [&there, moving = std::move(moving)](std::unique_ptr<net::Connection> transport) mutable {
    there.adopt(std::move(moving), std::move(transport));
  };
  net::hand_over(std::move(leaving), there.loop(), std::move(arrived));
}

void Shard::adopt(std::shared_ptr<ClientConnection> connection, std::unique_ptr<net::Connection> transport) {
  const auto id = next_id_++;
  auto& self = *connection;
  connections_.emplace(id, std::move(connection));
  self.join_shard(id, *this, std::move(transport));
  if (is_shutting_down_) self.end("system-shutdown");
}

void Shard::shut_down(UniqueFunction<void()> done) {
  is_shutting_down_ = true;
  std::vector<ClientConnection*> open;
  for (const auto& [id, connection] : connections_) open.push_back(connection.get());
  for (auto* connection : open) connection->end("system-shutdown");
  std::vector<Session*> detached;
  for (const auto& [id, session] : sessions_) detached.push_back(session);
  for (auto* session : detached) end_session(*session);
  save_now();
  wait_until_closed(std::move(done));
}

// Connections go when their peers have taken what was queued, or after the net layer's time-out.
void Shard::wait_until_closed(UniqueFunction<void()> done) {
  if (connections_.empty()) return done();
  loop_.after(std::chrono::milliseconds(20), [this, done = std::move(done)]() mutable { wait_until_closed(std::move(done)); });
}

void Shard::release(std::uint64_t session_id, std::uint32_t number) {
  Session* there = session(session_id);
  if (!there) return;
  if (number && there->resumption() && there->resumption()->inbound.release(number)) {
    for (const auto& hook : hooks_.handled) hook(*there);
  }
  if (there->connection()) there->connection()->go_on_later();
}

void Shard::set_served(User& user, storage::ArchiveId position) {
  if (position <= user.served_position || (user.has_unserved && !user.is_serving_offline)) return;
  user.served_position = position;
  save_soon(user.name).served = position;
}

void Shard::forget_user(const std::string& name) {
  unsaved_.erase(name);  // an account of the same name must not get it
  users_.forget(name);
}

void Shard::set_last_seen(User& user) {
  user.last_seen = loop_.wall_time();
  save_soon(user.name).last_seen = user.last_seen;
}

// Neither is promised to anybody, so a crash may lose a moment of it: at most somebody is served a message again.
Shard::Unsaved& Shard::save_soon(const std::string& user) {
  if (unsaved_.empty()) loop_.after(std::chrono::milliseconds(50), [this] { save_now(); });
  return unsaved_[user];
}

void Shard::save_now() {
  for (const auto& [user, unsaved] : std::exchange(unsaved_, {})) {
    if (unsaved.served) store().set_served(user, unsaved.served);
    if (unsaved.last_seen) store().set_last_seen(user, *unsaved.last_seen, {});
  }
}

}  // namespace queqiao::server
