#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "xml/element.h"

namespace queqiao::xml {

// Limits of one stream. All are checked before the memory that they bound is spent.
struct ParserLimits {
  std::size_t element_bytes = 262'144;  // one stanza, from '<' to '>' (and the stream header)
  std::uint32_t depth = 64;             // of elements inside one stanza, the stanza itself being 1
  std::uint32_t attributes = 64;        // of one element, namespace declarations included
  std::uint32_t name_bytes = 256;       // of one element's or attribute's qualified name
  std::uint32_t elements = 4'096;       // inside one stanza
  std::uint32_t namespaces = 256;       // different ones inside one stanza
};

// Why a stream cannot go on. The names are those of the stream errors of RFC 6120 4.9.3.
enum class ParseError {
  none,
  not_well_formed,
  restricted_xml,        // RFC 6120 11.1: comment, processing instruction, DTD, entity other than the five
  unsupported_encoding,  // a declaration that says other than UTF-8
  invalid_encoding,      // bytes that are not UTF-8 (reported as not-well-formed's sibling, unsupported-encoding)
  bad_namespace_prefix,  // RFC 6120 4.9.3.2: a prefix that nobody declared
  policy_violation       // a limit of ParserLimits was passed
};

enum class ParseEvent {
  need_more,      // all of the input has been read
  stream_opened,  // the document has the stream header's element, with its attributes and no children
  element,        // the document has one complete first-level child of the stream
  stream_closed,  // </stream:stream>
  failed          // see Parser::error(); the parser stays failed
};

// The incremental parser of one XMPP stream (RFC 6120 4 and 11): bytes in, complete first-level elements out. Any cut
// of the input gives the same events. Knows no socket and no clock. Between stanzas it holds no heap memory except what
// the stream header declared.
class Parser {
 public:
  explicit Parser(const ParserLimits& limits = {});
  Parser(Parser&&) noexcept;
  Parser& operator=(Parser&&) noexcept;
  ~Parser();

  // Reads from the front of `input`, which is shortened by what was read, until there is one event. The caller goes on
  // with the same `input` and the same `document` until it gets need_more. `document` belongs to the caller, who may
  // use one for many parsers, since a stanza that is not complete is kept in the parser.
  ParseEvent parse(std::string_view& input, Document& document);

  // Starts over for a new stream on the same connection (after STARTTLS or SASL): RFC 6120 4.3.3.
  void restart();
  void set_limits(const ParserLimits& limits);
  ParseError error() const;
  std::string_view default_namespace() const;  // that the stream's header declared; empty without one
  std::size_t buffered_bytes() const;  // of a stanza that is not complete

 private:
  class State;
  std::unique_ptr<State> state_;
};

// Parses one complete element that stands alone, such as one read from the store, and nothing around it. Where it
// declares no default namespace it is in `default_ns`. `document` is cleared first; on failure it is empty.
ParseError parse_element(std::string_view bytes, Document& document, const ParserLimits& limits = {},
                         std::string_view default_ns = {});

}  // namespace queqiao::xml
