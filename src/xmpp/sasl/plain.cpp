#include "xmpp/sasl/plain.h"

#include <utility>

#include "base/text.h"
#include "xmpp/jid.h"
#include "xmpp/sasl/identity.h"

namespace queqiao::xmpp::sasl {

// RFC 4616 2: [authzid] NUL authcid NUL passwd.
std::variant<PlainLogin, Failure> parse_plain(std::string_view message, std::string_view domain) {
  const auto parts = split(message, '\0');
  if (parts.size() != 3 || parts[1].empty() || parts[2].empty() || !is_utf8(message)) {
    return Failure::malformed_request;
  }
  auto user = identify(parts[1], parts[0], domain);
  if (const auto* failure = std::get_if<Failure>(&user)) return *failure;
  auto password = normalize_password(parts[2]);
  if (!password) return Failure::not_authorized;  // no account can have it
  return PlainLogin{std::get<std::string>(std::move(user)), *std::move(password)};
}

std::string build_plain(std::string_view user, std::string_view password) {
  std::string message(1, '\0');
  return message.append(user).append(1, '\0').append(password);
}

}  // namespace queqiao::xmpp::sasl
