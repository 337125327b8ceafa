#include "storage/stanza_address.h"

#include <algorithm>
#include <array>
#include <utility>

namespace queqiao::storage {
namespace {

constexpr std::string_view white_space = " \t\r\n";
// Our writer uses the predefined entities only (XML 1.0 4.6), never numeric references.
constexpr std::array<std::pair<std::string_view, char>, 5> entities = {
    {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}}};

std::string unescape(std::string_view value) {
  std::string text;
  while (!value.empty()) {
    std::size_t taken = 1;
    char c = value.front();
    for (const auto& [name, meaning] : entities) {
      if (!value.starts_with(name)) continue;
      taken = name.size();
      c = meaning;
    }
    text += c;
    value.remove_prefix(taken);
  }
  return text;
}

}  // namespace

std::string stanza_attribute(std::string_view stanza, std::string_view name) {
  std::string_view rest = stanza;
  rest.remove_prefix(std::min(rest.find_first_of(" \t\r\n/>"), rest.size()));
  while (true) {
    const auto begin = rest.find_first_not_of(white_space);
    if (begin == rest.npos || rest[begin] == '>' || rest[begin] == '/') return {};
    const auto equals = rest.find('=', begin);
    const auto quote = equals == rest.npos ? rest.npos : rest.find_first_of("'\"", equals);
    const auto end = quote == rest.npos ? rest.npos : rest.find(rest[quote], quote + 1);
    if (end == rest.npos) return {};
    const auto attribute = rest.substr(begin, rest.find_first_of("= \t\r\n", begin) - begin);
    if (attribute == name) return unescape(rest.substr(quote + 1, end - quote - 1));
    rest.remove_prefix(end + 1);
  }
}

}  // namespace queqiao::storage
