#include "xml/declaration.h"

#include <algorithm>
#include <optional>

#include "xml/characters.h"

namespace queqiao::xml {
namespace {

bool is_digit(char byte) {
  return byte >= '0' && byte <= '9';
}

bool is_version(std::string_view text) {
  return text.size() > 2 && text.substr(0, 2) == "1." && std::all_of(text.begin() + 2, text.end(), is_digit);
}

bool is_encoding_name(std::string_view text) {
  return !text.empty() && is(name_start_byte, text.front()) && text.front() != '_' &&
         std::all_of(text.begin(), text.end(), [](char byte) { return is(name_byte, byte); });
}

bool is_utf8(std::string_view name) {
  constexpr std::string_view wanted = "utf-8";
  return std::equal(name.begin(), name.end(), wanted.begin(), wanted.end(), [](char byte, char lower) {
    return byte == lower || (byte >= 'A' && byte <= 'Z' && byte + ('a' - 'A') == lower);
  });
}

// Takes `name='value'`, with the white space that must stand before it, off the front; nothing when it is not there.
std::optional<std::string_view> take(std::string_view& rest, std::string_view name) {
  const auto skip = [](std::string_view text) {
    while (!text.empty() && is(space_byte, text.front())) text.remove_prefix(1);
    return text;
  };
  auto text = skip(rest);
  if (text.size() == rest.size() || text.substr(0, name.size()) != name) return std::nullopt;
  text = skip(text.substr(name.size()));
  if (text.empty() || text.front() != '=') return std::nullopt;
  text = skip(text.substr(1));
  if (text.empty() || (text.front() != '"' && text.front() != '\'')) return std::nullopt;
  const auto closing = text.find(text.front(), 1);
  if (closing == std::string_view::npos) return std::nullopt;
  const auto value = text.substr(1, closing - 1);
  rest = text.substr(closing + 1);
  return value;
}

}  // namespace

ParseError check_declaration(std::string_view bytes) {
  constexpr std::string_view opening = "<?xml", closing = "?>";
  if (bytes.substr(0, opening.size()) != opening || bytes.size() <= opening.size() ||
      (!is(space_byte, bytes[opening.size()]) && bytes[opening.size()] != '?')) {
    return ParseError::restricted_xml;
  }
  auto rest = bytes.substr(opening.size());
  if (rest.size() < closing.size() || rest.substr(rest.size() - closing.size()) != closing) {
    return ParseError::not_well_formed;
  }
  rest.remove_suffix(closing.size());
  const auto version = take(rest, "version");
  if (!version || !is_version(*version)) return ParseError::not_well_formed;
  const auto encoding = take(rest, "encoding");
  if (encoding && !is_encoding_name(*encoding)) return ParseError::not_well_formed;
  const auto standalone = take(rest, "standalone");
  if (standalone && *standalone != "yes" && *standalone != "no") return ParseError::not_well_formed;
  if (!std::all_of(rest.begin(), rest.end(), [](char byte) { return is(space_byte, byte); })) {
    return ParseError::not_well_formed;
  }
  return encoding && !is_utf8(*encoding) ? ParseError::unsupported_encoding : ParseError::none;
}

}  // namespace queqiao::xml
