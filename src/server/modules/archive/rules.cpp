// Which messages are kept: XEP-0313 5.1.1 with the hints of XEP-0334.
#include <algorithm>
#include <array>
#include <utility>

#include "server/modules/archive/parts.h"
#include "xmpp/namespaces.h"
#include "xmpp/xep/stanza_ids.h"

namespace queqiao::server::archive {
namespace {

using xmpp::MessageType;

// Content that means something later even without a body. An empty name stands for every element of the namespace.
constexpr std::array<std::pair<std::string_view, std::string_view>, 17> lasting{{
    {"received", xmpp::ns::receipts},
    {"received", xmpp::ns::chat_markers},
    {"displayed", xmpp::ns::chat_markers},
    {"acknowledged", xmpp::ns::chat_markers},
    {"retract", "urn:xmpp:message-retract:1"},
    {"apply-to", "urn:xmpp:fasten:0"},  // retraction before XEP-0424 0.4
    {"replace", "urn:xmpp:message-correct:0"},
    {"reactions", "urn:xmpp:reactions:0"},
    {"encrypted", "eu.siacs.conversations.axolotl"},
    {"encrypted", "urn:xmpp:omemo:2"},
    {"openpgp", "urn:xmpp:openpgp:0"},
    {"x", "jabber:x:encrypted"},
    {"x", "jabber:x:conference"},  // XEP-0249
    {"x", "jabber:x:oob"},
    {"file-sharing", "urn:xmpp:sfs:0"},
    {"", "urn:xmpp:jingle-message:0"},
    {"", "urn:queqiao:game:1"},
}};

bool is_lasting(const xml::Element& child) {
  return std::any_of(lasting.begin(), lasting.end(), [&](const auto& entry) {
    return child.ns() == entry.second && (entry.first.empty() || child.name() == entry.first);
  });
}

}  // namespace

Keeping keeping_hint(const xml::Element& message) {
  if (message.child("no-store", xmpp::ns::hints) || message.child("no-permanent-store", xmpp::ns::hints)) {
    return Keeping::never;
  }
  return message.child("store", xmpp::ns::hints) ? Keeping::always : Keeping::unknown;
}

bool has_lasting_content(const xml::Element& message) {
  for (const auto child : message.children()) {
    if (child.is("body", message.ns()) || is_lasting(child)) return true;
  }
  return false;
}

bool is_only_chat_state(const xml::Element& message) {
  bool has_state = false;
  for (const auto child : message.children()) {
    const bool is_state = child.ns() == xmpp::ns::chat_states;
    has_state = has_state || is_state;
    const bool is_accessory =
        child.ns() == xmpp::ns::hints || child.is("thread", message.ns()) || child.ns() == xmpp::ns::stanza_ids;
    if (!is_state && !is_accessory) return false;
  }
  return has_state;
}

void decide(OutgoingMessage& outgoing, const User* sender, bool has_archive) {
  auto& message = outgoing.message;
  const auto& element = outgoing.element;
  message.is_held_back = is_only_chat_state(element);
  if (message.type != MessageType::chat && message.type != MessageType::normal) return;
  const auto hint = keeping_hint(element);
  if (hint == Keeping::never || (hint == Keeping::unknown && !has_lasting_content(element))) return;
  message.is_held_back = false;
  message.is_stored = has_archive;
  // RFC 6121 8.5.3.2.1: what is not chat is for the one resource that it names; when that is gone it is not kept for
  // others.
  message.is_for_offline = message.type == MessageType::chat || message.to.is_bare();
  message.is_sender_stored = sender && wants_archived(*sender, message.to);
  if (const auto id = xmpp::origin_id(element); !id.empty()) {
    message.origin_hash = origin_hash(message.to, id);
    message.is_repeated = sender && sender->recent_origins.contains(message.origin_hash);
  }
}

}  // namespace queqiao::server::archive
