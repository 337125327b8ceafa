#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "xml/parser.h"
#include "xml/writer.h"

namespace queqiao::xml {

inline constexpr std::string_view client_header =
    "<?xml version='1.0'?><stream:stream to='montague.lit' version='1.0' xmlns='jabber:client' "
    "xmlns:stream='http://etherx.jabber.org/streams'>";

// All that a parser says about some input, as text that can be compared.
struct Transcript {
  std::vector<std::string> events;  // "opened <…>", "element <…>", "closed", "failed"
  ParseError error = ParseError::none;
  bool operator==(const Transcript&) const = default;
};

inline std::string description(const Document& document) {
  std::string text;
  write(text, document.root(), {});
  text += document.uses_outer_prefix ? " (outer prefix) " : " ";
  for (const auto& node : document.nodes) {
    text += std::string(document.view(node.raw)) + '|' + std::string(document.view(node.content)) + '|';
  }
  return text + document.bytes;
}

// Reads streams for tests; the document is the same for all, as in a server.
class StreamReader {
 public:
  explicit StreamReader(const ParserLimits& limits = {}) : parser_(limits) {}

  // False when the stream has failed.
  bool feed(std::string_view input) {
    while (true) {
      switch (parser_.parse(input, document_)) {
        case ParseEvent::need_more:
          return true;
        case ParseEvent::stream_opened:
          transcript_.events.push_back("opened " + description(document_));
          break;
        case ParseEvent::element:
          transcript_.events.push_back("element " + description(document_));
          break;
        case ParseEvent::stream_closed:
          transcript_.events.push_back("closed");
          break;
        case ParseEvent::failed:
          transcript_.error = parser_.error();
          return false;
      }
    }
  }
  const Transcript& transcript() const { return transcript_; }
  const Document& document() const { return document_; }
  Parser& parser() { return parser_; }

 private:
  Parser parser_;
  Document document_;
  Transcript transcript_;
};

inline Transcript read_whole(std::string_view input, const ParserLimits& limits = {}) {
  StreamReader reader(limits);
  reader.feed(input);
  return reader.transcript();
}

// In pieces of `size` bytes.
inline Transcript read_in_pieces(std::string_view input, std::size_t size, const ParserLimits& limits = {}) {
  StreamReader reader(limits);
  for (; !input.empty(); input.remove_prefix(std::min(size, input.size()))) {
    if (!reader.feed(input.substr(0, size))) break;
  }
  return reader.transcript();
}

// In two pieces.
inline Transcript read_cut_at(std::string_view input, std::size_t cut, const ParserLimits& limits = {}) {
  StreamReader reader(limits);
  if (reader.feed(input.substr(0, cut))) reader.feed(input.substr(cut));
  return reader.transcript();
}

}  // namespace queqiao::xml
