#include "base/search_terms.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/text.h"

namespace queqiao {
namespace {

struct Range {
  char32_t first, last;
};
template <std::size_t size>
constexpr bool is_in(const std::array<Range, size>& ranges, char32_t c) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [c](const Range& range) { return c >= range.first && c <= range.last; });
}

// Blocks of Unicode whose text has no spaces between words, or words with endings (Hangul).
constexpr std::array unspaced_scripts = {
    Range{0x0e01, 0x0e4e},   Range{0x0e81, 0x0ecd},   Range{0x1000, 0x1049},  // Thai, Lao, Myanmar
    Range{0x1100, 0x11ff},   Range{0x1780, 0x17d3},                           // Hangul Jamo, Khmer
    Range{0x2e80, 0x2fdf},   Range{0x3005, 0x3007},                           // radicals; 々 〆 〇
    Range{0x3041, 0x3096},   Range{0x309d, 0x309f},   Range{0x30a1, 0x30fa},  // Kana
    Range{0x30fc, 0x318e},   Range{0x31a0, 0x31ff},                           // Bopomofo, Hangul letters
    Range{0x3400, 0x4dbf},   Range{0x4e00, 0xa4cf},                           // ideographs, Yi
    Range{0xac00, 0xd7ff},   Range{0xf900, 0xfaff},   Range{0xff66, 0xffdc},  // Hangul, compatibility, half width
    Range{0x1b000, 0x1b2ff}, Range{0x20000, 0x3ffff},                         // Kana, ideographs
};

// Blocks without letters; the private ones are here so that an index can use them for marks of its own.
constexpr std::array separators = {
    Range{0x80, 0xa9},       Range{0xab, 0xb4},        Range{0xb6, 0xb9},     Range{0xbb, 0xbf},
    Range{0xd7, 0xd7},       Range{0xf7, 0xf7},        Range{0x37e, 0x37e},   Range{0x387, 0x387},
    Range{0x589, 0x58a},     Range{0x5be, 0x5be},      Range{0x5c0, 0x5c0},   Range{0x5c3, 0x5c3},
    Range{0x5f3, 0x5f4},     Range{0x600, 0x60f},      Range{0x61b, 0x61f},   Range{0x66a, 0x66d},
    Range{0x6d4, 0x6d4},     Range{0x964, 0x965},      Range{0xe4f, 0xe4f},   Range{0x1680, 0x1680},
    Range{0x2000, 0x206f},   Range{0x20a0, 0x20cf},    Range{0x2100, 0x2bff}, Range{0x2e00, 0x2e7f},
    Range{0x2ff0, 0x3004},   Range{0x3008, 0x3040},    Range{0x3099, 0x309c}, Range{0x30a0, 0x30a0},
    Range{0x30fb, 0x30fb},   Range{0x3190, 0x319f},    Range{0x3200, 0x33ff}, Range{0x4dc0, 0x4dff},
    Range{0xd800, 0xf8ff},   Range{0xfe00, 0xfe6f},    Range{0xfeff, 0xfeff}, Range{0xff00, 0xff0f},
    Range{0xff1a, 0xff20},   Range{0xff3b, 0xff40},    Range{0xff5b, 0xff65}, Range{0xffe0, 0xffff},
    Range{0x1f000, 0x1faff}, Range{0xe0000, 0x10ffff},
};

enum class Kind { separator, word, unspaced };

Kind kind_of(char32_t c) {
  if (c < 0x80) {
    const bool is_word = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
    return is_word ? Kind::word : Kind::separator;
  }
  if (is_in(separators, c)) return Kind::separator;
  return is_in(unspaced_scripts, c) ? Kind::unspaced : Kind::word;
}

// Pairs of neighbours, upper case first: Latin with marks, Cyrillic with marks.
bool is_upper_of_pair(char32_t c) {
  const bool is_odd = (c & 1) != 0;
  if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17e) || (c >= 0x1cd && c <= 0x1dc)) return is_odd;
  const bool is_paired = (c >= 0x100 && c <= 0x137 && c != 0x130 && c != 0x131) || (c >= 0x14a && c <= 0x177) ||
                         (c >= 0x1de && c <= 0x1ef) || (c >= 0x200 && c <= 0x21f) || (c >= 0x460 && c <= 0x481) ||
                         (c >= 0x48a && c <= 0x4bf) || (c >= 0x4d0 && c <= 0x52f) || (c >= 0x1e00 && c <= 0x1e95) ||
                         (c >= 0x1ea0 && c <= 0x1eff);
  return is_paired && !is_odd;
}

// Simple case folding for Latin, Greek, Cyrillic and Armenian, and full-width Latin as Latin. A letter that is missing
// here is found as it was written.
char32_t folded(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 0x20 : c;
  if (c >= 0xff01 && c <= 0xff5e) return folded(c - 0xfee0);
  if (c >= 0xc0 && c <= 0xde && c != 0xd7) return c + 0x20;
  if (c == 0x130) return 'i';
  if (c == 0x178) return 0xff;
  if (c == 0x386) return 0x3ac;
  if (c >= 0x388 && c <= 0x38a) return c + 0x25;
  if (c == 0x38c) return 0x3cc;
  if (c == 0x38e || c == 0x38f) return c + 0x3f;
  if (c == 0x3c2) return 0x3c3;  // ς is σ at the end of a word
  if ((c >= 0x391 && c <= 0x3ab) || (c >= 0x410 && c <= 0x42f)) return c + 0x20;
  if (c >= 0x400 && c <= 0x40f) return c + 0x50;
  if (c >= 0x531 && c <= 0x556) return c + 0x30;
  return is_upper_of_pair(c) ? c + 1 : c;
}

char32_t decoded(std::string_view character) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(character[i]); };
  constexpr std::array<unsigned, 5> lead_bits = {0, 0x7f, 0x1f, 0x0f, 0x07};
  char32_t c = byte(0) & lead_bits[character.size()];
  for (std::size_t i = 1; i < character.size(); ++i) c = (c << 6) | (byte(i) & 0x3f);
  return c;
}

void append_encoded(std::string& out, char32_t c) {
  const auto add = [&out](char32_t bits) { out += static_cast<char>(bits); };
  const auto add_tail = [&](unsigned shift) { add(0x80 | ((c >> shift) & 0x3f)); };
  if (c < 0x80) return add(c);
  if (c < 0x800) {
    add(0xc0 | (c >> 6));
  } else if (c < 0x10000) {
    add(0xe0 | (c >> 12));
    add_tail(6);
  } else {
    add(0xf0 | (c >> 18));
    add_tail(12);
    add_tail(6);
  }
  add_tail(0);
}

// One word, or one run of characters of an unspaced script, folded.
struct Piece {
  Kind kind = Kind::separator;
  std::string text;
  std::size_t characters = 0;
};

// Takes pieces from the front of `text`; false when there is none left.
bool next_piece(std::string_view& text, Piece& piece) {
  piece = {};
  while (!text.empty()) {
    const std::size_t size = utf8_front_size(text);
    const char32_t c = size == 0 ? U' ' : folded(decoded(text.substr(0, size)));
    const Kind kind = kind_of(c);
    if (!piece.text.empty() && kind != piece.kind) return true;
    text.remove_prefix(std::max<std::size_t>(size, 1));
    if (kind == Kind::separator) continue;
    piece.kind = kind;
    if (kind == Kind::word && piece.text.size() + 4 > longest_term) continue;  // cut
    append_encoded(piece.text, c);
    ++piece.characters;
  }
  return !piece.text.empty();
}

// The terms of a piece with a space between.
void append_terms(std::string& out, const Piece& piece) {
  if (piece.kind == Kind::word || piece.characters == 1) {
    out += piece.text;
    return;
  }
  std::string_view rest = piece.text;
  for (std::size_t i = 0; i + 1 < piece.characters; ++i) {
    const std::size_t first = utf8_front_size(rest);
    const std::size_t second = utf8_front_size(rest.substr(first));
    if (i > 0) out += ' ';
    out += rest.substr(0, first + second);
    rest.remove_prefix(first);
  }
}

Kind kind_of_last(std::string_view text) {
  auto kind = Kind::separator;
  while (!text.empty()) {
    const std::size_t size = utf8_front_size(text);
    kind = size == 0 ? Kind::separator : kind_of(folded(decoded(text.substr(0, size))));
    text.remove_prefix(std::max<std::size_t>(size, 1));
  }
  return kind;
}

std::vector<Piece> pieces_of_query(std::string_view query) {
  std::vector<Piece> pieces;
  std::size_t terms = 0;
  for (Piece piece; next_piece(query, piece);) {
    terms += piece.kind == Kind::word ? 1 : std::max<std::size_t>(piece.characters - 1, 1);
    if (terms > terms_of_query) break;
    pieces.push_back(std::move(piece));
  }
  return pieces;
}

}  // namespace

std::string index_terms(std::string_view text) {
  std::string terms;
  for (Piece piece; next_piece(text, piece);) {
    if (!terms.empty()) terms += ' ';
    append_terms(terms, piece);
  }
  return terms;
}

std::string match_expression(std::string_view query) {
  const auto pieces = pieces_of_query(query);
  const auto last_word =
      std::find_if(pieces.rbegin(), pieces.rend(), [](const Piece& piece) { return piece.kind == Kind::word; });
  std::string expression;
  for (const auto& piece : pieces) {
    if (!expression.empty()) expression += " AND ";
    expression += '"';
    append_terms(expression, piece);
    expression += '"';
    const bool is_last_word = last_word != pieces.rend() && &piece == &*last_word;
    if (is_last_word || (piece.kind == Kind::unspaced && piece.characters == 1)) expression += " *";
  }
  return expression;
}

std::vector<std::string> query_phrases(std::string_view query) {
  std::vector<std::string> phrases;
  const auto pieces = pieces_of_query(query);
  for (const auto& piece : pieces) append_terms(phrases.emplace_back(), piece);
  if (pieces.empty() || pieces.back().kind != Kind::word) return phrases;
  // Somebody who has typed a space or more is done with the word.
  const bool is_finished = kind_of_last(query) == Kind::separator;
  if (!is_finished && pieces.back().characters >= shortest_beginning) phrases.back() += '*';
  return phrases;
}

std::string fold_case(std::string_view text) {
  std::string folded_text;
  while (!text.empty()) {
    const std::size_t size = utf8_front_size(text);
    if (size > 0) append_encoded(folded_text, folded(decoded(text.substr(0, size))));
    text.remove_prefix(std::max<std::size_t>(size, 1));
  }
  return folded_text;
}

bool has_phrases(std::string_view indexed_terms, const std::vector<std::string>& phrases) {
  const auto has = [&](std::string_view phrase) {
    const bool is_beginning = phrase.ends_with('*');
    if (is_beginning) phrase.remove_suffix(1);
    for (auto at = indexed_terms.find(phrase); at != std::string_view::npos; at = indexed_terms.find(phrase, at + 1)) {
      const auto end = at + phrase.size();
      const bool begins = at == 0 || indexed_terms[at - 1] == ' ';
      if (begins && (is_beginning || end == indexed_terms.size() || indexed_terms[end] == ' ')) return true;
    }
    return false;
  };
  return std::all_of(phrases.begin(), phrases.end(), has);
}

}  // namespace queqiao
