#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/event_loop.h"
#include "base/hash.h"
#include "server/config.h"
#include "server/module.h"
#include "server/peer_table.h"
#include "server/personal_nodes.h"
#include "server/rate_table.h"
#include "server/rosters.h"
#include "server/router.h"
#include "server/shards.h"
#include "server/user_table.h"
#include "xml/element.h"
#include "xmpp/stream/server_stream.h"
#include "xmpp/xep/disco.h"

namespace queqiao::net {
class Connection;
}

namespace queqiao::server {

class ClientConnection;

// Everything that one shard owns of the server: its users, their sessions and connections, the router and the modules.
// Used on its loop's thread only. Modules reach all that they may use through it.
class Shard {
 public:
  Shard(unsigned index, Shards& shards, EventLoop& loop, const Config& config);
  Shard(const Shard&) = delete;
  Shard& operator=(const Shard&) = delete;
  ~Shard();
  void attach(const std::vector<ModuleEntry>& modules);  // once, before the first connection

  unsigned index() const { return index_; }
  const Config& config() const { return config_; }
  const std::string& domain() const { return config_.domain; }
  void reconfigure(const Config& config);  // see Shards::reconfigure
  EventLoop& loop() const { return loop_; }
  storage::Store& store() const { return shards_.store(); }
  Shards& shards() const { return shards_; }
  Router& router() { return router_; }
  UserTable& users() { return users_; }
  Rosters& rosters() { return rosters_; }
  PersonalNodes& nodes() { return nodes_; }

  // For modules, when they attach.
  Hooks& hooks() { return hooks_; }
  void on_iq(IqTargets targets, std::string_view name, std::string_view ns, IqHandler handler,
             StrangerAnswers strangers = {});
  void on_nonza(std::string_view name, std::string_view ns, NonzaHook hook);  // first-level elements that are no stanzas
  void advertise(std::string_view feature);           // service discovery of the server
  void advertise_account(std::string_view feature);   // service discovery of accounts
  void advertise(xmpp::DiscoIdentity identity);       // beside that of a chat server
  void advertise(xmpp::DataForm form);                // of the server (XEP-0128)
  void advertise_account(xmpp::DiscoIdentity identity);
  void add_stream_feature(std::string_view xml);      // among the features after log-in
  SessionFlag new_session_flag();

  const std::vector<std::string>& features() const { return features_; }
  const std::vector<std::string>& account_features() const { return account_features_; }
  const std::vector<xmpp::DiscoIdentity>& identities() const { return identities_; }
  const std::vector<xmpp::DataForm>& forms() const { return forms_; }
  const std::vector<xmpp::DiscoIdentity>& account_identities() const { return account_identities_; }
  const std::string& stream_features() const { return stream_features_; }

  // Sessions.
  Session* session(std::uint64_t id) const;  // null when it has ended
  const std::unordered_map<std::uint64_t, Session*>& sessions() const { return sessions_; }
  // Puts a stanza on its way to the client, or keeps it for resumption. May end the session when its queue is full.
  void send(Session& session, const Outbound& outbound);
  void send(Session& session, std::string_view stanza, xmpp::StanzaKind kind) { send(session, Outbound{stanza, kind}); }
  // The same, past the outbound hooks: for the hook that kept it back.
  void send_now(Session& session, const Outbound& outbound);
  Session& bind(ClientConnection& connection, User& user, std::string_view resource);
  // Ends the session for good: unavailable presence, hooks, and the stream error `condition` to the client if there is one.
  void end_session(Session& session, std::string_view stream_condition = {}, std::string_view text = {});
  // Ends all that the account has on this shard: sessions, and connections that have logged in and not bound yet, which may
  // be on any shard. The answer is the number of sessions.
  std::size_t end_all_of(std::string_view user, std::string_view stream_condition, std::string_view text);
  // The connection is gone but the client may resume; or the session ends, when it may not.
  void connection_lost(Session& session);
  // Something of the stanza `number` that had to be durable is so; see xmpp::HandledCounter.
  void release(std::uint64_t session_id, std::uint32_t number);
  Session* find_resumable(std::string_view token) const;
  void enable_resumption(Session& session, std::string token, std::chrono::seconds time);

  // Connections before and after log-in.
  void accept(std::unique_ptr<net::Connection> connection);
  ClientConnection* connection(std::uint64_t id) const;           // null when it is gone
  void hand_over(ClientConnection& connection, unsigned home);    // to another shard, after log-in
  void drop(ClientConnection& connection);                        // destroys it at the end of the turn
  std::size_t connection_count() const { return connections_.size(); }
  void shut_down(UniqueFunction<void()> done);                    // `done` when every connection is closed
  bool is_closing() const { return is_closing_; }                 // being destroyed: nobody can be answered any more
  const xmpp::ServerStreamRules& stream_rules() const { return stream_rules_; }

  RateTable& registrations() { return registrations_; }            // of accounts, by address
  void set_served(User& user, storage::ArchiveId position);       // in memory now, in the store within a second
  void forget_user(const std::string& name);                      // its account is deleted
  void set_last_seen(User& user);                                 // now; the same
  xml::Document& scratch() { return scratch_; }                   // of the stanza at hand

  // Handlers by "name ns", for Router.
  struct IqRoute {
    IqTargets targets;
    IqHandler handler;
    StrangerAnswers strangers;
  };
  const IqRoute* iq_route(const xml::Element& payload) const;
  const NonzaHook* nonza(const xml::Element& element) const;

 private:
  std::optional<PeerTable::Place> place_of(const net::Connection& connection);
  void adopt(std::shared_ptr<ClientConnection> connection, std::unique_ptr<net::Connection> transport);
  struct Unsaved {
    storage::ArchiveId served = 0;  // 0: unchanged
    std::optional<WallTime> last_seen;
  };
  Unsaved& save_soon(const std::string& user);
  void save_now();
  void wait_until_closed(UniqueFunction<void()> done);
  void send_resumable(Session& session, const Outbound& outbound);

  bool is_closing_ = false;       // first, since what is destroyed after it was set asks for it
  bool is_shutting_down_ = false;  // who comes now is sent away
  const unsigned index_;
  Shards& shards_;
  EventLoop& loop_;
  Config config_;
  xmpp::ServerStreamRules stream_rules_;
  Hooks hooks_;
  UserTable users_;
  Router router_;
  Rosters rosters_;
  PersonalNodes nodes_;
  RateTable registrations_;
  TextMap<IqRoute> iq_routes_;
  TextMap<NonzaHook> nonzas_;
  std::vector<std::string> features_, account_features_;
  std::vector<xmpp::DiscoIdentity> identities_;
  std::vector<xmpp::DataForm> forms_;
  std::vector<xmpp::DiscoIdentity> account_identities_;
  std::string stream_features_;
  SessionFlag next_flag_ = 1;
  std::vector<std::unique_ptr<Module>> modules_;

  std::unordered_map<std::uint64_t, Session*> sessions_;       // owned by their users
  TextMap<Session*> resumable_;                                // by token
  std::unordered_map<std::uint64_t, std::shared_ptr<ClientConnection>> connections_;  // shared only while moving
  std::vector<std::shared_ptr<ClientConnection>> dropped_;
  TextMap<Unsaved> unsaved_;                                   // by user: what may be written a little later, in one go
  std::uint64_t next_id_ = 1;                                  // of sessions and connections
  std::uint64_t refused_ = 0;                                  // connections that the log has not named
  TimePoint next_refusal_line_{};
  xml::Document scratch_;
};

}  // namespace queqiao::server
