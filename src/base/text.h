#pragma once

#include <charconv>
#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace queqiao {

// ASCII only, whatever the locale: for keywords of protocols and files, never for what people write.
constexpr char ascii_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}
std::string ascii_lower(std::string_view text);
bool equal_ignoring_case(std::string_view a, std::string_view b);

std::string_view trim(std::string_view text);  // without space, tab, CR and LF at both ends
// The parts between separators, empty ones included: "a,,b" has three, "" has one.
std::vector<std::string_view> split(std::string_view text, char separator);

// The whole of `text` as a decimal number; nothing when it is not one or does not fit. No white space, no '+'.
template <std::integral Number>
std::optional<Number> parse_number(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// How many bytes the first character takes; 0 when `text` is empty or does not begin with a character of UTF-8
// (RFC 3629: no surrogates, nothing overlong, nothing above U+10FFFF).
std::size_t utf8_front_size(std::string_view text);
bool is_utf8(std::string_view text);

}  // namespace queqiao
