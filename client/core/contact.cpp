#include "client/core/contact.h"

namespace queqiao::client {

QString Contact::display_name() const {
  if (!remark.isEmpty()) return remark;
  if (!nickname.isEmpty()) return nickname;
  const auto at = jid.indexOf('@');
  return at > 0 ? jid.left(at) : jid;
}

}  // namespace queqiao::client
