#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/message.h"
#include "server/module.h"

namespace queqiao::server {

class Shard;

// Where stanzas go: RFC 6120 10 and RFC 6121 8. Used on its shard's thread only.
class Router {
 public:
  explicit Router(Shard& shard) : shard_(shard) {}

  // A stanza that a client of this shard sent. `number` is its number for XEP-0198, 0 when nobody counts.
  void from_client(Session& session, const xml::Element& stanza, xmpp::StanzaKind kind, std::uint32_t number);

  // Hands a message over to its recipient's home shard; addresses are stamped and hooks of the sender have run.
  void route(Message message);
  void route_presence(PresencePacket packet);  // to the home shard of packet.to
  // To one session, by its full JID, wherever it is; dropped when it is gone.
  void route_to_session(const xmpp::Jid& full, std::string stanza, xmpp::StanzaKind kind);
  void answer(const Origin& origin, std::string stanza);  // an IQ's answer, and the end of holding its number

  // Tells a client that a stanza of its was refused; nothing when RFC 6120 8.3.1 forbids an answer.
  void refuse(Session& session, const xml::Element& stanza, xmpp::StanzaKind kind, const xmpp::StanzaError& error);

  // On the recipient's shard.
  void accept(Message message);
  void deliver(User& user, const Message& message, storage::ArchiveId id);
  void accept_presence(PresencePacket packet);

  // `stanza` with its stanza-id (XEP-0359) by the user's archive, in a buffer that the next call uses again.
  std::string_view with_stanza_id(const std::string& stanza, const User& user, storage::ArchiveId id);

 private:
  void note_work_for(unsigned home);
  void slow_down(const Origin& origin);
  bool has_no_room(const Session& session) const;
  void message_from(Session& session, const xml::Element& element, std::uint32_t number);
  void iq_from(Session& session, const xml::Element& element, std::uint32_t number);
  void presence_from(Session& session, const xml::Element& element);
  std::optional<xmpp::StanzaError> run_sender_hooks(OutgoingMessage& outgoing);
  void hold(Session& session, Message& message);
  void accept_for(User& user, Message message);
  void store(User& user, Message message, bool is_kept_for_offline);
  void repeat(const Message& message);
  void settle(const Message& message);
  void keep_for_later(User& user, Message message);
  void stored_for_sender(const Message& message, Result<storage::ArchiveId> id);
  void refuse(const Message& message, const xmpp::StanzaError& error);
  std::vector<Session*> takers(User& user, const Message& message) const;
  static bool would_fail_unseen(const Message& message, const std::vector<Session*>& takers);

  void ask_server(Session& session, const xml::Element& element, xmpp::IqType type, const xmpp::Jid& to, Origin origin);
  void ask_account(IqRequest asked, const xml::Element& payload);
  void forward_answer(const xml::Element& element, const xmpp::Jid& from, const xmpp::Jid& to);
  void forward_iq(std::string stanza, xmpp::IqType type, const xmpp::Jid& from, const xmpp::Jid& to, std::string id,
                  Origin origin);

  Shard& shard_;
  std::string buffer_;
  bool is_flooding_ = false;  // the stanza at hand went to a shard that has more than it can do
};

// The start tag of `element` with `from` and `to` as the server knows them, then its content as received: what goes on
// to others. Child elements that only the server may write (stanza-id by one of ours, XEP-0359 5) are left out. Without
// children of the namespaces `taken_out`.
std::string stamped(const xml::Element& element, const xmpp::Jid& from, const xmpp::Jid& to, std::string_view domain,
                    const std::vector<std::string_view>& taken_out = {});

// A presence without content that the server makes: a probe, an unavailable, an answer to a subscription.
PresencePacket plain_presence(const xmpp::Jid& from, const xmpp::Jid& to, xmpp::PresenceType type);

}  // namespace queqiao::server
