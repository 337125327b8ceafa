#pragma once

#include <QDateTime>
#include <QString>
#include <optional>
#include <string>

#include "client/core/status.h"
#include "xmpp/xep/disco.h"

namespace queqiao::client {

// What we show of ourselves.
struct OwnPresence {
  Status status = Status::online;  // online, away or busy
  QString signature;
  std::optional<QDateTime> idle_since;  // the user is away from the keyboard (XEP-0319)
  xmpp::DiscoInfo info;                 // announced by its hash (XEP-0115)
  // XEP-0153: nothing while our own avatar is not known, empty when there is none, else its SHA-1 in hexadecimal.
  std::optional<std::string> avatar;

  std::string to_xml() const;  // <presence/>
};

// The node of XEP-0115: names this program, whatever its version.
inline constexpr std::string_view capabilities_node = "urn:queqiao:client";

}  // namespace queqiao::client
