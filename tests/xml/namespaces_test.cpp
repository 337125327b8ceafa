// Namespaces in XML 1.0, and what a stream's header passes on to its stanzas (RFC 6120 4.8).
#include <gtest/gtest.h>

#include "tests/xml/stream_reader.h"

namespace queqiao::xml {
namespace {

Document parsed(std::string_view bytes) {
  Document document;
  EXPECT_EQ(parse_element(bytes, document), ParseError::none) << bytes;
  return document;
}
ParseError error_of(std::string_view bytes) {
  Document document;
  return parse_element(bytes, document);
}

TEST(Namespaces, DefaultOnesAreInheritedAndReplaced) {
  const auto document = parsed("<a xmlns='x'><b/><c xmlns='y'><d/><e xmlns=''/></c><f/></a>");
  const auto root = document.root();
  EXPECT_EQ(root.ns(), "x");
  EXPECT_TRUE(root.child("b", "x"));
  EXPECT_TRUE(root.child("c", "y").child("d", "y"));
  EXPECT_TRUE(root.child("c", "y").child("e", ""));
  EXPECT_TRUE(root.child("f", "x"));
}

TEST(Namespaces, PrefixesAreResolvedInTheirScope) {
  const auto document = parsed("<p:a xmlns:p='x'><p:b xmlns:p='y' p:c='1' c='2'/><p:d/></p:a>");
  const auto root = document.root();
  EXPECT_EQ(root.ns(), "x");
  const auto inner = root.child("b", "y");
  ASSERT_TRUE(inner);
  EXPECT_EQ(inner.attribute("c", "y"), "1");
  EXPECT_EQ(inner.attribute("c"), "2");
  EXPECT_TRUE(root.child("d", "x"));
}

TEST(Namespaces, DeclarationsWorkWhereverTheyStandInTheTag) {
  EXPECT_EQ(parsed("<p:a p:b='1' xmlns:p='x'/>").root().attribute("b", "x"), "1");
}

TEST(Namespaces, PrefixesMustBeDeclared) {
  for (const auto* bytes : {"<p:a/>", "<a p:b='1'/>", "<a><b xmlns:p='x'/><p:c/></a>"}) {
    EXPECT_EQ(error_of(bytes), ParseError::bad_namespace_prefix) << bytes;
  }
}

TEST(Namespaces, QualifiedNamesHaveAtMostOnePrefix) {
  for (const auto* bytes : {"<:a/>", "<a:/>", "<a:b:c xmlns:a='x'/>", "<a :b='1'/>", "<a xmlns:='x'/>", "<a b:='1'/>",
                            "<p:1 xmlns:p='x'/>"}) {
    EXPECT_EQ(error_of(bytes), ParseError::not_well_formed) << bytes;
  }
}

TEST(Namespaces, AttributesAreUniqueAfterResolution) {
  EXPECT_EQ(error_of("<a xmlns:p='x' xmlns:q='x' p:b='1' q:b='2'/>"), ParseError::not_well_formed);
  EXPECT_EQ(error_of("<a xmlns:p='x' xmlns:q='y' p:b='1' q:b='2' b='3'/>"), ParseError::none);
  EXPECT_EQ(error_of("<a xmlns='x' xmlns='y'/>"), ParseError::not_well_formed);
  EXPECT_EQ(error_of("<a xmlns:p='x' xmlns:p='x'/>"), ParseError::not_well_formed);
}

TEST(Namespaces, ReservedPrefixesKeepTheirMeaning) {
  EXPECT_EQ(parsed("<a xml:lang='de'/>").root().attribute("lang", "http://www.w3.org/XML/1998/namespace"), "de");
  EXPECT_EQ(error_of("<a xmlns:xml='http://www.w3.org/XML/1998/namespace'/>"), ParseError::none);
  for (const auto* bytes :
       {"<a xmlns:xml='x'/>", "<a xmlns:p='http://www.w3.org/XML/1998/namespace'/>",
        "<a xmlns='http://www.w3.org/XML/1998/namespace'/>", "<a xmlns:xmlns='http://www.w3.org/2000/xmlns/'/>",
        "<a xmlns:p='http://www.w3.org/2000/xmlns/'/>", "<a xmlns='http://www.w3.org/2000/xmlns/'/>", "<xmlns:a/>",
        "<a xmlns:xmlns='x'/>"}) {
    EXPECT_EQ(error_of(bytes), ParseError::not_well_formed) << bytes;
  }
}

TEST(Namespaces, PrefixesCannotBeUndeclared) {
  EXPECT_EQ(error_of("<a xmlns:p='x'><b xmlns:p=''/></a>"), ParseError::not_well_formed);
}

TEST(Namespaces, NamesAreComparedAfterDecoding) {
  EXPECT_EQ(parsed("<a xmlns='a&amp;b'/>").root().ns(), "a&b");
  EXPECT_EQ(error_of("<a xmlns:p='a&amp;b' xmlns:q='a&#38;b' p:x='' q:x=''/>"), ParseError::not_well_formed);
}

TEST(Namespaces, StanzasInheritTheDefaultOfTheStream) {
  Parser parser;
  Document document;
  const auto text = std::string(client_header) + "<message><a xmlns='x'/></message>";
  std::string_view input = text;
  parser.parse(input, document);
  ASSERT_EQ(parser.parse(input, document), ParseEvent::element);
  EXPECT_TRUE(document.root().is("message", "jabber:client"));
  EXPECT_FALSE(document.uses_outer_prefix);
}

TEST(Namespaces, AStanzaSaysWhetherItUsesAPrefixOfTheStream) {
  Parser parser;
  Document document;
  const auto text = std::string(client_header) +
                    "<stream:error><a stream:b='1'/></stream:error><stream:c xmlns:stream='x'/><d xml:lang='de'/>";
  std::string_view input = text;
  parser.parse(input, document);
  parser.parse(input, document);
  EXPECT_TRUE(document.root().is("error", "http://etherx.jabber.org/streams"));
  EXPECT_TRUE(document.uses_outer_prefix);
  parser.parse(input, document);
  EXPECT_TRUE(document.root().is("c", "x"));
  EXPECT_FALSE(document.uses_outer_prefix);
  parser.parse(input, document);
  EXPECT_FALSE(document.uses_outer_prefix);
}

TEST(Namespaces, AStanzaHasNoPrefixOfThePreviousOne) {
  EXPECT_EQ(read_whole(std::string(client_header) + "<a xmlns:p='x'/><p:b/>").error, ParseError::bad_namespace_prefix);
}

TEST(Namespaces, AnElementThatStandsAloneCanBeGivenItsDefault) {
  Document document;
  ASSERT_EQ(parse_element("<message><body/></message>", document, {}, "jabber:client"), ParseError::none);
  EXPECT_TRUE(document.root().is("message", "jabber:client"));
  EXPECT_TRUE(document.root().child("body"));
}

}  // namespace
}  // namespace queqiao::xml
