#pragma once

#include <string_view>

// Just enough XML to measure a server that is trusted: it finds where stanzas end and reads attributes of their first
// tag. It relies on '>' being escaped inside attribute values, as every server that we know does.
namespace queqiao::bench {

enum class PieceKind {
  incomplete,   // more bytes are needed
  ignorable,    // white space, an XML declaration
  stream_open,  // <stream:stream ...>
  stream_end,   // </stream:stream>
  element       // a whole child of the stream: a stanza, features, a SASL or SM element
};

struct Piece {
  PieceKind kind;
  std::string_view bytes;  // the piece, at the start of what was given; empty when incomplete
};

Piece next_piece(std::string_view bytes);

std::string_view name_of(std::string_view element);  // with its prefix, if any
// As it stands in the first tag, entities not decoded; empty when it is missing.
std::string_view attribute(std::string_view element, std::string_view name);
std::string_view content_of(std::string_view element);  // between the first and the last tag
inline bool contains(std::string_view text, std::string_view what) {
  return text.find(what) != std::string_view::npos;
}

}  // namespace queqiao::bench
