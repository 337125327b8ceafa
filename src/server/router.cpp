#include "server/router.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "server/client_connection.h"
#include "server/shard.h"
#include "xml/writer.h"
#include "xmpp/namespaces.h"

namespace queqiao::server {
namespace {

using xmpp::MessageType;
using xmpp::StanzaCondition;
using xmpp::StanzaError;
using xmpp::StanzaKind;

// A stanza-id "by" one of our addresses that we did not write (XEP-0359 5), and a delay "from" this server: a client
// that knows to trust its own server (XEP-0203 6) would show the message under the date that the sender made up.
bool is_forged(const xml::Element& child, std::string_view domain) {
  if (child.is("delay", xmpp::ns::delay)) {
    const auto from = xmpp::Jid::parse(child.attribute("from"));
    return from && from->is_domain() && from->domain() == domain;
  }
  if (!child.is("stanza-id", xmpp::ns::stanza_ids)) return false;
  const auto by = xmpp::Jid::parse(child.attribute("by"));
  return !by || by->domain() == domain;
}

void append_content(std::string& out, const xml::Element& element, std::string_view domain,
                    const std::vector<std::string_view>& taken_out) {
  const auto is_left_out = [&](const xml::Element& child) {
    return is_forged(child, domain) || std::find(taken_out.begin(), taken_out.end(), child.ns()) != taken_out.end();
  };
  if (element.document().uses_outer_prefix) {
    for (const auto child : element.children()) {
      if (!is_left_out(child)) xml::write(out, child, xmpp::ns::client);
    }
    return;
  }
  const auto content = element.content();
  const char* copied = content.data();
  for (const auto child : element.children()) {
    if (!is_left_out(child)) continue;
    const auto raw = child.raw();
    out.append(copied, raw.data());
    copied = raw.data() + raw.size();
  }
  out.append(copied, content.data() + content.size());
}

// What the addresses and the ids that the server writes may add to a stanza.
constexpr std::size_t stamp_bytes = 16 * 1024;

// A prefix that the stream's header declares is declared again wherever a stanza uses it, and escaping makes six bytes
// of one: what a client may send must not become a hundred times as much for those who get it, and for the archive.
bool grows_too_large(const xml::Element& stanza, const xmpp::Jid& from, const Config& config) {
  const auto most = config.after_login.element_bytes + stamp_bytes;
  if (!stanza.document().uses_outer_prefix && stanza.raw().size() < most / 6) return false;
  return stamped(stanza, from, from, config.domain).size() > most;
}

StanzaError error_of(const Error& error, const Message& message, const Config& config) {
  if (error.code == ErrorCode::invalid && message.retraction) {
    const auto limit = std::to_string(config.retraction_limit.count());
    return StanzaError::of(StanzaCondition::not_acceptable,
                           "A message can be taken back for " + limit + " seconds. Here it is too late.");
  }
  if (error.code == ErrorCode::no_space) {
    return StanzaError::of(StanzaCondition::resource_constraint, "The server cannot store more at the moment.");
  }
  auto answer = StanzaError::of(StanzaCondition::internal_server_error, "The server cannot store this at the moment.");
  answer.type = xmpp::ErrorType::wait;
  return answer;
}

}  // namespace

std::string stamped(const xml::Element& element, const xmpp::Jid& from, const xmpp::Jid& to, std::string_view domain,
                    const std::vector<std::string_view>& taken_out) {
  std::string out;
  out.reserve(element.raw().size() + from.text().size() + to.text().size() + 32);
  xmpp::write_stanza_start(out, element.name(), from.text(), to.text(), element.attribute("type"),
                           element.attribute("id"));
  if (const auto language = element.attribute("lang", "http://www.w3.org/XML/1998/namespace"); !language.empty()) {
    out += " xml:lang='";
    xml::escape_attribute(out, language);
    out += '\'';
  }
  out += '>';
  append_content(out, element, domain, taken_out);
  return out.append("</").append(element.name()).append(1, '>');
}

PresencePacket plain_presence(const xmpp::Jid& from, const xmpp::Jid& to, xmpp::PresenceType type) {
  PresencePacket packet{from, to, type, {}};
  xmpp::write_stanza_start(packet.stanza, "presence", from.text(), to.text(), xmpp::name_of(type), {});
  packet.stanza += "/>";
  return packet;
}

void Router::refuse(Session& session, const xml::Element& stanza, StanzaKind kind, const StanzaError& error) {
  const auto answer = xmpp::error_reply(stanza, stanza.attribute("to"), session.jid().text(), error);
  if (!answer.empty()) shard_.send(session, answer, kind);
}

void Router::from_client(Session& session, const xml::Element& stanza, StanzaKind kind, std::uint32_t number) {
  if (grows_too_large(stanza, session.jid(), shard_.config())) {
    return refuse(session, stanza, kind, StanzaError::of(StanzaCondition::policy_violation, "Too long."));
  }
  is_flooding_ = false;
  const Origin origin{shard_.index(), session.id(), number};
  switch (kind) {
    case StanzaKind::message:
      message_from(session, stanza, number);
      break;
    case StanzaKind::presence:
      presence_from(session, stanza);
      break;
    case StanzaKind::iq:
      iq_from(session, stanza, number);
      break;
  }
  if (is_flooding_) slow_down(origin);
}

// Work that the stanza at hand makes for another shard. That one's queue has no bound of its own, so those who fill it
// are slowed down.
void Router::note_work_for(unsigned home) {
  is_flooding_ = is_flooding_ || shard_.shards().at(home).loop().is_congested();
}

void Router::slow_down(const Origin& origin) {
  if (origin.session == 0) return;
  if (origin.shard != shard_.index()) {
    shard_.shards().post(origin.shard, [origin](Shard& there) { there.router().slow_down(origin); });
    return;
  }
  const Session* session = shard_.session(origin.session);
  if (session && session->connection()) session->connection()->slow_down();
}

// What is on its way to a client is more than half of what may be: past the whole its connection or its session ends.
bool Router::has_no_room(const Session& session) const {
  if (!session.connection()) return false;  // what waits for resumption is not for its senders to wait for
  if (session.connection()->transport().is_nearly_full()) return true;
  if (!session.resumption()) return false;
  const auto& outbound = session.resumption()->outbound;
  return outbound.unacknowledged().size() > shard_.config().unacknowledged_stanzas / 2 ||
         outbound.bytes() > shard_.config().unacknowledged_bytes / 2;
}

void Router::message_from(Session& session, const xml::Element& element, std::uint32_t number) {
  const auto reply = [&](const StanzaError& error) {
    const auto answer = xmpp::error_reply(element, element.attribute("to"), session.jid().text(), error);
    if (!answer.empty()) shard_.send(session, answer, StanzaKind::message);
  };
  // RFC 6120 10.3.1: without 'to' it is for the sender's own bare JID.
  auto to = element.has_attribute("to") ? xmpp::Jid::parse(element.attribute("to")) : session.user().jid;
  if (!to) return reply(StanzaError::of(StanzaCondition::jid_malformed));
  if (to->domain() != shard_.domain()) return reply(StanzaError::of(StanzaCondition::remote_server_not_found));
  if (to->is_domain()) return reply(StanzaError::of(StanzaCondition::service_unavailable));

  Message message{.from = session.jid(), .to = *std::move(to), .type = xmpp::message_type(element.attribute("type"))};
  message.origin = {shard_.index(), session.id(), number};
  OutgoingMessage outgoing{message, element};
  if (const auto error = run_sender_hooks(outgoing)) return reply(*error);
  if (message.is_stored || message.is_for_offline) hold(session, message);
  if (message.is_repeated) return repeat(message);
  if (message.origin_hash) session.user().recent_origins.add(message.origin_hash);
  message.stanza = std::make_shared<const std::string>(
      stamped(element, message.from, message.to, shard_.domain(), outgoing.taken_out));
  if (!message.is_stored) {
    for (const auto& hook : shard_.hooks().sent) hook(session.user(), message, 0);
  }
  route(std::move(message));
}

std::optional<StanzaError> Router::run_sender_hooks(OutgoingMessage& outgoing) {
  const auto& hooks = shard_.hooks();
  for (const auto* phase : {&hooks.validate, &hooks.archive, &hooks.copy}) {
    for (const auto& hook : *phase) {
      if (auto error = hook(outgoing)) return error;
    }
  }
  return std::nullopt;
}

// Until settle(). Whether a message that the archive does not want must be kept for later is known at its recipient's,
// so it is held as well, but nothing waits behind it.
void Router::hold(Session& session, Message& message) {
  if (message.is_stored) session.add_uncommitted();
  if (message.origin.number) session.resumption()->inbound.hold(message.origin.number);
}

// The store answers in order, so an empty entry is answered when the first copy is durable.
void Router::repeat(const Message& message) {
  storage::Reply<storage::ArchiveId> answered{&shard_.loop(),
                                              [this, message](Result<storage::ArchiveId>) { settle(message); }};
  shard_.store().append({}, {}, std::move(answered));
}

// Lets go of what hold() holds, on the sender's shard.
void Router::settle(const Message& message) {
  if (message.origin.session == 0 || !(message.is_stored || message.is_for_offline)) return;
  if (!message.is_stored && message.origin.number == 0) return;  // nobody counts
  if (message.origin.shard != shard_.index()) {
    shard_.shards().post(message.origin.shard, [message](Shard& there) { there.router().settle(message); });
    return;
  }
  Session* session = shard_.session(message.origin.session);
  if (session && message.is_stored) session->remove_uncommitted();
  shard_.release(message.origin.session, message.origin.number);
}

void Router::route(Message message) {
  const auto home = shard_.shards().home_of(message.to.local());
  if (home == shard_.index()) return accept(std::move(message));
  note_work_for(home);
  shard_.shards().post(home, [message = std::make_unique<Message>(std::move(message))](Shard& there) mutable {
    there.router().accept(std::move(*message));
  });
}

void Router::accept(Message message) {
  if (User* user = shard_.users().find(message.to.local())) return accept_for(*user, std::move(message));
  const std::string name(message.to.local());
  shard_.users().with(name, [this, message = std::make_unique<Message>(std::move(message))](User* user) mutable {
    if (user) return accept_for(*user, std::move(*message));
    // RFC 6121 8.5.1: headlines to nobody vanish; an error is never answered.
    refuse(*message, StanzaError::of(StanzaCondition::service_unavailable));
  });
}

void Router::accept_for(User& user, Message message) {
  for (const auto& hook : shard_.hooks().filter) {
    if (const auto error = hook(user, message)) return refuse(message, *error);
  }
  // RFC 6121 8.5.2.1.1: no account takes part in a room; its resources do.
  if (message.type == MessageType::groupchat && message.to.is_bare()) {
    return refuse(message, StanzaError::of(StanzaCondition::service_unavailable));
  }
  for (const auto& hook : shard_.hooks().storing) hook(user, message);
  // Somebody who is not there gets it later, whoever wants it archived or not (XEP-0160).
  const bool is_archived = message.is_stored && message.is_recipient_stored;
  const bool is_kept =
      !is_archived && message.is_for_offline && (user.is_serving_offline || takers(user, message).empty());
  if (message.is_stored || is_kept) return store(user, std::move(message), is_kept);
  deliver(user, message, 0);
  settle(message);
}

void Router::store(User& user, Message message, bool is_kept_for_offline) {
  const bool is_received = (message.is_stored && message.is_recipient_stored) || is_kept_for_offline;
  storage::ArchiveEntry entry{.received = shard_.loop().wall_time(),
                              .stanza = message.stanza,
                              .sender = {},
                              .recipient = is_received ? user.name : std::string(),
                              .sender_jid = std::string(message.from.bare_text()),
                              .recipient_jid = user.jid.text(),
                              .is_for_offline = message.is_for_offline,
                              .is_queued_only = is_kept_for_offline,
                              .origin = message.origin_hash,
                              .retraction = message.retraction};
  // A message to oneself is one entry, not two (XEP-0313 5.1.1 leaves it to us; twice would show it twice).
  if (message.is_stored && message.is_sender_stored && message.from.local() != user.name)
    entry.sender = message.from.local();
  const auto shared = std::make_shared<const Message>(std::move(message));
  storage::Reply<storage::ArchiveId> recipient{&shard_.loop(),
                                               [this, shared, is_received](Result<storage::ArchiveId> id) {
                                                 if (!id) return;  // the sender hears of it
                                                 if (User* there = shard_.users().find(shared->to.local())) {
                                                   deliver(*there, *shared, is_received ? *id : 0);
                                                 }
                                               }};
  storage::Reply<storage::ArchiveId> sender;
  if (shared->origin.session != 0) {
    Shard& origin = shard_.shards().at(shared->origin.shard);
    sender = {&origin.loop(), [&origin, shared](Result<storage::ArchiveId> id) {
                origin.router().stored_for_sender(*shared, std::move(id));
              }};
  }
  shard_.store().append(std::move(entry), std::move(recipient), std::move(sender));
}

void Router::stored_for_sender(const Message& message, Result<storage::ArchiveId> id) {
  if (!id) {
    refuse(message, error_of(id.error(), message, shard_.config()));
    return;
  }
  User* user = message.is_stored ? shard_.users().find(message.from.local()) : nullptr;
  if (user) {
    for (const auto& hook : shard_.hooks().sent) hook(*user, message, message.is_sender_stored ? *id : 0);
  }
  settle(message);
}

// Tells the sender, on the sender's shard, and lets go of what was held for the message.
void Router::refuse(const Message& message, const StanzaError& error) {
  if (message.origin.session == 0) return;
  if (message.origin.shard != shard_.index()) {
    shard_.shards().post(message.origin.shard, [message = std::make_unique<Message>(message), error](Shard& there) {
      there.router().refuse(*message, error);
    });
    return;
  }
  if (message.origin_hash) {
    if (User* user = shard_.users().find(message.from.local())) user->recent_origins.forget(message.origin_hash);
  }
  Session* session = shard_.session(message.origin.session);
  if (!session) return;
  const bool is_answered = message.type != MessageType::error && message.type != MessageType::headline;
  xml::Document document;
  auto limits = shard_.config().after_login;
  limits.element_bytes += stamp_bytes;
  if (is_answered && xml::parse_element(*message.stanza, document, limits) == xml::ParseError::none) {
    const auto answer = xmpp::error_reply(document.root(), message.to.text(), session->jid().text(), error);
    if (!answer.empty()) shard_.send(*session, answer, StanzaKind::message);
  }
  settle(message);
}

// RFC 6121 8.5.2.1.1 and 8.5.3: a full JID means that resource; else every available one that takes messages.
std::vector<Session*> Router::takers(User& user, const Message& message) const {
  std::vector<Session*> chosen;
  if (message.to.is_full()) {
    if (Session* session = user.session(message.to.resource())) return {session};
    // 8.5.3.2.1: a chat message to a resource that is gone is for the account; others are not.
    if (message.type != MessageType::chat) return {};
  }
  if (message.type == MessageType::error || message.type == MessageType::groupchat) return {};
  for (const auto& session : user.sessions) {
    if (session->takes_messages()) chosen.push_back(session.get());
  }
  // A note to oneself is for one's other devices, when there are any.
  if (chosen.size() > 1 && message.type != MessageType::headline) {
    std::erase_if(chosen, [&](const Session* session) { return message.from == session->jid(); });
  }
  return chosen;
}

// Only invisible sessions have it (XEP-0186), so the sender must hear what it hears when there is no session at all:
// that an error did not come would show that there is one.
bool Router::would_fail_unseen(const Message& message, const std::vector<Session*>& takers) {
  if (message.is_stored || message.is_for_offline || message.is_held_back) return false;
  if (message.type == MessageType::headline) return false;
  return std::none_of(takers.begin(), takers.end(),
                      [&](const Session* session) { return session->is_there_for(message.from); });
}

void Router::deliver(User& user, const Message& message, storage::ArchiveId id) {
  // The offline queue reads from the archive until there is nothing left, so this one's turn comes there.
  if (user.is_serving_offline && id != 0 && message.is_for_offline) {
    user.has_unserved = true;
    return;
  }
  const auto chosen = takers(user, message);
  if (!chosen.empty()) {
    const auto stanza = id ? with_stanza_id(*message.stanza, user, id) : std::string_view(*message.stanza);
    const Outbound outbound{stanza, StanzaKind::message, message.is_for_offline ? id : 0, message.is_held_back,
                            &message.from};
    for (Session* session : chosen) {
      shard_.send(*session, outbound);
      if (has_no_room(*session)) slow_down(message.origin);
    }
    if (would_fail_unseen(message, chosen)) refuse(message, StanzaError::of(StanzaCondition::service_unavailable));
  } else if (id != 0 && message.is_for_offline) {
    user.has_unserved = true;
  } else if (message.is_stored) {
    if (message.is_for_offline) return keep_for_later(user, message);
  } else if (id == 0 && !message.is_held_back && message.type != MessageType::headline) {
    refuse(message, StanzaError::of(StanzaCondition::service_unavailable));
  }
  for (const auto& hook : shard_.hooks().delivered) hook(user, message, id, chosen);
}

// Whoever took it went away while the sender's archive was written, and the recipient's archive did not want it.
void Router::keep_for_later(User& user, Message message) {
  message.origin = {};  // the sender has heard
  message.is_stored = false;
  accept_for(user, std::move(message));
}

std::string_view Router::with_stanza_id(const std::string& stanza, const User& user, storage::ArchiveId id) {
  constexpr std::string_view end = "</message>";
  buffer_.assign(stanza, 0, stanza.size() - end.size());
  buffer_.append("<stanza-id xmlns='urn:xmpp:sid:0' by='");
  xml::escape_attribute(buffer_, user.jid.text());
  buffer_.append("' id='").append(std::to_string(id)).append("'/>").append(end);
  return buffer_;
}

void Router::presence_from(Session& session, const xml::Element& element) {
  const auto reply = [&](StanzaCondition condition) {
    const auto answer =
        xmpp::error_reply(element, element.attribute("to"), session.jid().text(), StanzaError::of(condition));
    if (!answer.empty()) shard_.send(session, answer, StanzaKind::presence);
  };
  const auto type = xmpp::presence_type(element.attribute("type"));
  if (!type) return reply(StanzaCondition::bad_request);
  std::optional<xmpp::Jid> to;
  if (element.has_attribute("to")) {
    to = xmpp::Jid::parse(element.attribute("to"));
    if (!to) return reply(StanzaCondition::jid_malformed);
    if (to->domain() != shard_.domain()) return reply(StanzaCondition::remote_server_not_found);
  }
  for (const auto& hook : shard_.hooks().presence) {
    if (hook(session, element, *type, to)) return;
  }
}

void Router::route_presence(PresencePacket packet) {
  if (packet.to.is_domain() || packet.to.domain() != shard_.domain()) return;
  const auto home = shard_.shards().home_of(packet.to.local());
  if (home == shard_.index()) return accept_presence(std::move(packet));
  note_work_for(home);
  shard_.shards().post(home, [packet = std::make_unique<PresencePacket>(std::move(packet))](Shard& there) mutable {
    there.router().accept_presence(std::move(*packet));
  });
}

void Router::accept_presence(PresencePacket packet) {
  const bool is_subscription = packet.type >= xmpp::PresenceType::subscribe && packet.type <= xmpp::PresenceType::probe;
  const auto handle = [this](User& user, PresencePacket& arrived) {
    for (const auto& hook : shard_.hooks().packet) {
      if (hook(user, arrived)) return;
    }
  };
  const std::string name(packet.to.local());
  if (User* user = shard_.users().find(name)) return handle(*user, packet);
  // RFC 6121 4.3.2, 8.5.1: presence to somebody who is not there is dropped; subscriptions and probes need the account.
  if (!is_subscription) return;
  shard_.users().with(name, [this, handle, packet = std::make_unique<PresencePacket>(std::move(packet))](User* user) {
    if (user) return handle(*user, *packet);
    // RFC 6121 4.3.2: the same answer as that of an account that does not want to be seen by the asker.
    if (packet->type == xmpp::PresenceType::probe) {
      route_presence(plain_presence(packet->to.bare(), packet->from.bare(), xmpp::PresenceType::unsubscribed));
    }
  });
}

void Router::route_to_session(const xmpp::Jid& full, std::string stanza, StanzaKind kind) {
  const auto home = shard_.shards().home_of(full.local());
  if (home != shard_.index()) {
    shard_.shards().post(home, [full, stanza = std::move(stanza), kind](Shard& there) mutable {
      there.router().route_to_session(full, std::move(stanza), kind);
    });
    return;
  }
  User* user = shard_.users().find(full.local());
  if (Session* session = user ? user->session(full.resource()) : nullptr) shard_.send(*session, stanza, kind);
}

}  // namespace queqiao::server
