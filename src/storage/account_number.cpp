#include "storage/account_number.h"

#include "base/text.h"

namespace queqiao::storage {

std::optional<std::uint64_t> account_number(std::string_view user) {
  if (user.starts_with('0') && user.size() > 1) return std::nullopt;
  const auto number = parse_number<std::uint64_t>(user);
  if (!number || *number >= account_number_limit) return std::nullopt;
  return number;
}

}  // namespace queqiao::storage
