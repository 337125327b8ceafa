#pragma once

#include <optional>
#include <string>
#include <string_view>

// The two PRECIS profiles that XMPP uses, for texts of any length (RFC 8264 7: prepared, enforced, stable). Nothing
// when the text is not UTF-8, is empty, or has a character that the profile forbids.
namespace queqiao::xmpp::precis {

std::optional<std::string> username_case_mapped(std::string_view text);  // RFC 8265 3.3
std::optional<std::string> opaque_string(std::string_view text);         // RFC 8265 4.2

}  // namespace queqiao::xmpp::precis
