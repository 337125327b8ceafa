#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "server/message.h"
#include "server/user.h"
#include "xml/element.h"
#include "xmpp/stanza.h"
#include "xmpp/stream/server_stream.h"

namespace queqiao::server {

class ClientConnection;
class Shard;

// One IQ request that asks this server or one of its accounts. Answer it once, now or later; `payload` is valid for the
// handler's call only. One that is dropped without an answer answers internal-server-error by itself.
class IqRequest {
 public:
  IqRequest(Shard& shard, xmpp::Jid from, xmpp::Jid to, xmpp::IqType type, std::string id, Origin origin);
  IqRequest(IqRequest&& other) noexcept;
  IqRequest& operator=(IqRequest&&) = delete;
  ~IqRequest();

  const xmpp::Jid& from() const { return from_; }
  const xmpp::Jid& to() const { return to_; }  // empty when the client left it out
  bool is_set() const { return type_ == xmpp::IqType::set; }
  xml::Element payload;  // the request's first child element
  User* user = nullptr;  // account requests: the account asked, loaded; valid for the handler's call only
  Session* session =
      nullptr;               // the session that asks, when it is one of `user`'s own; valid for the handler's call only
  std::string peer_address;  // before_login only: where the connection comes from
  bool is_trusted = false;   // before_login only: loopback, and the operator trusts that
  bool is_own_account() const { return session != nullptr; }
  std::uint64_t session_id() const { return origin_.session; }

  void reply(std::string_view payload_xml = {});
  void reply_error(const xmpp::StanzaError& error);
  void reply_error(xmpp::StanzaCondition condition, std::string_view text = {}) {
    reply_error(xmpp::StanzaError::of(condition, text));
  }
  void reply_error(const Error& error);  // of the store: no_space and unavailable become wait errors

  // For the router: it goes on on another shard; it was passed on to a client, who answers it.
  void move_to(Shard& shard) { shard_ = &shard; }
  void forwarded() { send({}); }

 private:
  void send(std::string stanza);

  Shard* shard_;  // null once answered
  xmpp::Jid from_, to_;
  xmpp::IqType type_;
  std::string id_;
  Origin origin_;
};

// Whom a handler of IQ requests answers for; a set of these.
using IqTargets = unsigned;
namespace iq_target {
inline constexpr IqTargets server = 1;         // to='domain'
inline constexpr IqTargets own_account = 2;    // no 'to', or one's own bare JID
inline constexpr IqTargets other_account = 4;  // the bare JID of another account
inline constexpr IqTargets before_login = 8;   // from a connection that has not logged in (registration)
}  // namespace iq_target

// What is answered when somebody asks about another account (iq_target::other_account) whose presence they may not see.
// It is the same for an account that does not exist, so that nobody finds out who is here by asking (RFC 6120 13.11,
// RFC 6121 8.5.1). Nothing: the handler answers, for accounts that exist.
struct StrangerAnswers {
  std::optional<xmpp::StanzaCondition> get = xmpp::StanzaCondition::service_unavailable;
  std::optional<xmpp::StanzaCondition> set = xmpp::StanzaCondition::service_unavailable;
};

// A presence between two users, or from the server to one, as the recipient's shard gets it.
struct PresencePacket {
  xmpp::Jid from;
  xmpp::Jid to;
  xmpp::PresenceType type = xmpp::PresenceType::available;
  std::string stanza;  // stamped
};

// One feature of the server: one file in modules/. There is one object per shard, used on that shard's thread only.
class Module {
 public:
  virtual ~Module() = default;
  virtual void attach(Shard& shard) = 0;  // registers hooks, handlers and features; called once
};

// The answer to a request that several have to do with, given when the last one lets go of it: an error, or success
// when somebody has called succeed().
class SharedAnswer {
 public:
  explicit SharedAnswer(IqRequest request) : request_(std::move(request)) {}
  SharedAnswer(const SharedAnswer&) = delete;
  ~SharedAnswer() {
    if (refusal_) {
      request_.reply_error(*refusal_);
    } else if (error_) {
      request_.reply_error(*error_);
    } else if (is_done_) {
      request_.reply();
    }
  }
  void succeed() { is_done_ = true; }  // unless another one fails it
  void fail(Error error) { error_ = std::move(error); }
  void refuse(xmpp::StanzaError why) { refusal_ = std::move(why); }  // the client's fault

 private:
  IqRequest request_;
  std::optional<Error> error_;
  std::optional<xmpp::StanzaError> refusal_;
  bool is_done_ = false;
};

using IqHandler = std::function<void(IqRequest)>;
using MessageHook = std::function<std::optional<xmpp::StanzaError>(OutgoingMessage&)>;
using FilterHook = std::function<std::optional<xmpp::StanzaError>(User& recipient, const Message&)>;
// `id` is the message's place in the archive, 0 when it is not stored; `taken_by` the sessions that it went to.
using DeliveryHook =
    std::function<void(User& recipient, const Message&, storage::ArchiveId id, const std::vector<Session*>& taken_by)>;
using SentHook = std::function<void(User& sender, const Message&, storage::ArchiveId id)>;
using StoringHook = std::function<void(User& recipient, Message&)>;
using SessionHook = std::function<void(Session&)>;
using UserHook = std::function<void(User&)>;
using IqHook = std::function<std::optional<xmpp::StanzaError>(Session&, const xmpp::Jid& to)>;
using ContactHook = std::function<void(User&, const storage::RosterItem&)>;
using ShownHook = std::function<void(User&, const xmpp::Jid& contact)>;
using HiddenHook = std::function<void(User&, const xmpp::Jid& contact, bool was_subscriber)>;
// True: the hook has dealt with it and the stanza goes no further.
using PresenceHook =
    std::function<bool(Session&, const xml::Element&, xmpp::PresenceType, const std::optional<xmpp::Jid>& to)>;
// What others may find a user by has changed (XEP-0055): whoever stores a profile (vCard, nickname) runs these on the
// user's shard when it is durable. What is not set has not changed.
using ProfileHook = std::function<void(const std::string& user, const storage::ProfileChange&)>;
// True: `user` does not want to hear from `other` (RFC 6121 11).
using BlockHook = std::function<bool(const User& user, const xmpp::Jid& other)>;
using PacketHook = std::function<bool(User&, PresencePacket&)>;
using OutboundHook = std::function<bool(Session&, const Outbound&)>;
using ResumeHook = std::function<void(ClientConnection&, xmpp::ServerStream&, const xml::Element& resume)>;
using NonzaHook = std::function<void(Session&, const xml::Element&)>;

// True: the hook has taken the request, and answers it.
using AccountHook = std::function<bool(IqRequest&)>;
// True: the answer was to a question of the hook's.
using AnswerHook = std::function<bool(Session&, const xml::Element& iq)>;
// May change an available presence that goes out: `stanza`, written from `element`.
using AppearanceHook = std::function<void(Session&, const xml::Element& element, std::string& stanza)>;
// `item` is durable; null: items were removed, or others may read the node than before.
using PublishedHook = std::function<void(User& owner, const std::string& node, const storage::PubsubItem* item)>;
using CardHook = std::function<void(User&, const xml::Element& card)>;
using PrivateAskedHook = std::function<bool(IqRequest&, const xml::Element& element)>;
using PrivateStoredHook =
    std::function<void(User&, const xml::Element& element, const std::shared_ptr<SharedAnswer>& answer)>;
// `private_stored` comes with the same answer, unless the element cannot be stored. An error refuses it.
using PrivateOfferedHook = std::function<std::optional<xmpp::StanzaError>(User&, const xml::Element& element,
                                                                          const std::shared_ptr<SharedAnswer>& answer)>;

// Every hook that modules may use. A hook that a feature misses is added here, in a commit of its own.
struct Hooks {
  // Sender's shard, with the elements at hand, in this order; an error refuses the message. `validate` may refuse,
  // `archive` decides about storage, `copy` about carbons.
  std::vector<MessageHook> validate, archive, copy;
  std::vector<IqHook> validate_iq;   // sender's shard, an IQ request to a full JID or to another account
  std::vector<AnswerHook> answered;  // an IQ result or error to the server or to the client's own account
  // Service discovery of an account, from anybody: with a node, and for the list of items.
  std::vector<AccountHook> disco_node, disco_items;
  std::vector<FilterHook> filter;       // recipient's shard, before it is stored; an error refuses it
  std::vector<StoringHook> storing;     // recipient's shard, after that: whether the recipient's archive takes it
  std::vector<BlockHook> blocks;        // asked for IQ requests to a full JID, and by modules
  std::vector<DeliveryHook> delivered;  // recipient's shard, after it went to the sessions that take it
  std::vector<SentHook> sent;           // sender's shard, once it is stored (or needs no storing) and on its way
  std::vector<SessionHook> bound, ended;
  std::vector<SessionHook> available;  // RFC 6121 4.2: initial presence, after it was broadcast
  std::vector<SessionHook> unavailable;
  std::vector<SessionHook> handled;       // h of XEP-0198 has moved
  std::vector<SessionHook> acknowledged;  // the client has acknowledged stanzas (XEP-0198)
  std::vector<SessionHook> resumed;       // the session goes on with a new connection (XEP-0198)
  std::vector<PresenceHook> presence;     // from a client
  std::vector<AppearanceHook>
      appearance;                      // an available presence from a client, broadcast or directed, before it goes out
  std::vector<SessionHook> vanishing;  // becomes invisible (XEP-0186): those who see the session are told it has left
  std::vector<SessionHook> probing;    // wants to know which contacts are there, without being seen itself
  std::vector<SessionHook> reannounce;  // the server has changed the session's presence: those who see it are told
  std::vector<PacketHook> packet;       // to a user of this shard, from anybody
  std::vector<OutboundHook> outbound;   // true: kept back by the hook, which sends it later
  std::vector<UserHook> user_deleted;
  std::vector<ProfileHook> profile_changed;
  std::vector<ContactHook> roster_changed;   // the item as it is now, durable; is_removed tells a removal
  std::vector<ContactHook> contact_removed;  // the item as it was, when the user has removed it (RFC 6121 2.5)
  // Who may see the user's presence has changed: `contact` (a full JID means that resource alone) sees it from now on,
  // or no longer. `was_subscriber` is false for one who has seen it by directed presence at most.
  std::vector<ShownHook> shown;
  std::vector<ShownHook> sees;  // the other way round: the user sees the contact, who has agreed to it
  std::vector<HiddenHook> hidden;
  std::vector<PublishedHook> published;             // to one of the account's nodes, by whomever
  std::vector<PrivateAskedHook> private_asked;      // for an element of private storage; true: the hook answers
  std::vector<PrivateOfferedHook> private_offered;  // before it is stored
  std::vector<PrivateStoredHook> private_stored;    // it is durable; what follows from it may delay the answer
  std::vector<CardHook> card_stored;                // the user has stored a vCard (XEP-0054), and it is durable
  ResumeHook resume;  // XEP-0198 before bind; answers the stream with resumed() or refuse_resume()
};

using ModuleFactory = std::unique_ptr<Module> (*)();
struct ModuleEntry {
  std::string_view name;
  ModuleFactory make;
};

}  // namespace queqiao::server

// At the end of a module's file; the name is that of the file and of its word in modules/CMakeLists.txt.
#define QUEQIAO_MODULE(name, Class)       \
  namespace queqiao::server::modules {    \
  std::unique_ptr<Module> make_##name() { \
    return std::make_unique<Class>();     \
  }                                       \
  }
