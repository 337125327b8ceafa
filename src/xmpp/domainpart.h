#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace queqiao::xmpp {

// The normal form of a domain name by UTS 46 (Unicode labels, lower case, no trailing dot), or of an IP literal:
// "192.0.2.1", "[2001:db8::1]". RFC 7622 3.2. Nothing when it is neither. jid.h has normalize_domain(), which is faster
// for the usual names and checks the length.
std::optional<std::string> map_domain(std::string_view text);

}  // namespace queqiao::xmpp
