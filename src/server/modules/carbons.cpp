// XEP-0280 Message Carbons 1.0.1: a message that a user sends or receives also reaches the user's other resources that
// asked for copies. Copies are sent to sessions directly: they are never archived, kept for later or copied again.
#include <algorithm>
#include <array>

#include "server/shard.h"
#include "xml/writer.h"
#include "xmpp/namespaces.h"
#include "xmpp/xep/carbons.h"

namespace queqiao::server {
namespace {

using xmpp::CarbonDirection;
using xmpp::MessageType;

// What belongs to a conversation though it may have no body.
bool is_part_of_chat(const xml::Element& message) {
  constexpr std::array<std::string_view, 6> payloads{xmpp::ns::receipts,     xmpp::ns::chat_states,
                                                     xmpp::ns::chat_markers, "urn:xmpp:message-retract:1",
                                                     "urn:xmpp:reactions:0", "jabber:x:conference"};
  for (const auto child : message.children()) {
    if (child.is("body", message.ns())) return true;
    if (std::find(payloads.begin(), payloads.end(), child.ns()) != payloads.end()) return true;
  }
  return false;
}

// 6.1: chats, and other messages of a conversation; 9: nothing that the sender keeps from the user's other devices.
bool is_eligible(MessageType type, const xml::Element& message) {
  if (xmpp::is_carbon_private(message) || message.child("no-copy", xmpp::ns::hints)) return false;
  // A private message of a room reaches each occupant's client by itself (XEP-0045 7.5).
  if (message.child("x", "http://jabber.org/protocol/muc#user") && !message.child("x", "jabber:x:conference")) {
    return type == MessageType::normal;  // a mediated invitation
  }
  return type == MessageType::chat || (type == MessageType::normal && is_part_of_chat(message));
}

std::string wrap(CarbonDirection direction, const Session& to, const Message& message, std::string_view stanza) {
  std::string out;
  // 7: from the user's own bare JID, which is what tells a true copy from a forged one (11).
  const auto type = message.type == MessageType::normal ? std::string_view() : xmpp::name_of(message.type);
  xmpp::write_stanza_start(out, "message", to.user().jid.text(), to.jid().text(), type, {});
  out += '>';
  xml::Writer writer(out);
  xmpp::write_carbon(writer, direction, stanza);
  return out.append("</message>");
}

class Carbons final : public Module {
 public:
  void attach(Shard& shard) override {
    shard_ = &shard;
    is_wanted_ = shard.new_session_flag();
    shard.advertise(xmpp::ns::carbons);
    shard.advertise("urn:xmpp:carbons:rules:0");
    for (const bool enables : {true, false}) {
      shard.on_iq(iq_target::own_account | iq_target::server | iq_target::other_account, enables ? "enable" : "disable",
                  xmpp::ns::carbons, [this, enables](IqRequest request) { set(std::move(request), enables); },
                  {.set = xmpp::StanzaCondition::not_allowed});
    }
    shard.hooks().copy.push_back([](OutgoingMessage& outgoing) -> std::optional<xmpp::StanzaError> {
      outgoing.message.is_copied = is_eligible(outgoing.message.type, outgoing.element);
      return std::nullopt;
    });
    shard.hooks().delivered.push_back(
        [this](User& recipient, const Message& message, storage::ArchiveId id, const std::vector<Session*>& taken_by) {
          copy_received(recipient, message, id, taken_by);
        });
    shard.hooks().sent.push_back(
        [this](User& sender, const Message& message, storage::ArchiveId id) { copy_sent(sender, message, id); });
  }

 private:
  void set(IqRequest request, bool enables) {
    if (!request.is_set()) return request.reply_error(xmpp::StanzaCondition::bad_request);
    if (!request.session) return request.reply_error(xmpp::StanzaCondition::not_allowed);
    request.session->set(is_wanted_, enables);
    request.reply();
  }

  bool wants_copy(const Session& session, const Message& message) const {
    return session.has(is_wanted_) && session.jid() != message.from;  // 8.1: not the one that sent it
  }

  void copy_received(User& recipient, const Message& message, storage::ArchiveId id,
                     const std::vector<Session*>& taken_by) {
    if (!message.is_copied) return;
    for (const auto& session : recipient.sessions) {
      const bool has_it = std::find(taken_by.begin(), taken_by.end(), session.get()) != taken_by.end();
      if (!has_it && wants_copy(*session, message)) send(*session, CarbonDirection::received, message, id);
    }
  }

  // What one sends to oneself is copied as received.
  void copy_sent(User& sender, const Message& message, storage::ArchiveId id) {
    if (!message.is_copied || message.to.bare_text() == sender.jid.text()) return;
    for (const auto& session : sender.sessions) {
      if (wants_copy(*session, message)) send(*session, CarbonDirection::sent, message, id);
    }
  }

  // XEP-0313 3.5: the copy names the place of the message in the archive of the user who gets it.
  void send(Session& session, CarbonDirection direction, const Message& message, storage::ArchiveId id) {
    const auto stanza =
        id ? shard_->router().with_stanza_id(*message.stanza, session.user(), id) : std::string_view(*message.stanza);
    const auto copy = wrap(direction, session, message, stanza);
    Outbound outbound{copy, xmpp::StanzaKind::message};
    outbound.is_held_back = message.is_held_back;
    outbound.from = &message.from;
    shard_->send(session, outbound);
  }

  Shard* shard_ = nullptr;  // not owned
  SessionFlag is_wanted_ = 0;
};

}  // namespace
}  // namespace queqiao::server

QUEQIAO_MODULE(carbons, Carbons)
