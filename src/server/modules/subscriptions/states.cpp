#include "server/modules/subscriptions/states.h"

#include <array>

namespace queqiao::server::subscriptions {
namespace {

using enum State;
using storage::Subscription;

// Both tables are in the order of the RFC's: one block a stanza (subscribe, unsubscribe, subscribed, unsubscribed), one
// line a state. To be read beside Appendix A.
constexpr Transition yes(State next) {
  return {true, next};
}
constexpr Transition no(State next) {
  return {false, next};
}

constexpr std::array<Transition, state_count> outbound_subscribe{{
    /* none        */ yes(none_out),
    /* none_out    */ yes(none_out),
    /* none_in     */ yes(none_out_in),
    /* none_out_in */ yes(none_out_in),
    /* to          */ yes(to),
    /* to_in       */ yes(to_in),
    /* from        */ yes(from_out),
    /* from_out    */ yes(from_out),
    /* both        */ yes(both),
}};
constexpr std::array<Transition, state_count> outbound_unsubscribe{{
    /* none        */ yes(none),
    /* none_out    */ yes(none),
    /* none_in     */ yes(none_in),
    /* none_out_in */ yes(none_in),
    /* to          */ yes(none),
    /* to_in       */ yes(none_in),
    /* from        */ yes(from),
    /* from_out    */ yes(from),
    /* both        */ yes(from),
}};
constexpr std::array<Transition, state_count> outbound_subscribed{{
    /* none        */ no(none),
    /* none_out    */ no(none_out),
    /* none_in     */ yes(from),
    /* none_out_in */ yes(from_out),
    /* to          */ no(to),
    /* to_in       */ yes(both),
    /* from        */ no(from),
    /* from_out    */ no(from_out),
    /* both        */ no(both),
}};
constexpr std::array<Transition, state_count> outbound_unsubscribed{{
    /* none        */ no(none),
    /* none_out    */ no(none_out),
    /* none_in     */ yes(none),
    /* none_out_in */ yes(none_out),
    /* to          */ no(to),
    /* to_in       */ yes(to),
    /* from        */ yes(none),
    /* from_out    */ yes(none_out),
    /* both        */ yes(to),
}};

constexpr std::array<Transition, state_count> inbound_subscribe{{
    /* none        */ yes(none_in),
    /* none_out    */ yes(none_out_in),
    /* none_in     */ no(none_in),
    /* none_out_in */ no(none_out_in),
    /* to          */ yes(to_in),
    /* to_in       */ no(to_in),
    /* from        */ no(from),
    /* from_out    */ no(from_out),
    /* both        */ no(both),
}};
constexpr std::array<Transition, state_count> inbound_unsubscribe{{
    /* none        */ no(none),
    /* none_out    */ no(none_out),
    /* none_in     */ yes(none),
    /* none_out_in */ yes(none_out),
    /* to          */ no(to),
    /* to_in       */ yes(to),
    /* from        */ yes(none),
    /* from_out    */ yes(none_out),
    /* both        */ yes(to),
}};
constexpr std::array<Transition, state_count> inbound_subscribed{{
    /* none        */ no(none),
    /* none_out    */ yes(to),
    /* none_in     */ no(none_in),
    /* none_out_in */ yes(to_in),
    /* to          */ no(to),
    /* to_in       */ no(to_in),
    /* from        */ no(from),
    /* from_out    */ yes(both),
    /* both        */ no(both),
}};
constexpr std::array<Transition, state_count> inbound_unsubscribed{{
    /* none        */ no(none),
    /* none_out    */ yes(none),
    /* none_in     */ no(none_in),
    /* none_out_in */ yes(none_in),
    /* to          */ yes(none),
    /* to_in       */ yes(none_in),
    /* from        */ no(from),
    /* from_out    */ yes(from),
    /* both        */ yes(from),
}};

const auto& row(xmpp::PresenceType type, const auto& subscribe, const auto& subscribed, const auto& unsubscribe,
                const auto& unsubscribed) {
  switch (type) {
    case xmpp::PresenceType::subscribe:
      return subscribe;
    case xmpp::PresenceType::subscribed:
      return subscribed;
    case xmpp::PresenceType::unsubscribe:
      return unsubscribe;
    default:
      return unsubscribed;
  }
}

}  // namespace

Transition outbound(xmpp::PresenceType type, State state) {
  return row(type, outbound_subscribe, outbound_subscribed, outbound_unsubscribe,
             outbound_unsubscribed)[static_cast<std::size_t>(state)];
}

Transition inbound(xmpp::PresenceType type, State state) {
  return row(type, inbound_subscribe, inbound_subscribed, inbound_unsubscribe,
             inbound_unsubscribed)[static_cast<std::size_t>(state)];
}

State state_of(const storage::RosterItem* item, bool is_asked) {
  switch (item ? item->subscription : Subscription::none) {
    case Subscription::both:
      return both;
    case Subscription::to:
      return is_asked ? to_in : to;
    case Subscription::from:
      return item->is_pending_out ? from_out : from;
    case Subscription::none:
      break;
  }
  if (item && item->is_pending_out) return is_asked ? none_out_in : none_out;
  return is_asked ? none_in : none;
}

Subscription subscription_of(State state) {
  switch (state) {
    case to:
    case to_in:
      return Subscription::to;
    case from:
    case from_out:
      return Subscription::from;
    case both:
      return Subscription::both;
    default:
      return Subscription::none;
  }
}

bool is_pending_out(State state) {
  return state == none_out || state == none_out_in || state == from_out;
}
bool is_pending_in(State state) {
  return state == none_in || state == none_out_in || state == to_in;
}

}  // namespace queqiao::server::subscriptions
