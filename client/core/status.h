#pragma once

#include <QtGlobal>

namespace queqiao::client {

// What people show of themselves (RFC 6121 4.7.2.1). `invisible` (XEP-0186) is a choice of one's own; other people's
// invisibility looks like `offline`, as it should.
enum class Status : quint8 { offline, online, away, busy, invisible };

}  // namespace queqiao::client
