#include "server/session.h"

#include <algorithm>
#include <utility>

#include "server/user.h"

namespace queqiao::server {

void Session::set_presence(std::string stanza, std::int8_t priority) {
  presence_ = std::move(stanza);
  priority_ = priority;
}

bool Session::is_there_for(const xmpp::Jid& other) const {
  const auto bare = other.bare_text();
  if (!is_invisible || user_.jid.text() == bare) return true;
  return has_directed() && std::any_of(directed_->begin(), directed_->end(),
                                       [&](const xmpp::Jid& receiver) { return receiver.bare_text() == bare; });
}

}  // namespace queqiao::server
