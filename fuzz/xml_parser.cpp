// Any cut of the input gives the same events, documents and first error; what was parsed can be written and parsed
// again.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "xml/parser.h"
#include "xml/writer.h"

namespace {

using namespace queqiao::xml;

struct Transcript {
  std::vector<std::string> events;
  ParseError error = ParseError::none;
  std::size_t buffered = 0;
  bool operator==(const Transcript&) const = default;
};

[[noreturn]] void broken(const char* rule, const std::string& detail) {
  std::fprintf(stderr, "broken: %s: %s\n", rule, detail.c_str());
  std::abort();
}

std::string described(const Document& document) {
  std::string text = document.bytes + (document.uses_outer_prefix ? "|outer|" : "|");
  for (const auto& node : document.nodes) {
    text += std::string(document.view(node.raw)) + "|" + std::string(document.view(node.content)) + "|" +
            std::string(document.view(node.text)) + "|" + std::string(document.namespace_name(node.ns)) + "|" +
            std::to_string(node.next_sibling) + " " + std::to_string(node.first_child) + "|";
  }
  write(text, document.root(), {});
  return text;
}

// Whatever was accepted, its meaning can be written down and read again.
void check_round_trip(const Document& document) {
  std::string written;
  write(written, document.root(), {});
  ParserLimits limits;
  limits.element_bytes = 1 << 24;
  limits.namespaces = 1 << 16;
  limits.attributes = 1 << 10;
  limits.name_bytes = 1 << 12;
  Document again;
  if (parse_element(written, again, limits) != ParseError::none) broken("what is written can be read", written);
  std::string twice;
  write(twice, again.root(), {});
  if (twice != written) broken("what is read again means the same", written + "\n" + twice);
}

// `sizes` says how long the pieces are, in turn.
Transcript read(std::string_view input, std::string_view sizes, const ParserLimits& limits) {
  Parser parser(limits);
  Document document;
  Transcript transcript;
  for (std::size_t turn = 0; !input.empty(); ++turn) {
    const auto size = sizes.empty() ? input.size() : 1u + static_cast<unsigned char>(sizes[turn % sizes.size()]) % 67;
    auto piece = input.substr(0, size);
    input.remove_prefix(piece.size());
    for (auto event = ParseEvent::element; event != ParseEvent::need_more;) {
      event = parser.parse(piece, document);
      if (event == ParseEvent::failed) {
        transcript.error = parser.error();
        return transcript;
      }
      if (event == ParseEvent::stream_closed) transcript.events.emplace_back("closed");
      if (event == ParseEvent::element || event == ParseEvent::stream_opened) {
        transcript.events.push_back(described(document));
        check_round_trip(document);
      }
    }
    if (!piece.empty()) broken("need_more means that all was read", std::string(piece));
  }
  transcript.buffered = parser.buffered_bytes();
  return transcript;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size < 4) return 0;
  // The last four bytes choose the cuts and whether limits are tight, so that a corpus file is a readable stream.
  const std::string_view all(reinterpret_cast<const char*>(bytes), size);
  const auto sizes = all.substr(size - 4);
  const auto input = all.substr(0, size - 4);
  ParserLimits limits;
  if (sizes[3] & 1)
    limits = {.element_bytes = 300, .depth = 4, .attributes = 5, .name_bytes = 16, .elements = 8, .namespaces = 4};
  Document alone;
  if (parse_element(input, alone, limits) == ParseError::none) check_round_trip(alone);
  const auto whole = read(input, {}, limits);
  if (whole != read(input, sizes, limits)) broken("any cut gives the same events", "pieces");
  if (whole != read(input, std::string_view("\0", 1), limits)) broken("any cut gives the same events", "single bytes");
  return 0;
}
