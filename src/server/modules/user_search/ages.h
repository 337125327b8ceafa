#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/event_loop.h"

// Ages and birthdays of the module `user_search`; nobody else includes this. Days count in UTC.
namespace queqiao::server::user_search {

// Years that somebody who was born on `birthday` ("1990-12-31") has lived at `now`; nothing when it is no day of the
// past.
std::optional<std::uint32_t> age_of(std::string_view birthday, WallTime now);

// The last birthday of those who are `age` or older at `now`, and the first of those who are `age` or younger.
std::string last_birthday_at(std::uint32_t age, WallTime now);
std::string first_birthday_at(std::uint32_t age, WallTime now);

}  // namespace queqiao::server::user_search
