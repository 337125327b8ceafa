#include "xmpp/precis.h"

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "base/text.h"
#include "xmpp/precis_class.h"

namespace queqiao::xmpp::precis {
namespace {

using icu::UnicodeString;

std::u32string code_points(const UnicodeString& text) {
  std::u32string out;
  out.reserve(static_cast<std::size_t>(text.length()));
  for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    out += static_cast<char32_t>(text.char32At(i));
  }
  return out;
}

template <class Map>
UnicodeString map_each(const UnicodeString& text, Map map) {
  UnicodeString out;
  for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) map(text.char32At(i), out);
  return out;
}

// RFC 8265 3.3.1: full-width and half-width characters become what they are variants of.
bool map_width(UnicodeString& text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfkc = icu::Normalizer2::getNFKCInstance(status);
  if (U_FAILURE(status)) return false;
  text = map_each(text, [nfkc](UChar32 c, UnicodeString& out) {
    const int type = u_getIntPropertyValue(c, UCHAR_DECOMPOSITION_TYPE);
    UnicodeString mapped;
    const bool is_variant = type == U_DT_WIDE || type == U_DT_NARROW;
    if (is_variant && nfkc->getRawDecomposition(c, mapped)) {
      out += mapped;
    } else {
      out += c;
    }
  });
  return true;
}

// RFC 8265 4.2.2: every space of Unicode becomes U+0020.
void map_spaces(UnicodeString& text) {
  text = map_each(text, [](UChar32 c, UnicodeString& out) {
    out += u_charType(c) == U_SPACE_SEPARATOR ? static_cast<UChar32>(' ') : c;
  });
}

bool compose(UnicodeString& text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
  if (U_FAILURE(status)) return false;
  UnicodeString composed = nfc->normalize(text, status);
  text = std::move(composed);
  return U_SUCCESS(status);
}

// Each profile maps `text` in place, once; false when it is not allowed.
bool map_username(UnicodeString& text) {
  if (!map_width(text) || !is_in_class(code_points(text), StringClass::identifier)) return false;
  text.toLower(icu::Locale::getRoot());
  if (!compose(text)) return false;
  const std::u32string result = code_points(text);
  return is_in_class(result, StringClass::identifier) && satisfies_bidi_rule(result);
}

bool map_opaque(UnicodeString& text) {
  if (!is_in_class(code_points(text), StringClass::freeform)) return false;
  map_spaces(text);
  return compose(text) && is_in_class(code_points(text), StringClass::freeform);
}

// RFC 8264 7: the rules are applied until the text no longer changes; one that still changes then is refused.
template <class Map>
std::optional<std::string> enforce(std::string_view text, Map map) {
  if (text.empty() || text.size() > INT32_MAX / 4 || !is_utf8(text)) return std::nullopt;
  UnicodeString present = UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
  for (int round = 0; round < 4; ++round) {
    UnicodeString mapped = present;
    if (!map(mapped)) return std::nullopt;
    if (mapped == present) {
      std::string out;
      return present.toUTF8String(out);
    }
    present = std::move(mapped);
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> username_case_mapped(std::string_view text) {
  return enforce(text, map_username);
}

std::optional<std::string> opaque_string(std::string_view text) {
  return enforce(text, map_opaque);
}

}  // namespace queqiao::xmpp::precis
