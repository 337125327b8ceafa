// Each limit of ParserLimits at its value and one past it, whole and in single bytes.
#include <gtest/gtest.h>

#include "tests/xml/stream_reader.h"

namespace queqiao::xml {
namespace {

void expect_allowed(std::string_view stanza, const ParserLimits& limits) {
  const auto input = "<s>" + std::string(stanza);
  const auto whole = read_whole(input, limits);
  EXPECT_EQ(whole.error, ParseError::none) << stanza.substr(0, 80);
  EXPECT_EQ(whole.events.size(), 2u);
  EXPECT_EQ(read_in_pieces(input, 1, limits), whole);
}
void expect_refused(std::string_view stanza, const ParserLimits& limits) {
  const auto input = "<s>" + std::string(stanza);
  const auto whole = read_whole(input, limits);
  EXPECT_EQ(whole.error, ParseError::policy_violation) << stanza.substr(0, 80);
  EXPECT_EQ(whole.events.size(), 1u);
  EXPECT_EQ(read_in_pieces(input, 1, limits), whole);
}

std::string repeated(std::string_view part, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += part;
  return text;
}

TEST(Limits, OfBytes) {
  const ParserLimits limits{.element_bytes = 100};
  const auto stanza = [](std::size_t size) { return "<a>" + std::string(size - 7, 'x') + "</a>"; };
  expect_allowed(stanza(100), limits);
  expect_refused(stanza(101), limits);
  expect_refused(stanza(1000), limits);
  expect_refused("<a b='" + std::string(1000, 'x'), limits);
  expect_refused("<" + std::string(1000, 'a'), limits);
  expect_refused("<a><![CDATA[" + std::string(1000, 'x'), limits);
  expect_refused("<a " + std::string(1000, ' '), limits);
}

TEST(Limits, OfBytesHoldForHeaderDeclarationAndEnd) {
  const ParserLimits limits{.element_bytes = 60};
  for (const auto& input : {"<stream a='" + std::string(60, 'x') + "'>", "<?xml " + std::string(60, ' ') + "?>",
                            "<s></s" + std::string(60, ' ') + ">"}) {
    EXPECT_EQ(read_whole(input, limits).error, ParseError::policy_violation) << input;
    EXPECT_EQ(read_in_pieces(input, 1, limits).error, ParseError::policy_violation) << input;
  }
}

// Nothing that an error inside the last token could say is heard once the limit has passed, whatever the cut.
TEST(Limits, OfBytesComeBeforeErrorsOfTheTokenThatPassesThem) {
  const ParserLimits limits{.element_bytes = 40};
  for (std::size_t size = 1; size < 60; ++size) {
    for (const auto* wrong : {"<a b='&foo;' ", "<a>&foo;", "<a><![CDATA[\x01", "<a>x</b "}) {
      const auto input = "<s>" + std::string(wrong) + std::string(size, ' ') + "'><b/>]]>";
      EXPECT_EQ(read_in_pieces(input, 1, limits), read_whole(input, limits)) << input;
    }
  }
}

TEST(Limits, OfDepth) {
  const ParserLimits limits{.depth = 5};
  expect_allowed(repeated("<a>", 4) + "<a/>" + repeated("</a>", 4), limits);
  expect_refused(repeated("<a>", 5) + "<a/>" + repeated("</a>", 5), limits);
  expect_refused(repeated("<a>", 6) + repeated("</a>", 6), limits);
}

TEST(Limits, OfAttributesCountDeclarations) {
  const ParserLimits limits{.attributes = 3};
  expect_allowed("<a b='1' xmlns='x' xmlns:p='y'/>", limits);
  expect_refused("<a b='1' xmlns='x' xmlns:p='y' c='2'/>", limits);
}

TEST(Limits, OfNames) {
  const ParserLimits limits{.name_bytes = 5};
  expect_allowed("<abcde abcd='1'/>", limits);
  expect_refused("<abcdef/>", limits);
  expect_refused("<a abcdef='1'/>", limits);
  expect_refused("<a p:abcd='1'/>", limits);
}

TEST(Limits, OfElementsCountSections) {
  const ParserLimits limits{.elements = 4};
  expect_allowed("<a><b/><c><d/></c>text</a>", limits);
  expect_refused("<a><b/><c><d/></c><e/></a>", limits);
  expect_allowed("<a><b/>" + repeated("<![CDATA[x]]>", 2) + "</a>", limits);
  expect_refused("<a><b/>" + repeated("<![CDATA[x]]>", 3) + "</a>", limits);
}

TEST(Limits, OfNamespaces) {
  const ParserLimits limits{.namespaces = 3};
  expect_allowed("<a xmlns='1'><b xmlns='2'/><c xmlns='3'/><d xmlns='2'/></a>", limits);
  expect_refused("<a xmlns='1'><b xmlns='2'/><c xmlns='3'/><d xmlns='4'/></a>", limits);
  expect_refused("<a xmlns='1'><b xmlns='2'/><c xmlns='3' xml:lang='de'/></a>", limits);
  expect_allowed("<a xmlns:p='1' xmlns:q='1' xmlns:r='1'/>", limits);
  expect_refused("<a xmlns:p='1' xmlns:q='1' xmlns:r='1' xmlns:s='1'/>", limits);
}

// What a header declares is kept as long as the stream: more than a kilobyte of it is refused.
TEST(Limits, OfWhatAHeaderDeclares) {
  const auto header = [](std::size_t size) { return "<s xmlns='" + std::string(size, 'x') + "'>"; };
  EXPECT_EQ(read_whole(header(1000)).error, ParseError::none);
  EXPECT_EQ(read_whole(header(1024)).error, ParseError::policy_violation);
}

TEST(Limits, CanBeRaisedAfterLogIn) {
  StreamReader reader(ParserLimits{.element_bytes = 20});
  ASSERT_TRUE(reader.feed("<s><auth/>"));
  reader.parser().set_limits({});
  EXPECT_TRUE(reader.feed("<message>more than twenty bytes</message>"));
}

TEST(Limits, HoldForAnElementThatStandsAlone) {
  Document document;
  EXPECT_EQ(parse_element("<a>x</a>", document, {.element_bytes = 8}), ParseError::none);
  EXPECT_EQ(parse_element("<a>x</a>", document, {.element_bytes = 7}), ParseError::policy_violation);
  EXPECT_EQ(parse_element("<a><b/></a>", document, {.depth = 1}), ParseError::policy_violation);
}

}  // namespace
}  // namespace queqiao::xml
