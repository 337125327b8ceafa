// What a parser costs while its stream is idle, and that a warm one allocates nothing. All allocations of this test
// program are counted.
#include <gtest/gtest.h>

#include <malloc.h>

#include <cstdlib>
#include <new>

#include "tests/xml/stream_reader.h"

namespace {

thread_local std::size_t allocation_count = 0;
thread_local std::ptrdiff_t allocated_bytes = 0;

}  // namespace

// Not inlined, so that the compiler sees a pair of new and delete and not malloc beside delete.
[[gnu::noinline]] void* operator new(std::size_t size) {
  void* const memory = std::malloc(size);
  if (memory == nullptr) throw std::bad_alloc();
  ++allocation_count;
  allocated_bytes += static_cast<std::ptrdiff_t>(malloc_usable_size(memory));
  return memory;
}
[[gnu::noinline]] void operator delete(void* memory) noexcept {
  if (memory != nullptr) allocated_bytes -= static_cast<std::ptrdiff_t>(malloc_usable_size(memory));
  std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept {
  operator delete(memory);
}

namespace queqiao::xml {
namespace {

void parse_all(Parser& parser, std::string_view input, Document& document) {
  while (true) {
    const auto event = parser.parse(input, document);
    ASSERT_NE(event, ParseEvent::failed);
    if (event == ParseEvent::need_more) return;
  }
}

TEST(Memory, OfAnIdleStreamIsLessThan400Bytes) {
  Document document;
  {
    Parser warm_up;
    parse_all(warm_up, client_header, document);
  }
  const auto before = allocated_bytes;
  Parser parser;
  parse_all(parser, client_header, document);
  parse_all(parser, "<message><body>hi</body></message>", document);
  EXPECT_LT(allocated_bytes - before + static_cast<std::ptrdiff_t>(sizeof(Parser)), 400);
}

TEST(Memory, OfAPartialStanzaIsFreedWhenItIsComplete) {
  Document document;
  Parser parser;
  parse_all(parser, client_header, document);
  const auto document_bytes = [&document] {
    return static_cast<std::ptrdiff_t>(document.bytes.capacity() + document.decoded.capacity() +
                                       document.nodes.capacity() * sizeof(Document::Node));
  };
  const auto before = allocated_bytes - document_bytes();
  for (int i = 0; i < 100; ++i) {
    parse_all(parser, "<message><body>" + std::string(5000, 'x'), document);
    EXPECT_EQ(parser.buffered_bytes(), 5015u);
    parse_all(parser, "</body></message>", document);
    EXPECT_EQ(parser.buffered_bytes(), 0u);
  }
  // Some hundred bytes are left for the smaller vectors of a document.
  EXPECT_LT(allocated_bytes - document_bytes() - before, 1000);
}

TEST(Memory, OfAFailedStreamIsFreed) {
  Document document;
  Parser parser;
  const std::string text(100'000, 'x');
  const auto before = allocated_bytes;
  std::string_view input = "<s><a>";
  parser.parse(input, document);
  parser.parse(input, document);
  input = text;
  parser.parse(input, document);
  input = "</b>";
  EXPECT_EQ(parser.parse(input, document), ParseEvent::failed);
  EXPECT_LT(allocated_bytes - before, 5000);
}

TEST(Memory, IsNotAllocatedForAWholeStanza) {
  Document document;
  Parser parser;
  parse_all(parser, client_header, document);
  const std::string stanza =
      "<message to='romeo@montague.lit' type='chat' xml:lang='en'><body>1 &lt; 2, is it not so, my dear?</body>"
      "<active xmlns='http://jabber.org/protocol/chatstates'/><a:b xmlns:a='c' a:d='e'/></message>";
  parse_all(parser, stanza, document);
  const auto before = allocation_count;
  for (int i = 0; i < 100; ++i) parse_all(parser, stanza, document);
  EXPECT_EQ(allocation_count, before);
}

// The tree of a hostile stanza stays within a small multiple of the stanza.
TEST(Memory, OfATreeIsBounded) {
  Document document;
  std::string stanza = "<a>";
  while (stanza.size() < 250'000) stanza += "<b/>x";
  stanza += "</a>";
  const auto before = allocated_bytes;
  EXPECT_EQ(parse_element(stanza, document), ParseError::policy_violation);
  EXPECT_LT(allocated_bytes - before, 2'000'000);
}

}  // namespace
}  // namespace queqiao::xml
