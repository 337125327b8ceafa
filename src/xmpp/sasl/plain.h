#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "xmpp/sasl/mechanism.h"

namespace queqiao::xmpp::sasl {

// What a client claims by PLAIN (RFC 4616); whether the password is right is for the caller to find out.
struct PlainLogin {
  std::string user;      // localpart in normal form
  std::string password;  // in normal form
};

// `message` is decoded from base64. `domain` is the server's.
std::variant<PlainLogin, Failure> parse_plain(std::string_view message, std::string_view domain);

// Neither may have a NUL in it, which normal forms have not. Without authzid: one logs in as oneself.
std::string build_plain(std::string_view user, std::string_view password);

}  // namespace queqiao::xmpp::sasl
