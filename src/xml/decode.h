#pragma once

#include <cstdint>
#include <string>

#include "xml/element.h"
#include "xml/parser.h"
#include "xml/scan.h"

namespace queqiao::xml {

// What is read: character data up to '<' (which must be there), an attribute's value up to its quote, or the inside of
// a CDATA section up to `end`.
enum class Literal { text, single_quoted, double_quoted, cdata };

struct DecodedLiteral {
  const char* stop = nullptr;  // at the '<', the quote or the end; null when refused or cut off
  Document::Value value;
  ParseError error = ParseError::not_well_formed;
};

// Checks the characters of a literal and replaces what stands for something else: references, line ends (XML 1.0 2.11)
// and white space in attributes (3.3.3). A literal that has none of these stays where it is, as a span counted from
// `base`; otherwise its meaning is appended to `decoded`, which the caller must cut back when the literal is refused.
DecodedLiteral read_any_literal(Literal kind, const char* base, const char* p, const char* end, std::string& decoded);

// The same for text and attributes, without a call when the literal is plain ASCII, as most are.
inline DecodedLiteral read_literal(Literal kind, const char* base, const char* p, const char* end,
                                   std::string& decoded) {
  const char terminator = kind == Literal::text ? '<' : kind == Literal::single_quoted ? '\'' : '"';
  const char* const stop = find_special(p, end, terminator, '&', kind == Literal::text ? ']' : '<');
  if (stop == end || *stop != terminator) return read_any_literal(kind, base, p, end, decoded);
  const Document::Span span{static_cast<std::uint32_t>(p - base), static_cast<std::uint32_t>(stop - p)};
  return {stop, {span, false}, ParseError::none};
}

}  // namespace queqiao::xml
