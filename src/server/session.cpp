#include "server/session.h"

#include <utility>

namespace queqiao::server {

void Session::set_presence(std::string stanza, std::int8_t priority) {
  presence_ = std::move(stanza);
  priority_ = priority;
}

}  // namespace queqiao::server
