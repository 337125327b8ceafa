#include "xml/characters.h"

#include <algorithm>
#include <iterator>

namespace queqiao::xml {
namespace {

struct Range {
  char32_t first, last;
};

constexpr Range name_starts[] = {{0xC0, 0xD6},     {0xD8, 0xF6},     {0xF8, 0x2FF},    {0x370, 0x37D},
                                 {0x37F, 0x1FFF},  {0x200C, 0x200D}, {0x2070, 0x218F}, {0x2C00, 0x2FEF},
                                 {0x3001, 0xD7FF}, {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF}};

std::uint32_t byte_at(const char* p) {
  return static_cast<unsigned char>(*p);
}
bool is_continuation(const char* p) {
  return (byte_at(p) & 0xC0) == 0x80;
}

}  // namespace

Character read_utf8(const char* p, const char* end) {
  const auto first = byte_at(p);
  if (first < 0x80) return {first, 1};
  if (first < 0xC2 || first > 0xF4) return {};
  const std::uint32_t size = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  if (static_cast<std::size_t>(end - p) < size) return {};
  char32_t code = first & (0x7Fu >> size);
  for (std::uint32_t i = 1; i < size; ++i) {
    if (!is_continuation(p + i)) return {};
    code = code << 6 | (byte_at(p + i) & 0x3F);
  }
  constexpr char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  if (code < least[size] || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) return {};
  return {code, size};
}

void append_utf8(std::string& out, char32_t code) {
  const auto put = [&out](char32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (code < 0x80) return put(code);
  if (code < 0x800) {
    put(0xC0 | code >> 6);
  } else {
    if (code < 0x10000) {
      put(0xE0 | code >> 12);
    } else {
      put(0xF0 | code >> 18);
      put(0x80 | (code >> 12 & 0x3F));
    }
    put(0x80 | (code >> 6 & 0x3F));
  }
  put(0x80 | (code & 0x3F));
}

bool is_name_start(char32_t code) {
  const auto range = std::lower_bound(std::begin(name_starts), std::end(name_starts), code,
                                      [](const Range& r, char32_t wanted) { return r.last < wanted; });
  return range != std::end(name_starts) && range->first <= code;
}

bool is_name_character(char32_t code) {
  return is_name_start(code) || code == 0xB7 || (code >= 0x300 && code <= 0x36F) || code == 0x203F || code == 0x2040;
}

}  // namespace queqiao::xml
