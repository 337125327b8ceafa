#include <gtest/gtest.h>

#include "xml/parser.h"

namespace queqiao::xml {
namespace {

Document parsed(std::string_view bytes) {
  Document document;
  EXPECT_EQ(parse_element(bytes, document), ParseError::none) << bytes;
  return document;
}

TEST(Element, NoElementGivesEmptyAnswers) {
  const Element none;
  EXPECT_FALSE(none);
  EXPECT_EQ(none.name(), "");
  EXPECT_EQ(none.child("a", "b").child("c").attribute("d"), "");
  EXPECT_FALSE(none.has_attribute("a"));
  EXPECT_EQ(none.text(), "");
  EXPECT_EQ(none.raw(), "");
  EXPECT_FALSE(none.first_child());
  for (const auto child : none.children()) FAIL() << child.name();
}

TEST(Element, ChildrenComeInOrderWithoutText) {
  const auto document = parsed("<a>1<b/>2<c>3</c><b x='2'/></a>");
  std::string names;
  for (const auto child : document.root().children()) names += child.name();
  EXPECT_EQ(names, "bcb");
  EXPECT_EQ(document.root().first_child().name(), "b");
  EXPECT_FALSE(document.root().child("b", "").has_attribute("x"));
  EXPECT_FALSE(document.root().child("d", ""));
}

TEST(Element, TextIsItsOwnAndInOnePiece) {
  const auto document = parsed("<a>1<b>2</b>3<![CDATA[4]]>&amp;</a>");
  EXPECT_EQ(document.root().text(), "134&");
  std::string scratch;
  EXPECT_EQ(document.root().text(scratch), "134&");
  EXPECT_EQ(document.root().child("b", "").text(scratch), "2");
  EXPECT_TRUE(scratch.empty());
}

TEST(Element, AnAbsentAttributeIsNotAnEmptyOne) {
  const auto document = parsed("<a b=''/>");
  EXPECT_TRUE(document.root().has_attribute("b"));
  EXPECT_FALSE(document.root().has_attribute("c"));
  EXPECT_EQ(document.root().attribute("b"), document.root().attribute("c"));
}

TEST(Element, GivesTheBytesAsReceived) {
  const auto document = parsed("<a ><b x=\"&lt;\" ><c/>t</b\n><d/></a>");
  const auto b = document.root().child("b", "");
  EXPECT_EQ(document.root().raw(), document.bytes);
  EXPECT_EQ(b.raw(), "<b x=\"&lt;\" ><c/>t</b\n>");
  EXPECT_EQ(b.content(), "<c/>t");
  EXPECT_EQ(document.root().child("d", "").content(), "");
}

TEST(Element, ADocumentIsCopiedAndMovedWithItsTree) {
  auto first = parsed("<a xmlns='x' b='&gt;'>t</a>");
  auto copy = first;
  first.clear();
  EXPECT_TRUE(first.empty());
  const auto moved = std::move(copy);
  EXPECT_TRUE(moved.root().is("a", "x"));
  EXPECT_EQ(moved.root().attribute("b"), ">");
  EXPECT_EQ(moved.root().text(), "t");
}

}  // namespace
}  // namespace queqiao::xml
