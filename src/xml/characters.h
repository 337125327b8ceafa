#pragma once

#include <array>
#include <cstdint>
#include <string>

namespace queqiao::xml {

// What a byte of ASCII may be in XML 1.0; bytes of longer characters have no class.
enum ByteClass : std::uint8_t {
  name_start_byte = 1,  // letters and '_'; ':' is left to the reader of qualified names
  name_byte = 2,        // those, digits, '-' and '.'
  space_byte = 4
};

namespace detail {
constexpr std::array<std::uint8_t, 256> classify_bytes() {
  std::array<std::uint8_t, 256> classes{};
  for (int letter = 'a'; letter <= 'z'; ++letter) {
    classes[letter] = name_start_byte | name_byte;
    classes[letter - 'a' + 'A'] = name_start_byte | name_byte;
  }
  classes['_'] = name_start_byte | name_byte;
  for (int digit = '0'; digit <= '9'; ++digit) classes[digit] = name_byte;
  classes['-'] = classes['.'] = name_byte;
  classes[' '] = classes['\t'] = classes['\n'] = classes['\r'] = space_byte;
  return classes;
}
inline constexpr std::array<std::uint8_t, 256> byte_classes = classify_bytes();
}  // namespace detail

inline bool is(ByteClass wanted, char byte) {
  return (detail::byte_classes[static_cast<unsigned char>(byte)] & wanted) != 0;
}
inline bool is_ascii(char byte) {
  return static_cast<unsigned char>(byte) < 0x80;
}

inline const char* skip_space(const char* p, const char* end) {
  while (p != end && is(space_byte, *p)) ++p;
  return p;
}

// One character of UTF-8. A size of 0 means that the bytes are not UTF-8: overlong, a surrogate, above U+10FFFF, cut.
struct Character {
  char32_t code = 0;
  std::uint32_t size = 0;
};

Character read_utf8(const char* p, const char* end);
void append_utf8(std::string& out, char32_t code);

// XML 1.0 2.2: the characters that a document may have at all.
constexpr bool is_xml_character(char32_t code) {
  if (code < 0x20) return code == '\t' || code == '\n' || code == '\r';
  return code < 0xD800 || (code >= 0xE000 && code < 0xFFFE) || (code >= 0x10000 && code <= 0x10FFFF);
}

// XML 1.0 (fifth edition) 2.3, for characters above ASCII.
bool is_name_start(char32_t code);
bool is_name_character(char32_t code);

}  // namespace queqiao::xml
