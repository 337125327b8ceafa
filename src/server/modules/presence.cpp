// RFC 6121 4: who is there. A session's presence goes to the user's own available resources and to the contacts that
// are subscribed to it; contacts' presence is asked for by probes. Directed presence (4.6) is remembered until it is
// taken back.
#include <utility>

#include "base/text.h"
#include "server/shard.h"
#include "xml/writer.h"
#include "xmpp/xep/delay.h"
#include "xmpp/xep/payload.h"

namespace queqiao::server {
namespace {

using xmpp::PresenceType;
using xmpp::StanzaCondition;
using xmpp::StanzaError;
using xmpp::StanzaKind;

// RFC 6121 4.7.2.3: an integer from -128 to 127, at most once, 0 when absent. Nothing for anything else.
std::optional<std::int8_t> priority_of(const xml::Element& presence) {
  std::optional<std::int8_t> priority;
  for (const auto child : presence.children()) {
    if (!child.is("priority", presence.ns())) continue;
    if (priority) return std::nullopt;
    const auto text = child.text();
    auto digits = trim(text);
    if (digits.starts_with('+')) digits.remove_prefix(1);
    priority = parse_number<std::int8_t>(digits);
    if (!priority) return std::nullopt;
  }
  return priority.value_or(0);
}

// A broadcast is written once, without 'to'; each receiver's copy gets its own.
std::string addressed(const std::string& stanza, const xmpp::Jid& to) {
  constexpr std::string_view start = "<presence";
  std::string out;
  out.reserve(stanza.size() + to.text().size() + 8);
  out.append(start).append(" to='");
  xml::escape_attribute(out, to.text());
  return out.append("'").append(stanza, start.size());
}

class Presence final : public Module {
 public:
  void attach(Shard& shard) override {
    shard_ = &shard;
    auto& hooks = shard.hooks();
    hooks.presence.push_back([this](Session& session, const xml::Element& element, PresenceType type, const auto& to) {
      return from_client(session, element, type, to);
    });
    hooks.packet.push_back([this](User& user, PresencePacket& packet) { return arrived(user, packet); });
    hooks.ended.push_back([this](Session& session) { ended(session); });
    hooks.vanishing.push_back([this](Session& session) { vanish(session); });
    hooks.reannounce.push_back([this](Session& session) { reannounce(session); });
    hooks.probing.push_back([this](Session& session) {
      greet(session);
      probe_contacts(session);
    });
    hooks.shown.push_back([this](User& user, const xmpp::Jid& contact) { show(user, contact); });
    hooks.hidden.push_back(
        [this](User& user, const xmpp::Jid& contact, bool was_subscriber) { hide(user, contact, was_subscriber); });
  }

 private:
  bool from_client(Session& session, const xml::Element& element, PresenceType type,
                   const std::optional<xmpp::Jid>& to);
  std::string appearance(Session& session, const xml::Element& element, const xmpp::Jid& to) const;
  void announce(Session& session, const xml::Element& element);
  void reannounce(Session& session);
  void leave(Session& session, std::string stanza);
  void vanish(Session& session);
  void take_back_directed(Session& session, const std::string& stanza);
  void directed(Session& session, const xml::Element& element, PresenceType type, const xmpp::Jid& to);
  void ended(Session& session);

  void broadcast(Session& session, const std::string& stanza, PresenceType type);
  void send_to_own(User& user, const std::string& stanza, const xmpp::Jid& from, const Session* except = nullptr);
  void probe_contacts(Session& session);
  void greet(Session& session);
  bool is_blocked(const User& user, const xmpp::Jid& other) const;

  bool arrived(User& user, PresencePacket& packet);
  void deliver(User& user, const PresencePacket& packet);
  void answer_probe(User& user, const PresencePacket& probe);
  void answer_for_absent(const User& user, const PresencePacket& probe);

  void show(User& user, const xmpp::Jid& contact);
  void hide(User& user, const xmpp::Jid& contact, bool was_subscriber);
  void send(const std::string& stanza, const xmpp::Jid& from, const xmpp::Jid& to, PresenceType type) {
    shard_->router().route_presence({from, to, type, addressed(stanza, to)});
  }

  Shard* shard_ = nullptr;
};

bool Presence::from_client(Session& session, const xml::Element& element, PresenceType type,
                           const std::optional<xmpp::Jid>& to) {
  if (type >= PresenceType::subscribe && type <= PresenceType::unsubscribed) return false;
  if (!to && element.raw().size() > shard_->config().presence_bytes) {
    // Every contact gets it, and it is kept as long as the session.
    shard_->router().refuse(session, element, StanzaKind::presence,
                            StanzaError::of(StanzaCondition::policy_violation, "Too long a presence."));
  } else if (to) {
    directed(session, element, type, *to);
  } else if (type == PresenceType::available) {
    announce(session, element);
  } else if (type == PresenceType::unavailable) {
    leave(session, stamped(element, session.jid(), {}, shard_->domain()));
  }
  return true;
}

std::string Presence::appearance(Session& session, const xml::Element& element, const xmpp::Jid& to) const {
  auto stanza = stamped(element, session.jid(), to, shard_->domain());
  for (const auto& hook : shard_->hooks().appearance) hook(session, element, stanza);
  return stanza;
}

// RFC 6121 4.2 the first time, 4.4 afterwards.
void Presence::announce(Session& session, const xml::Element& element) {
  const auto priority = priority_of(element);
  if (!priority) {
    return shard_->router().refuse(session, element, StanzaKind::presence,
                                   StanzaError::of(StanzaCondition::bad_request, "A priority is -128 to 127."));
  }
  const bool is_initial = !session.is_available();
  session.set_presence(appearance(session, element, {}), *priority);
  reannounce(session);
  if (!is_initial) return;
  greet(session);
  if (session.is_visible()) probe_contacts(session);
  for (const auto& hook : shard_->hooks().available) hook(session);
}

// XEP-0186 3.1.1: an invisible client's presence is kept, and goes to nobody.
void Presence::reannounce(Session& session) {
  if (!session.is_visible()) return;
  // A copy: whoever is told may answer at once.
  const auto stanza = session.presence();
  broadcast(session, stanza, PresenceType::available);
  send_to_own(session.user(), stanza, session.jid());
}

// RFC 6121 4.5.2. Those who had directed presence hear of it too (4.6.3), also from a session that was never available.
void Presence::leave(Session& session, std::string stanza) {
  take_back_directed(session, stanza);
  if (!session.is_available()) return;
  if (session.is_visible()) {
    broadcast(session, stanza, PresenceType::unavailable);
    send_to_own(session.user(), stanza, session.jid());
  }
  session.set_presence({}, 0);
  for (const auto& hook : shard_->hooks().unavailable) hook(session);
}

// XEP-0186 3.1: all who would be told that it leaves; it is not told itself, for it stays.
void Presence::vanish(Session& session) {
  const auto stanza = plain_presence(session.jid(), {}, PresenceType::unavailable).stanza;
  take_back_directed(session, stanza);
  if (!session.is_visible()) return;
  broadcast(session, stanza, PresenceType::unavailable);
  send_to_own(session.user(), stanza, session.jid(), &session);
}

void Presence::take_back_directed(Session& session, const std::string& stanza) {
  if (!session.has_directed()) return;
  for (const auto& to : std::exchange(session.directed(), {})) {
    const bool is_told_anyway = session.is_visible() && session.user().is_seen_by(to.bare_text());
    if (!is_told_anyway && !is_blocked(session.user(), to)) send(stanza, session.jid(), to, PresenceType::unavailable);
  }
}

void Presence::ended(Session& session) {
  if (!session.is_available() && !session.has_directed()) return;
  leave(session, plain_presence(session.jid(), {}, PresenceType::unavailable).stanza);
}

void Presence::directed(Session& session, const xml::Element& element, PresenceType type, const xmpp::Jid& to) {
  if (to.is_domain()) return;
  if (type == PresenceType::available) {
    auto& receivers = session.directed();
    if (receivers.size() >= shard_->config().directed_presences && !receivers.contains(to)) {
      return shard_->router().refuse(session, element, StanzaKind::presence,
                                     StanzaError::of(StanzaCondition::resource_constraint, "Too many receivers."));
    }
    receivers.insert(to);
  } else if (type == PresenceType::unavailable && session.has_directed()) {
    session.directed().erase(to);
  }
  auto stanza = type == PresenceType::available ? appearance(session, element, to)
                                                : stamped(element, session.jid(), to, shard_->domain());
  shard_->router().route_presence({session.jid(), to, type, std::move(stanza)});
}

void Presence::broadcast(Session& session, const std::string& stanza, PresenceType type) {
  const User& user = session.user();
  for (const auto& [jid, item] : user.roster) {
    if (!user.is_seen_by(jid)) continue;
    const auto contact = xmpp::Jid::parse(jid);
    if (contact && !is_blocked(user, *contact)) send(stanza, session.jid(), *contact, type);
  }
}

// RFC 6121 4.2.2: to all of the user's available resources, the one that it is about included.
void Presence::send_to_own(User& user, const std::string& stanza, const xmpp::Jid& from, const Session* except) {
  for (const auto& other : user.sessions) {
    if (!other->is_available() || other.get() == except) continue;
    const auto copy = addressed(stanza, other->jid());
    shard_->send(*other, Outbound{copy, StanzaKind::presence, 0, true, &from});
  }
}

// RFC 6121 4.3: a newly available resource learns who else is there, its own sisters first.
void Presence::greet(Session& session) {
  for (const auto& other : session.user().sessions) {
    if (other.get() == &session || !other->is_visible()) continue;
    const auto copy = addressed(other->presence(), session.jid());
    shard_->send(session, Outbound{copy, StanzaKind::presence, 0, true, &other->jid()});
  }
}

void Presence::probe_contacts(Session& session) {
  const User& user = session.user();
  for (const auto& [jid, item] : user.roster) {
    if (!user.sees(jid)) continue;
    const auto contact = xmpp::Jid::parse(jid);
    if (!contact || is_blocked(user, *contact)) continue;
    shard_->router().route_presence(plain_presence(session.jid(), *contact, PresenceType::probe));
  }
}

bool Presence::is_blocked(const User& user, const xmpp::Jid& other) const {
  for (const auto& blocks : shard_->hooks().blocks) {
    if (blocks(user, other)) return true;
  }
  return false;
}

bool Presence::arrived(User& user, PresencePacket& packet) {
  switch (packet.type) {
    case PresenceType::available:
    case PresenceType::unavailable:
    case PresenceType::error:
      deliver(user, packet);
      return true;
    case PresenceType::probe:
      answer_probe(user, packet);
      return true;
    default:
      return false;
  }
}

// RFC 6121 8.5.2.1.2 and 8.5.3.1: to all available resources, or to the one that is named.
void Presence::deliver(User& user, const PresencePacket& packet) {
  const Outbound outbound{packet.stanza, StanzaKind::presence, 0, packet.type != PresenceType::error, &packet.from};
  if (packet.to.is_full()) {
    if (Session* session = user.session(packet.to.resource())) shard_->send(*session, outbound);
    return;
  }
  if (packet.type == PresenceType::error) return;
  for (const auto& session : user.sessions) {
    if (session->is_available()) shard_->send(*session, outbound);
  }
}

// RFC 6121 4.3.2.
void Presence::answer_probe(User& user, const PresencePacket& probe) {
  const bool is_own = probe.from.bare_text() == user.jid.text();
  if (!is_own && !user.is_seen_by(probe.from.bare_text())) {
    // The asker believes to be subscribed, after a crash between the two rosters perhaps: this puts it right. One who
    // is no contact at all learns nothing: its own server drops the answer.
    return shard_->router().route_presence(plain_presence(user.jid, probe.from.bare(), PresenceType::unsubscribed));
  }
  bool is_answered = false;
  for (const auto& session : user.sessions) {
    const bool is_asked = probe.to.is_bare() || session->jid() == probe.to;
    if (!is_asked || !session->is_visible()) continue;
    is_answered = true;
    send(session->presence(), session->jid(), probe.from, PresenceType::available);
  }
  if (!is_answered) answer_for_absent(user, probe);
}

void Presence::answer_for_absent(const User& user, const PresencePacket& probe) {
  auto answer = plain_presence(probe.to, probe.from, PresenceType::unavailable);
  if (user.last_seen && probe.to.is_bare()) {
    const auto delay = xmpp::to_xml(xmpp::Delay{*user.last_seen, user.jid.text(), {}});
    answer.stanza.replace(answer.stanza.size() - 2, 2, ">" + delay + "</presence>");
  }
  shard_->router().route_presence(std::move(answer));
}

void Presence::show(User& user, const xmpp::Jid& contact) {
  for (const auto& session : user.sessions) {
    if (session->is_visible()) send(session->presence(), session->jid(), contact, PresenceType::available);
  }
}

void Presence::hide(User& user, const xmpp::Jid& contact, bool was_subscriber) {
  for (const auto& session : user.sessions) {
    bool is_told = was_subscriber && session->is_visible();
    if (session->has_directed()) {
      is_told = std::erase_if(session->directed(),
                              [&](const xmpp::Jid& to) {
                                return to == contact || (contact.is_bare() && to.bare_text() == contact.text());
                              }) > 0 ||
                is_told;
    }
    if (is_told) shard_->router().route_presence(plain_presence(session->jid(), contact, PresenceType::unavailable));
  }
}

}  // namespace
}  // namespace queqiao::server

QUEQIAO_MODULE(presence, Presence)
