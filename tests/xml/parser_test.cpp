#include <gtest/gtest.h>

#include "tests/xml/stream_reader.h"

namespace queqiao::xml {
namespace {

constexpr std::string_view header =
    "<?xml version='1.0'?><stream:stream to='montague.lit' version='1.0' xmlns='jabber:client' "
    "xmlns:stream='http://etherx.jabber.org/streams'>";

TEST(Parser, ReadsAConversation) {
  std::string input(header);
  input +=
      "<message to='romeo@montague.lit' type='chat'><body>Wherefore &amp; why</body>"
      "<active xmlns='http://jabber.org/protocol/chatstates'/></message>\n <presence/></stream:stream>";
  const auto whole = read_whole(input);
  ASSERT_EQ(whole.error, ParseError::none);
  ASSERT_EQ(whole.events.size(), 4u);
  for (std::size_t cut = 0; cut <= input.size(); ++cut) EXPECT_EQ(read_cut_at(input, cut), whole) << cut;
  EXPECT_EQ(read_in_pieces(input, 1), whole);
}

TEST(Parser, GivesTheTree) {
  Document document;
  ASSERT_EQ(
      parse_element("<a xmlns='x' b='1&lt;2' xml:lang='de'><c>t&#x41;</c><d xmlns='y'/>u<![CDATA[<v>]]></a>", document),
      ParseError::none);
  const auto root = document.root();
  EXPECT_TRUE(root.is("a", "x"));
  EXPECT_EQ(root.attribute("b"), "1<2");
  EXPECT_EQ(root.attribute("lang", "http://www.w3.org/XML/1998/namespace"), "de");
  EXPECT_EQ(root.child("c").text(), "tA");
  EXPECT_TRUE(root.child("d", "y"));
  EXPECT_EQ(root.child("d", "y").raw(), "<d xmlns='y'/>");
  EXPECT_EQ(root.text(), "u<v>");
  EXPECT_EQ(root.child("c").content(), "t&#x41;");
}

}  // namespace
}  // namespace queqiao::xml
