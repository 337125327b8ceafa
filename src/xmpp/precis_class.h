#pragma once

#include <string_view>

// The string classes of PRECIS (RFC 8264) and the Bidi Rule (RFC 5893), derived from ICU's Unicode properties. Texts
// are code points of valid UTF-8.
namespace queqiao::xmpp::precis {

enum class StringClass {
  identifier,  // RFC 8264 4.2: letters, digits, printable ASCII
  freeform     // RFC 8264 4.3: the same and symbols, punctuation, spaces, compatibility characters
};

// Whether all code points, and the neighbours of those with a contextual rule, are in the class. True for "".
bool is_in_class(std::u32string_view text, StringClass string_class);

// RFC 5893 2, which binds a text only when a character in it runs from right to left.
bool satisfies_bidi_rule(std::u32string_view text);

}  // namespace queqiao::xmpp::precis
