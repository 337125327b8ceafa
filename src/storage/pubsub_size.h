#pragma once

#include <cstdint>
#include <string_view>

#include "storage/store.h"

namespace queqiao::storage {

// What an item takes of PubsubLimits::user_bytes, in every store: many small ones take room as well, by their names and
// by what a row costs.
inline std::uint64_t counted_bytes(std::string_view node, const PubsubItem& item) {
  constexpr std::uint64_t row = 100;
  return item.payload.size() + item.id.size() + node.size() + row;
}

}  // namespace queqiao::storage
