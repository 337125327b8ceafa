#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace queqiao::storage {

// Numbers stay below this, so that a bigint holds them.
inline constexpr std::uint64_t account_number_limit = 1'000'000'000'000'000'000;

// The number that `user` is the plain decimal text of. "0012" is a name like any other: nobody is ever offered it.
std::optional<std::uint64_t> account_number(std::string_view user);

}  // namespace queqiao::storage
