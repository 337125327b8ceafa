#pragma once

#include "storage/store.h"
#include "xmpp/stanza.h"

namespace queqiao::server::subscriptions {

// RFC 6121 Appendix A.1: how a user and a contact stand, as the user's server sees it.
enum class State : unsigned char { none, none_out, none_in, none_out_in, to, to_in, from, from_out, both };
inline constexpr unsigned state_count = 9;

struct Transition {
  bool passes;  // outbound: routed to the contact; inbound: delivered to the user
  State next;
};

// RFC 6121 A.2: the user sends `type` (subscribe to unsubscribed) to the contact.
Transition outbound(xmpp::PresenceType type, State state);
// RFC 6121 A.3: the contact has sent `type` to the user.
Transition inbound(xmpp::PresenceType type, State state);

State state_of(const storage::RosterItem* item, bool is_pending_in);
storage::Subscription subscription_of(State state);
bool is_pending_out(State state);
bool is_pending_in(State state);

}  // namespace queqiao::server::subscriptions
