// RFC 6121 3: asking to see somebody's presence, granting it, and taking it back. What each stanza does in each state
// is in states.cpp; here it is carried out on both sides: first durable, then told to others.
#include <algorithm>
#include <utility>

#include "base/log.h"
#include "server/modules/subscriptions/states.h"
#include "server/shard.h"

namespace queqiao::server {
namespace {

using storage::RosterItem;
using subscriptions::State;
using xmpp::PresenceType;
using xmpp::StanzaCondition;
using xmpp::StanzaError;
using xmpp::StanzaKind;

bool is_subscription(PresenceType type) {
  return type >= PresenceType::subscribe && type <= PresenceType::unsubscribed;
}

bool has_from(const RosterItem* item) {
  return item && (static_cast<unsigned>(item->subscription) & static_cast<unsigned>(storage::Subscription::from));
}

// What a client asked for, on its way to be done.
struct Order {
  PresencePacket packet;
  std::uint64_t session;
  std::uint32_t number;  // held for XEP-0198 until it is done; 0 when nobody counts
  xmpp::Jid full;
  std::string too_many, failure;  // what the client hears when it cannot be done
};

// How one user stands with one contact, and what a stanza changes about it.
struct Standing {
  Standing(const User& user, const xmpp::Jid& contact) {
    const auto jid = contact.bare_text();
    if (const auto* known = user.contact(jid)) {
      item = *known;
      is_known = true;
    }
    item.jid = jid;
    is_asked = std::any_of(user.requests.begin(), user.requests.end(), [&](const auto& r) { return r.from == jid; });
    state = subscriptions::state_of(is_known ? &item : nullptr, is_asked);
  }

  RosterChange move_to(State next) {
    const auto before = item;
    item.subscription = subscriptions::subscription_of(next);
    item.is_pending_out = subscriptions::is_pending_out(next);
    RosterChange change;
    if (item.subscription != before.subscription || item.is_pending_out != before.is_pending_out) change.put = item;
    if (is_asked && !subscriptions::is_pending_in(next)) change.answered = item.jid;
    return change;
  }

  RosterItem item;
  bool is_known = false;
  bool is_asked = false;
  State state = State::none;
};

class Subscriptions final : public Module {
 public:
  void attach(Shard& shard) override {
    shard_ = &shard;
    shard.add_stream_feature("<sub xmlns='urn:xmpp:features:pre-approval'/>");
    auto& hooks = shard.hooks();
    hooks.presence.push_back([this](Session& session, const xml::Element& element, PresenceType type, const auto& to) {
      return is_subscription(type) && from_client(session, element, type, to);
    });
    hooks.packet.push_back([this](User& user, PresencePacket& packet) { return arrived(user, packet); });
    hooks.available.push_back([this](Session& session) { remind(session); });
    hooks.contact_removed.push_back([this](User& user, const RosterItem& was) { cancel_both(user, was); });
    hooks.user_deleted.push_back([this](User& user) { cancel_all(user); });
  }

 private:
  bool from_client(Session& session, const xml::Element& element, PresenceType type,
                   const std::optional<xmpp::Jid>& to);
  std::optional<StanzaError> fault_of(const Session& session, const std::optional<xmpp::Jid>& to) const;
  void carry_out(Order order, User& user, Rosters::Turn turn);
  void carried_out(const Order& order, User& user, bool is_routed, bool was_seen);
  void done_with(const Order& order, std::string_view error = {});

  bool arrived(User& user, PresencePacket& packet);
  void take(PresencePacket packet, User& user, Rosters::Turn turn);
  void take_request(PresencePacket packet, User& user, Standing standing, Rosters::Turn turn);
  void grant_in_advance(const PresencePacket& packet, User& user, Standing standing, Rosters::Turn turn);
  void taken(const PresencePacket& packet, User& user, bool was_seen);
  void probe_later(const User& user, const xmpp::Jid& contact);
  void remind(Session& session);
  void cancel_both(User& user, const RosterItem& was);
  void cancel_all(User& user);
  bool is_blocked(const User& user, const xmpp::Jid& other) const;

  void route(const xmpp::Jid& from, const xmpp::Jid& to, PresenceType type) {
    shard_->router().route_presence(plain_presence(from, to, type));
  }
  void hide(User& user, const xmpp::Jid& contact) {
    for (const auto& hook : shard_->hooks().hidden) hook(user, contact, true);
  }

  Shard* shard_ = nullptr;
};

std::optional<StanzaError> Subscriptions::fault_of(const Session& session, const std::optional<xmpp::Jid>& to) const {
  if (!to) return StanzaError::of(StanzaCondition::bad_request, "A subscription needs somebody to go to.");
  if (to->is_domain()) return StanzaError::of(StanzaCondition::service_unavailable);
  // One's own presence comes without being asked for (RFC 6121 4.2.2).
  if (to->bare_text() == session.user().jid.text()) return StanzaError::of(StanzaCondition::not_allowed);
  return std::nullopt;
}

bool Subscriptions::from_client(Session& session, const xml::Element& element, PresenceType type,
                                const std::optional<xmpp::Jid>& to) {
  auto& router = shard_->router();
  if (const auto fault = fault_of(session, to)) {
    router.refuse(session, element, StanzaKind::presence, *fault);
    return true;
  }
  // RFC 6121 3.1.2: both addresses become bare.
  const auto& own = session.user().jid;
  const auto contact = to->bare();
  auto stanza = stamped(element, own, contact, shard_->domain());
  if (stanza.size() > shard_->config().request_bytes) {
    router.refuse(session, element, StanzaKind::presence,
                  StanzaError::of(StanzaCondition::policy_violation, "Too long."));
    return true;
  }
  const auto error = [&](StanzaCondition condition, std::string_view text) {
    return xmpp::error_reply(element, contact.text(), session.jid().text(), StanzaError::of(condition, text));
  };
  Order order{{own, contact, type, std::move(stanza)},
              session.id(),
              session.resumption() ? session.resumption()->inbound.received() : 0,
              session.jid(),
              error(StanzaCondition::resource_constraint, "Too many contacts."),
              error(StanzaCondition::internal_server_error, "The server cannot store this at the moment.")};
  if (order.number) session.resumption()->inbound.hold(order.number);
  const bool is_queued = shard_->rosters().in_turn(
      session.user().name, [this, order](User& user, Rosters::Turn turn) { carry_out(order, user, std::move(turn)); });
  if (!is_queued) done_with(order, order.failure);
  return true;
}

void Subscriptions::carry_out(Order order, User& user, Rosters::Turn turn) {
  const auto type = order.packet.type;
  Standing standing(user, order.packet.to);
  const auto [is_routed, next] = subscriptions::outbound(type, standing.state);
  const bool was_approved = standing.item.is_preapproved;
  if (type == PresenceType::subscribed && !is_routed && !has_from(&standing.item))
    standing.item.is_preapproved = true;  // 3.4.2
  if (type == PresenceType::unsubscribed || (type == PresenceType::subscribed && is_routed)) {
    standing.item.is_preapproved = false;
  }
  auto change = standing.move_to(next);
  if (standing.item.is_preapproved != was_approved) change.put = standing.item;
  if (change.put && !standing.is_known && !shard_->rosters().has_room(user)) return done_with(order, order.too_many);
  const bool was_seen = user.is_seen_by(order.packet.to.text());
  if (!change.put && !change.answered) return carried_out(order, user, is_routed, was_seen);
  shard_->rosters().change(
      std::move(turn), user, std::move(change),
      [this, order = std::move(order), is_routed = is_routed, was_seen](Result<void> outcome, User& owner) {
        if (!outcome) return done_with(order, order.failure);
        carried_out(order, owner, is_routed, was_seen);
      });
}

void Subscriptions::carried_out(const Order& order, User& user, bool is_routed, bool was_seen) {
  const auto contact = order.packet.to;
  const bool is_hidden = was_seen && !user.is_seen_by(contact.text());
  if (is_hidden) hide(user, contact);
  done_with(order);
  if (is_routed) shard_->router().route_presence(order.packet);
}

void Subscriptions::done_with(const Order& order, std::string_view error) {
  if (!error.empty()) shard_->router().route_to_session(order.full, std::string(error), StanzaKind::presence);
  if (order.number) shard_->release(order.session, order.number);
}

bool Subscriptions::arrived(User& user, PresencePacket& packet) {
  if (!is_subscription(packet.type)) return false;
  if (packet.from.bare_text() == user.jid.text()) return true;
  packet.from = packet.from.bare();
  packet.to = user.jid;
  shard_->rosters().in_turn(user.name, [this, packet = std::move(packet)](User& owner, Rosters::Turn turn) mutable {
    take(std::move(packet), owner, std::move(turn));
  });
  return true;
}

void Subscriptions::take(PresencePacket packet, User& user, Rosters::Turn turn) {
  Standing standing(user, packet.from);
  if (packet.type == PresenceType::subscribe) {
    return take_request(std::move(packet), user, std::move(standing), std::move(turn));
  }
  const auto [is_delivered, next] = subscriptions::inbound(packet.type, standing.state);
  if (!is_delivered) return;
  const bool was_seen = has_from(&standing.item);
  auto change = standing.move_to(next);
  shard_->rosters().change(std::move(turn), user, std::move(change),
                           [this, packet = std::move(packet), was_seen](Result<void> outcome, User& owner) {
                             if (outcome) taken(packet, owner, was_seen);
                           });
}

// RFC 6121 3.1.3.
void Subscriptions::take_request(PresencePacket packet, User& user, Standing standing, Rosters::Turn turn) {
  if (has_from(&standing.item)) return route(user.jid, packet.from, PresenceType::subscribed);
  if (standing.item.is_preapproved) return grant_in_advance(packet, user, std::move(standing), std::move(turn));
  if (!subscriptions::inbound(packet.type, standing.state).passes) return;
  if (user.requests.size() >= shard_->config().pending_requests) {
    return log::debug("{} has too many unanswered subscription requests for one of {}", user.name, packet.from.text());
  }
  RosterChange change;
  change.requested = storage::SubscriptionRequest{packet.from.text(), packet.stanza};
  shard_->rosters().change(std::move(turn), user, std::move(change),
                           [this, packet = std::move(packet)](Result<void> outcome, User& owner) {
                             if (!outcome) return;  // the asker's server asks again at its next log-in
                             for (const auto& session : owner.sessions) {
                               if (!session->is_available()) continue;
                               shard_->send(*session, packet.stanza, StanzaKind::presence);
                             }
                           });
}

// RFC 6121 3.4: the user has agreed before being asked; that is good for one request.
void Subscriptions::grant_in_advance(const PresencePacket& packet, User& user, Standing standing, Rosters::Turn turn) {
  standing.item.is_preapproved = false;
  standing.item.subscription = standing.item.subscription == storage::Subscription::to ? storage::Subscription::both
                                                                                       : storage::Subscription::from;
  RosterChange change;
  change.put = standing.item;
  shard_->rosters().change(std::move(turn), user, std::move(change),
                           [this, contact = packet.from](Result<void> outcome, User& owner) {
                             if (outcome) route(owner.jid, contact, PresenceType::subscribed);
                           });
}

// 3.1.6, 3.2.3, 3.3.3: first the stanza, to the resources that know the roster; the push follows by itself.
void Subscriptions::taken(const PresencePacket& packet, User& user, bool was_seen) {
  for (const auto& session : user.sessions) {
    if (session->is_interested) shard_->send(*session, packet.stanza, StanzaKind::presence);
  }
  if (was_seen && !user.is_seen_by(packet.from.text())) hide(user, packet.from);
  if (packet.type == PresenceType::subscribed) probe_later(user, packet.from);
}

// 3.1.6 wants the contact's presence after the push. It is asked for from here, because what the contact's side sent by
// itself would overtake the 'subscribed', which waits for the disk.
void Subscriptions::probe_later(const User& user, const xmpp::Jid& contact) {
  shard_->loop().post([this, name = user.name, contact] {
    User* there = shard_->users().find(name);
    if (!there) return;
    for (const auto& session : there->sessions) {
      if (session->is_visible()) route(session->jid(), contact, PresenceType::probe);
    }
    for (const auto& hook : shard_->hooks().sees) hook(*there, contact);
  });
}

// 3.1.3: requests come again at each log-in until they are answered. Our own go out again too: should the contact's
// side have lost one to a crash, or the answer been lost on its way back, that mends it.
void Subscriptions::remind(Session& session) {
  const User& user = session.user();
  for (const auto& request : user.requests) {
    const auto from = xmpp::Jid::parse(request.from);
    if (!from || user.is_seen_by(request.from) || is_blocked(user, *from)) continue;
    shard_->send(session, request.stanza, StanzaKind::presence);
  }
  for (const auto& [jid, item] : user.roster) {
    if (item.is_removed || !item.is_pending_out) continue;
    const auto contact = xmpp::Jid::parse(jid);
    if (contact) route(user.jid, *contact, PresenceType::subscribe);
  }
}

// 2.5.3: who removes a contact neither sees it nor is seen by it any more.
void Subscriptions::cancel_both(User& user, const RosterItem& was) {
  const auto contact = xmpp::Jid::parse(was.jid);
  if (!contact) return;
  const bool sees = static_cast<unsigned>(was.subscription) & static_cast<unsigned>(storage::Subscription::to);
  if (has_from(&was)) {
    hide(user, *contact);
    route(user.jid, *contact, PresenceType::unsubscribed);
  }
  if (sees || was.is_pending_out) route(user.jid, *contact, PresenceType::unsubscribe);
}

void Subscriptions::cancel_all(User& user) {
  for (const auto& [jid, item] : user.roster) {
    if (!item.is_removed) cancel_both(user, item);
  }
  for (const auto& request : user.requests) {
    if (const auto from = xmpp::Jid::parse(request.from)) route(user.jid, *from, PresenceType::unsubscribed);
  }
}

bool Subscriptions::is_blocked(const User& user, const xmpp::Jid& other) const {
  for (const auto& blocks : shard_->hooks().blocks) {
    if (blocks(user, other)) return true;
  }
  return false;
}

}  // namespace
}  // namespace queqiao::server

QUEQIAO_MODULE(subscriptions, Subscriptions)
