#include "xmpp/sasl/identity.h"

#include <utility>

#include "xmpp/jid.h"

namespace queqiao::xmpp::sasl {

std::variant<std::string, Failure> identify(std::string_view authcid, std::string_view authzid,
                                            std::string_view domain) {
  auto user = normalize_local(authcid);
  if (!user) return Failure::not_authorized;  // no account can have this name
  if (authzid.empty()) return *std::move(user);
  const auto acting_as = Jid::parse(authzid);
  const bool is_own = acting_as && acting_as->is_bare() && acting_as->local() == *user && acting_as->domain() == domain;
  if (!is_own) return Failure::invalid_authzid;
  return *std::move(user);
}

}  // namespace queqiao::xmpp::sasl
