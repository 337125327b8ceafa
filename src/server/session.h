#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "base/event_loop.h"
#include "xmpp/jid.h"
#include "xmpp/stanza.h"
#include "xmpp/stream/ack_queue.h"

namespace queqiao::server {

struct User;
class ClientConnection;
class Interests;
class Session;

// What XEP-0198 adds to a session, once the client has enabled it.
struct Resumption {
  xmpp::HandledCounter inbound;
  xmpp::AckQueue outbound;
  std::string token;             // what <resume previid=…> must show; empty: resumption was not asked for
  std::optional<std::uint32_t> answer_due;  // an <r/> came behind this stanza and is not answered
  bool is_asked_again = false;              // another <r/> came since
  std::uint32_t sent_since_request = 0;     // stanzas since our last <r/>
  std::chrono::seconds time{};              // how long a client that is gone may come back
  EventLoop::TimerId timeout = 0;           // ends the detached session
};

// Bits that modules keep for a session; a module asks the shard for one when it attaches.
using SessionFlag = std::uint32_t;

// One stanza on its way to one session.
struct Outbound {
  std::string_view stanza;
  xmpp::StanzaKind kind;
  std::uint64_t position = 0;     // archive id, 0 for what is not stored
  bool is_held_back = false;      // Message::is_held_back, and presence
  const xmpp::Jid* from = nullptr;
};

// A bound resource of a user (RFC 6120 7): one client of one person. It outlives its connection while XEP-0198 allows the
// client to resume it. Lives on its user's home shard and is used on that thread only.
class Session {
 public:
  Session(std::uint64_t id, User& user, xmpp::Jid jid) : id_(id), user_(user), jid_(std::move(jid)) {}
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  std::uint64_t id() const { return id_; }
  User& user() const { return user_; }
  const xmpp::Jid& jid() const { return jid_; }

  // Presence as the client last broadcast it (RFC 6121 4). Empty: connected, but not available.
  const std::string& presence() const { return presence_; }
  bool is_available() const { return !presence_.empty(); }
  // Others see that it is available. An invisible one (XEP-0186) takes what an available one takes, and nobody is told.
  bool is_visible() const { return is_available() && !is_invisible; }
  bool is_invisible = false;
  // XEP-0186: an invisible one is there for its own account, and for those whom it has sent directed presence; for all
  // others the server answers as if it was not.
  bool is_there_for(const xmpp::Jid& other) const;
  std::int8_t priority() const { return priority_; }
  void set_presence(std::string stanza, std::int8_t priority);
  // RFC 6121 8.5: takes messages to the bare JID.
  bool takes_messages() const { return is_available() && priority_ >= 0; }

  bool has(SessionFlag flag) const { return (flags_ & flag) != 0; }
  void set(SessionFlag flag, bool value) { flags_ = value ? flags_ | flag : flags_ & ~flag; }

  // Whom the client sent directed presence; they must hear when it leaves (RFC 6121 4.6.3).
  std::set<xmpp::Jid>& directed() { return directed_ ? *directed_ : *(directed_ = std::make_unique<std::set<xmpp::Jid>>()); }
  bool has_directed() const { return directed_ && !directed_->empty(); }

  ClientConnection* connection() const { return connection_; }  // null while it waits to be resumed
  void attach(ClientConnection* connection) { connection_ = connection; }  // not owned
  std::unique_ptr<Resumption>& resumption() { return resumption_; }
  const std::unique_ptr<Resumption>& resumption() const { return resumption_; }

  std::uint32_t uncommitted() const { return uncommitted_; }  // messages handed to the store and not answered
  void add_uncommitted() { ++uncommitted_; }
  void remove_uncommitted() { --uncommitted_; }

  // IQ requests of the client that have no answer yet: each may be work for the store or the worker.
  std::uint32_t open_requests() const { return open_requests_; }
  void add_request() { ++open_requests_; }
  void remove_request() { --open_requests_; }

  // Something that the client's stanzas need is being loaded; they wait. Whoever ends that calls go_on_later().
  bool is_loading = false;

  // Nodes whose events the client asks for in its capabilities; null: none. Shared by all clients of the same software.
  std::shared_ptr<const Interests> interests;

  bool is_interested = false;  // has asked for the roster and gets its pushes (RFC 6121 2.2)

  // For modules that show it: when the client last did something, and when it was bound.
  TimePoint last_active{};
  WallTime since{};
  std::string address;      // of the peer
  std::string tls_version;  // empty without TLS

 private:
  const std::uint64_t id_;
  User& user_;
  const xmpp::Jid jid_;
  std::string presence_;
  std::unique_ptr<std::set<xmpp::Jid>> directed_;
  std::unique_ptr<Resumption> resumption_;
  ClientConnection* connection_ = nullptr;
  SessionFlag flags_ = 0;
  std::uint32_t uncommitted_ = 0;
  std::uint32_t open_requests_ = 0;
  std::int8_t priority_ = 0;
};

}  // namespace queqiao::server
