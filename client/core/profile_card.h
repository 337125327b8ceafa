#pragma once

#include "client/core/profiles.h"
#include "xmpp/xep/vcard.h"

namespace queqiao::client {

// A profile as a card on the wire, and back. What people do not fill in here stays as it was in `card`.
Profile to_profile(const xmpp::VCard& card);
void put_into(xmpp::VCard& card, const Profile& profile);

}  // namespace queqiao::client
