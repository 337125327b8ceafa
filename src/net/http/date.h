#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/event_loop.h"

namespace queqiao::net::http {

// RFC 9110 5.6.7, IMF-fixdate: "Sun, 06 Nov 1994 08:49:37 GMT". Parsing takes this form alone: what we send out is in
// it.
std::string format_date(WallTime time);
std::optional<WallTime> parse_date(std::string_view text);

}  // namespace queqiao::net::http
