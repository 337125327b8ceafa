// The parser of streams compared with expat on the same bytes. Expat is measured twice: with handlers that do nothing,
// and with handlers that keep names, attributes and text, which is the least that a server must do with them.
#include <benchmark/benchmark.h>
#include <expat.h>

#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "xml/parser.h"
#include "xml/writer.h"

namespace {

using queqiao::xml::Document;
using queqiao::xml::ParseEvent;
using queqiao::xml::Parser;

constexpr std::string_view header =
    "<?xml version='1.0'?><stream:stream to='montague.lit' version='1.0' xmlns='jabber:client' "
    "xmlns:stream='http://etherx.jabber.org/streams'>";

constexpr std::string_view chat =
    "<message to='romeo@montague.lit' from='juliet@capulet.lit/balcony' type='chat' id='ktx72v49'>"
    "<body>Art thou not Romeo, and a Montague?</body><active xmlns='http://jabber.org/protocol/chatstates'/>"
    "<request xmlns='urn:xmpp:receipts'/>"
    "<origin-id xmlns='urn:xmpp:sid:0' id='de305d54-75b4-431b-adb2-eb6b9e546013'/></message>";

constexpr std::string_view chinese =
    "<message to='romeo@montague.lit' type='chat' id='ktx72v49'><body>纤云弄巧，飞星传恨，银汉迢迢暗度。"
    "金风玉露一相逢，便胜却人间无数。柔情似水，佳期如梦，忍顾鹊桥归路。</body>"
    "<active xmlns='http://jabber.org/protocol/chatstates'/><request xmlns='urn:xmpp:receipts'/></message>";

constexpr std::string_view presence =
    "<presence from='juliet@capulet.lit/balcony'><show>away</show><status>stay &amp; wait</status>"
    "<c xmlns='http://jabber.org/protocol/caps' hash='sha-1' node='http://queqiao.example' "
    "ver='QgayPKawpkPSDYmwT/WM94uAlu0='/></presence>";

constexpr std::string_view samples[] = {chat, chinese, presence};

std::string many(std::string_view stanza) {
  std::string bytes;
  while (bytes.size() < 16'384) bytes += stanza;
  return bytes;
}

void report(benchmark::State& state, std::size_t bytes, std::size_t stanza_bytes) {
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * bytes));
  state.counters["ns/stanza"] =
      benchmark::Counter(static_cast<double>(state.iterations() * (bytes / stanza_bytes)) * 1e-9,
                         benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void queqiao_parser(benchmark::State& state) {
  const auto stanza = samples[state.range(0)];
  const auto bytes = many(stanza);
  Parser parser;
  Document document;
  auto opening = header;
  parser.parse(opening, document);
  for (auto _ : state) {
    std::string_view input = bytes;
    while (parser.parse(input, document) == ParseEvent::element) benchmark::DoNotOptimize(document.nodes.data());
    if (parser.error() != queqiao::xml::ParseError::none) state.SkipWithError("refused");
  }
  report(state, bytes.size(), stanza.size());
}
BENCHMARK(queqiao_parser)->DenseRange(0, 2);

// As read from sockets that cut anywhere.
void queqiao_parser_in_pieces(benchmark::State& state) {
  const auto stanza = samples[0];
  const auto bytes = many(stanza);
  const auto piece = static_cast<std::size_t>(state.range(0));
  Parser parser;
  Document document;
  auto opening = header;
  parser.parse(opening, document);
  for (auto _ : state) {
    for (std::string_view rest = bytes; !rest.empty(); rest.remove_prefix(std::min(piece, rest.size()))) {
      auto input = rest.substr(0, piece);
      while (parser.parse(input, document) == ParseEvent::element) benchmark::DoNotOptimize(document.nodes.data());
    }
  }
  report(state, bytes.size(), stanza.size());
}
BENCHMARK(queqiao_parser_in_pieces)->Arg(1)->Arg(100)->Arg(1400);

// The least of a tree: what was opened, with its attributes and text, in vectors that keep their memory.
struct Tree {
  struct Node {
    std::size_t name, attributes, text;
  };
  std::string strings;
  std::vector<Node> nodes;
  std::size_t depth = 0;
  std::size_t stanzas = 0;

  std::size_t keep(std::string_view text) {
    const auto before = strings.size();
    strings.append(text).push_back('\0');
    return before;
  }
};

void XMLCALL keep_start(void* user, const XML_Char* name, const XML_Char** attributes) {
  auto& tree = *static_cast<Tree*>(user);
  if (tree.depth++ == 1) {
    tree.nodes.clear();
    tree.strings.clear();
  }
  tree.nodes.push_back({tree.keep(name), 0, 0});
  for (; *attributes; attributes += 2) {
    tree.keep(attributes[0]);
    tree.keep(attributes[1]);
    ++tree.nodes.back().attributes;
  }
}
void XMLCALL keep_end(void* user, const XML_Char*) {
  auto& tree = *static_cast<Tree*>(user);
  if (--tree.depth == 1) ++tree.stanzas;
}
void XMLCALL keep_text(void* user, const XML_Char* text, int size) {
  auto& tree = *static_cast<Tree*>(user);
  if (tree.depth > 1) tree.nodes.push_back({0, 0, tree.keep({text, static_cast<std::size_t>(size)})});
}
void XMLCALL ignore_start(void*, const XML_Char*, const XML_Char**) {}
void XMLCALL ignore_end(void*, const XML_Char*) {}
void XMLCALL ignore_text(void*, const XML_Char*, int) {}

void run_expat(benchmark::State& state, bool is_kept) {
  const auto stanza = samples[state.range(0)];
  const auto bytes = many(stanza);
  const std::unique_ptr<XML_ParserStruct, void (*)(XML_Parser)> parser(XML_ParserCreateNS(nullptr, '\n'),
                                                                       XML_ParserFree);
  Tree tree;
  XML_SetUserData(parser.get(), &tree);
  XML_SetElementHandler(parser.get(), is_kept ? keep_start : ignore_start, is_kept ? keep_end : ignore_end);
  XML_SetCharacterDataHandler(parser.get(), is_kept ? keep_text : ignore_text);
  XML_Parse(parser.get(), header.data(), static_cast<int>(header.size()), 0);
  for (auto _ : state) {
    if (XML_Parse(parser.get(), bytes.data(), static_cast<int>(bytes.size()), 0) != XML_STATUS_OK) {
      state.SkipWithError("refused");
    }
    benchmark::DoNotOptimize(tree.stanzas);
  }
  report(state, bytes.size(), stanza.size());
}
void expat_keeping(benchmark::State& state) {
  run_expat(state, true);
}
BENCHMARK(expat_keeping)->DenseRange(0, 2);
void expat_ignoring(benchmark::State& state) {
  run_expat(state, false);
}
BENCHMARK(expat_ignoring)->DenseRange(0, 2);

void queqiao_write(benchmark::State& state) {
  Document document;
  queqiao::xml::parse_element(chat, document);
  std::string out;
  for (auto _ : state) {
    out.clear();
    queqiao::xml::write(out, document.root(), {});
    benchmark::DoNotOptimize(out.data());
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * out.size()));
}
BENCHMARK(queqiao_write);

}  // namespace

BENCHMARK_MAIN();
