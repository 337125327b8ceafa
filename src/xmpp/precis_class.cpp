#include "xmpp/precis_class.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <cstddef>
#include <cstdint>
#include <optional>

namespace queqiao::xmpp::precis {
namespace {

// RFC 8264 8: what a code point may do. `in_freeform` is "ID_DIS or FREE_PVAL".
enum class Derived { valid, in_freeform, contextual, disallowed };

constexpr char32_t zero_width_non_joiner = 0x200c, zero_width_joiner = 0x200d, middle_dot = 0xb7, keraia = 0x375,
                   geresh = 0x5f3, gershayim = 0x5f4, katakana_middle_dot = 0x30fb;

bool is_between(char32_t c, char32_t first, char32_t last) {
  return c >= first && c <= last;
}
bool is_arabic_indic_digit(char32_t c) {
  return is_between(c, 0x660, 0x669);
}
bool is_extended_arabic_indic_digit(char32_t c) {
  return is_between(c, 0x6f0, 0x6f9);
}

UChar32 icu_of(char32_t c) {
  return static_cast<UChar32>(c);
}

bool is_one_of(char32_t c, std::u32string_view set) {
  return set.find(c) != set.npos;
}

// RFC 8264 9.6, which is RFC 5892 2.6.
bool is_valid_exception(char32_t c) {
  return is_one_of(c, U"\u00df\u03c2\u06fd\u06fe\u0f0b\u3007");
}
bool is_disallowed_exception(char32_t c) {
  return is_one_of(c, U"\u0640\u07fa\u302e\u302f\u3031\u3032\u3033\u3034\u3035\u303b");
}
bool is_contextual_exception(char32_t c) {
  return is_one_of(c, U"\u00b7\u0375\u05f3\u05f4\u30fb") || is_arabic_indic_digit(c) ||
         is_extended_arabic_indic_digit(c);
}

// RFC 8264 9.17.
bool has_compatibility_mapping(char32_t c) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfkc = icu::Normalizer2::getNFKCInstance(status);
  return U_FAILURE(status) || !nfkc->isNormalized(icu::UnicodeString(icu_of(c)), status) || U_FAILURE(status);
}

// RFC 8264 9.9: conjoining jamo, of which only whole syllables are allowed.
bool is_old_hangul_jamo(char32_t c) {
  const int type = u_getIntPropertyValue(icu_of(c), UCHAR_HANGUL_SYLLABLE_TYPE);
  return type == U_HST_LEADING_JAMO || type == U_HST_VOWEL_JAMO || type == U_HST_TRAILING_JAMO;
}

bool is_ignorable(char32_t c) {  // RFC 8264 9.13
  return u_hasBinaryProperty(icu_of(c), UCHAR_DEFAULT_IGNORABLE_CODE_POINT) ||
         u_hasBinaryProperty(icu_of(c), UCHAR_NONCHARACTER_CODE_POINT);
}

constexpr std::uint32_t letter_digits =  // RFC 8264 9.1
    U_GC_LL_MASK | U_GC_LU_MASK | U_GC_LO_MASK | U_GC_ND_MASK | U_GC_LM_MASK | U_GC_MN_MASK | U_GC_MC_MASK;
constexpr std::uint32_t other_visible =  // RFC 8264 9.14 to 9.16 and 9.18
    U_GC_LT_MASK | U_GC_NL_MASK | U_GC_NO_MASK | U_GC_ME_MASK | U_GC_ZS_MASK | U_GC_S_MASK | U_GC_P_MASK;

// The order of the tests is that of RFC 8264 8. What is unassigned is refused just as what is disallowed.
Derived derive(char32_t c) {
  if (is_valid_exception(c)) return Derived::valid;
  if (is_contextual_exception(c)) return Derived::contextual;
  if (is_disallowed_exception(c)) return Derived::disallowed;
  if (is_between(c, 0x21, 0x7e)) return Derived::valid;
  const std::uint32_t category = U_GET_GC_MASK(icu_of(c));
  if ((category & U_GC_CN_MASK) != 0) return Derived::disallowed;
  if (c == zero_width_non_joiner || c == zero_width_joiner) return Derived::contextual;
  if (is_old_hangul_jamo(c) || is_ignorable(c) || (category & U_GC_CC_MASK) != 0) return Derived::disallowed;
  if (has_compatibility_mapping(c)) return Derived::in_freeform;
  if ((category & letter_digits) != 0) return Derived::valid;
  return (category & other_visible) != 0 ? Derived::in_freeform : Derived::disallowed;
}

bool has_script(char32_t c, UScriptCode script) {
  UErrorCode status = U_ZERO_ERROR;
  return uscript_getScript(icu_of(c), &status) == script && U_SUCCESS(status);
}

bool follows_virama(std::u32string_view text, std::size_t at) {
  constexpr int virama = 9;  // canonical combining class
  return at > 0 && u_getCombiningClass(icu_of(text[at - 1])) == virama;
}

int joining_type(char32_t c) {
  return u_getIntPropertyValue(icu_of(c), UCHAR_JOINING_TYPE);
}

// RFC 5892 A.1: {L,D} T* ZWNJ T* {R,D}.
bool breaks_cursive_connection(std::u32string_view text, std::size_t at) {
  std::size_t before = at;
  while (before > 0 && joining_type(text[before - 1]) == U_JT_TRANSPARENT) --before;
  std::size_t after = at + 1;
  while (after < text.size() && joining_type(text[after]) == U_JT_TRANSPARENT) ++after;
  if (before == 0 || after == text.size()) return false;
  const int left = joining_type(text[before - 1]), right = joining_type(text[after]);
  return (left == U_JT_LEFT_JOINING || left == U_JT_DUAL_JOINING) &&
         (right == U_JT_RIGHT_JOINING || right == U_JT_DUAL_JOINING);
}

// What the rules about a whole text ask. Found once, so that a text full of such characters takes linear time.
struct Content {
  bool has_kana_or_han = false, has_arabic_indic_digit = false, has_extended_arabic_indic_digit = false;
};

Content content_of(std::u32string_view text) {
  Content content;
  for (const char32_t c : text) {
    content.has_arabic_indic_digit |= is_arabic_indic_digit(c);
    content.has_extended_arabic_indic_digit |= is_extended_arabic_indic_digit(c);
    content.has_kana_or_han |=
        has_script(c, USCRIPT_HIRAGANA) || has_script(c, USCRIPT_KATAKANA) || has_script(c, USCRIPT_HAN);
  }
  return content;
}

// RFC 5892 appendix A.
bool is_allowed_in_context(std::u32string_view text, std::size_t at, const Content& content) {
  const bool has_before = at > 0, has_after = at + 1 < text.size();
  switch (text[at]) {
    case zero_width_non_joiner:
      return follows_virama(text, at) || breaks_cursive_connection(text, at);
    case zero_width_joiner:
      return follows_virama(text, at);
    case middle_dot:
      return has_before && has_after && text[at - 1] == U'l' && text[at + 1] == U'l';
    case keraia:
      return has_after && has_script(text[at + 1], USCRIPT_GREEK);
    case geresh:
    case gershayim:
      return has_before && has_script(text[at - 1], USCRIPT_HEBREW);
    case katakana_middle_dot:
      return content.has_kana_or_han;
    default:
      break;  // the two sets of digits, which must not meet
  }
  return !(content.has_arabic_indic_digit && content.has_extended_arabic_indic_digit);
}

constexpr std::uint32_t bit(int direction) {
  return std::uint32_t{1} << direction;
}
std::uint32_t direction_of(char32_t c) {
  return bit(u_charDirection(icu_of(c)));
}

constexpr std::uint32_t right_to_left = bit(U_RIGHT_TO_LEFT) | bit(U_RIGHT_TO_LEFT_ARABIC);
constexpr std::uint32_t neutral = bit(U_EUROPEAN_NUMBER_SEPARATOR) | bit(U_COMMON_NUMBER_SEPARATOR) |
                                  bit(U_EUROPEAN_NUMBER_TERMINATOR) | bit(U_OTHER_NEUTRAL) | bit(U_BOUNDARY_NEUTRAL) |
                                  bit(U_DIR_NON_SPACING_MARK);

}  // namespace

bool is_in_class(std::u32string_view text, StringClass string_class) {
  std::optional<Content> content;
  for (std::size_t i = 0; i < text.size(); ++i) {
    switch (derive(text[i])) {
      case Derived::valid:
        break;
      case Derived::in_freeform:
        if (string_class != StringClass::freeform) return false;
        break;
      case Derived::contextual:
        if (!content) content = content_of(text);
        if (!is_allowed_in_context(text, i, *content)) return false;
        break;
      case Derived::disallowed:
        return false;
    }
  }
  return true;
}

bool satisfies_bidi_rule(std::u32string_view text) {
  std::uint32_t seen = 0;
  for (const char32_t c : text) seen |= direction_of(c);
  if ((seen & (right_to_left | bit(U_ARABIC_NUMBER))) == 0) return true;

  // A text that begins from left to right has met a character here that its rule 5 forbids.
  if ((direction_of(text.front()) & right_to_left) == 0) return false;
  constexpr std::uint32_t numbers = bit(U_EUROPEAN_NUMBER) | bit(U_ARABIC_NUMBER);
  if ((seen & ~(right_to_left | numbers | neutral)) != 0) return false;  // rule 2
  if ((seen & numbers) == numbers) return false;                         // rule 4
  while (direction_of(text.back()) == bit(U_DIR_NON_SPACING_MARK)) text.remove_suffix(1);
  return (direction_of(text.back()) & (right_to_left | numbers)) != 0;  // rule 3
}

}  // namespace queqiao::xmpp::precis
