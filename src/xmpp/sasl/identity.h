#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "xmpp/sasl/mechanism.h"

namespace queqiao::xmpp::sasl {

// Whose account a login is for: the localpart, in normal form. `authcid` is the simple user name that the password
// belongs to. `authzid`, if not empty, must be that user's own bare JID at `domain` (a normal domainpart): nobody logs
// in as one user to act as another (RFC 6120 6.3.8).
std::variant<std::string, Failure> identify(std::string_view authcid, std::string_view authzid,
                                            std::string_view domain);

}  // namespace queqiao::xmpp::sasl
