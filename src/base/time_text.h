#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/event_loop.h"

namespace queqiao {

// XEP-0082 DateTime in UTC: "1969-07-21T02:56:15Z", with 3 or 6 digits of fraction when the time has one. The year must
// be within 0000 to 9999.
std::string format_date_time(WallTime time);

// Any zone offset and any number of fraction digits, of which six are kept. Nothing on text that is not a DateTime or
// names no moment (30 February, 25 o'clock). A leap second is taken for the second after it.
std::optional<WallTime> parse_date_time(std::string_view text);

}  // namespace queqiao
