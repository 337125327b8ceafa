#pragma once

#include <string>
#include <string_view>

namespace queqiao::storage {

// The value of an attribute ("from", "to") of a stanza's first tag, with references resolved; empty when it has none.
// `stanza` is what our own writer made, so it is well-formed.
std::string stanza_attribute(std::string_view stanza, std::string_view name);

}  // namespace queqiao::storage
