#pragma once

#include <string>
#include <string_view>

// Where the elements of a user's private storage (XEP-0049) are (storage::Store::put_data), and which there are.
namespace queqiao::server::private_data {

inline constexpr std::string_view kind = "private";
inline constexpr std::string_view keys_key = "private-keys";  // of login_data: the keys, one a line

inline std::string key_of(std::string_view name, std::string_view ns) {
  return std::string(name).append(1, ' ').append(ns);
}

}  // namespace queqiao::server::private_data
