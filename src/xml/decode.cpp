#include "xml/decode.h"

#include <optional>

#include "xml/characters.h"
#include "xml/scan.h"

namespace queqiao::xml {
namespace {

using Span = Document::Span;

// Moves over characters above ASCII. Most are three bytes long in a chat in Chinese and need no full decoding: only
// the lead bytes E0 (overlong), ED (surrogates) and EF (U+FFFE, U+FFFF) have special cases.
const char* skip_characters(const char* p, const char* end, ParseError& error) {
  do {
    const auto lead = static_cast<unsigned char>(*p);
    if (end - p >= 3 && lead > 0xE0 && lead < 0xEF && lead != 0xED) {
      if ((p[1] & 0xC0) != 0x80 || (p[2] & 0xC0) != 0x80) break;
      p += 3;
      continue;
    }
    const auto character = read_utf8(p, end);
    if (character.size == 0) break;
    if (!is_xml_character(character.code)) {
      error = ParseError::not_well_formed;
      return nullptr;
    }
    p += character.size;
  } while (p != end && !is_ascii(*p));
  if (p == end || is_ascii(*p)) return p;
  error = ParseError::invalid_encoding;
  return nullptr;
}

// The code point of "#38" or "#x26".
std::optional<char32_t> number_of(std::string_view digits) {
  digits.remove_prefix(1);
  const bool is_hex = !digits.empty() && digits.front() == 'x';
  if (is_hex) digits.remove_prefix(1);
  if (digits.empty()) return std::nullopt;
  char32_t code = 0;
  for (const char digit : digits) {
    const bool is_letter = (digit >= 'a' && digit <= 'f') || (digit >= 'A' && digit <= 'F');
    if (!(digit >= '0' && digit <= '9') && !(is_hex && is_letter)) return std::nullopt;
    const char32_t value = is_letter ? (digit | 0x20) - 'a' + 10u : digit - '0' + 0u;
    code = code * (is_hex ? 16 : 10) + value;
    if (code > 0x10FFFF) return std::nullopt;
  }
  return code;
}

std::optional<char> predefined_entity(std::string_view name) {
  if (name == "lt") return '<';
  if (name == "gt") return '>';
  if (name == "amp") return '&';
  if (name == "apos") return '\'';
  if (name == "quot") return '"';
  return std::nullopt;
}

bool is_name(std::string_view text) {
  const char* p = text.data();
  const char* const end = p + text.size();
  for (bool is_first = true; p != end; is_first = false) {
    const auto character = read_utf8(p, end);
    if (character.size == 0) return false;
    const bool fits = character.code < 0x80 ? *p == ':' || is(is_first ? name_start_byte : name_byte, *p)
                      : is_first            ? is_name_start(character.code)
                                            : is_name_character(character.code);
    if (!fits) return false;
    p += character.size;
  }
  return !text.empty();
}

class LiteralReader {
 public:
  LiteralReader(Literal kind, const char* base, const char* p, const char* end, std::string& decoded)
      : kind_(kind), base_(base), start_(p), end_(end), decoded_(decoded) {
    terminator_ = kind == Literal::single_quoted ? '\'' : kind == Literal::double_quoted ? '"' : '<';
    third_ = kind == Literal::text ? ']' : '<';
    if (kind == Literal::cdata) third_ = terminator_ = ampersand_ = '\r';
  }

  DecodedLiteral read() {
    const char* p = start_;
    while (true) {
      p = find_special(p, end_, terminator_, ampersand_, third_);
      if (p == end_) return kind_ == Literal::cdata ? finish(p) : DecodedLiteral{};
      if (*p == terminator_ && kind_ != Literal::cdata) return finish(p);
      p = is_ascii(*p) ? read_special(p) : skip_characters(p, end_, error_);
      if (p == nullptr) return {nullptr, {}, error_};
    }
  }

 private:
  bool is_attribute() const { return kind_ == Literal::single_quoted || kind_ == Literal::double_quoted; }

  const char* read_special(const char* p) {
    switch (*p) {
      case '&':
        return read_reference(p);
      case ']':  // XML 1.0 2.4: "]]>" must not appear in text
        return end_ - p >= 3 && p[1] == ']' && p[2] == '>' ? nullptr : p + 1;
      case '\r': {
        const char* next = p + 1 != end_ && p[1] == '\n' ? p + 2 : p + 1;
        return replace(p, next, is_attribute() ? ' ' : '\n');
      }
      case '\t':
      case '\n':
        return is_attribute() ? replace(p, p + 1, ' ') : p + 1;
      default:  // '<' in an attribute's value, or a control character
        return nullptr;
    }
  }

  const char* replace(const char* p, const char* next, char32_t code) {
    if (copied_to_ == nullptr) {
      copied_to_ = start_;
      decoded_start_ = decoded_.size();
    }
    decoded_.append(copied_to_, p);
    append_utf8(decoded_, code);
    copied_to_ = next;
    return next;
  }

  const char* read_reference(const char* p) {
    const char* semicolon = p + 1;
    while (semicolon != end_ && *semicolon != ';' && *semicolon != terminator_ && *semicolon != '&') ++semicolon;
    if (semicolon == end_ || *semicolon != ';') return nullptr;
    const std::string_view name(p + 1, semicolon);
    if (!name.empty() && name.front() == '#') {
      const auto code = number_of(name);
      if (!code || !is_xml_character(*code)) return nullptr;
      return replace(p, semicolon + 1, *code);
    }
    if (const auto meaning = predefined_entity(name)) return replace(p, semicolon + 1, *meaning);
    // RFC 6120 11.1: references to other entities are restricted, whether or not anything declares them.
    if (is_name(name)) error_ = ParseError::restricted_xml;
    return nullptr;
  }

  DecodedLiteral finish(const char* stop) {
    if (copied_to_ == nullptr) {
      return {stop, {Span{offset(start_ - base_), offset(stop - start_)}, false}, ParseError::none};
    }
    decoded_.append(copied_to_, stop);
    return {stop, {Span{offset(decoded_start_), offset(decoded_.size() - decoded_start_)}, true}, ParseError::none};
  }
  static std::uint32_t offset(std::size_t n) { return static_cast<std::uint32_t>(n); }

  const Literal kind_;
  const char* const base_;
  const char* const start_;
  const char* const end_;
  std::string& decoded_;
  char terminator_, third_, ampersand_ = '&';
  const char* copied_to_ = nullptr;  // null while nothing had to be replaced
  std::size_t decoded_start_ = 0;
  ParseError error_ = ParseError::not_well_formed;
};

}  // namespace

DecodedLiteral read_any_literal(Literal kind, const char* base, const char* p, const char* end, std::string& decoded) {
  return LiteralReader(kind, base, p, end, decoded).read();
}

}  // namespace queqiao::xml
