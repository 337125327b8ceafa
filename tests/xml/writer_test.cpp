#include "xml/writer.h"

#include <gtest/gtest.h>

#include "xml/parser.h"

namespace queqiao::xml {
namespace {

std::string text_form(std::string_view text) {
  std::string out;
  escape_text(out, text);
  return out;
}
std::string attribute_form(std::string_view text) {
  std::string out;
  escape_attribute(out, text);
  return out;
}
std::string written(std::string_view bytes, std::string_view default_ns) {
  Document document;
  EXPECT_EQ(parse_element(bytes, document), ParseError::none) << bytes;
  std::string out;
  write(out, document.root(), default_ns);
  return out;
}

TEST(Writer, BuildsElements) {
  std::string out;
  Writer(out)
      .open("query", "jabber:iq:roster")
      .attribute("ver", "v'7")
      .open("item")
      .attribute("jid", "a@b")
      .close()
      .open("item")
      .text("1 < 2")
      .raw("<x/>")
      .close()
      .close();
  EXPECT_EQ(out, "<query xmlns='jabber:iq:roster' ver='v&apos;7'><item jid='a@b'/><item>1 &lt; 2<x/></item></query>");
}

TEST(Writer, EscapesWhatWouldMeanSomethingElse) {
  EXPECT_EQ(text_form("a plain text of more than sixteen bytes"), "a plain text of more than sixteen bytes");
  EXPECT_EQ(text_form("<a> & \"b\" 'c' ]]>\r\n\t"), "&lt;a&gt; &amp; \"b\" 'c' ]]&gt;&#13;\n\t");
  EXPECT_EQ(attribute_form("<a> & \"b\" 'c'\r\n\t"), "&lt;a&gt; &amp; &quot;b&quot; &apos;c&apos;&#13;&#10;&#9;");
  EXPECT_EQ(text_form("中文"), "中文");
  EXPECT_EQ(text_form(""), "");
}

TEST(Writer, LeavesOutWhatXmlCannotCarry) {
  EXPECT_EQ(text_form(std::string_view("a\0b\x01"
                                       "c\x1F",
                                       6)),
            "abc");
  EXPECT_EQ(text_form("a\xEF\xBF\xBF"
                      "b\xED\xA0\x80"
                      "c\xFF"),
            "abc");
  EXPECT_EQ(attribute_form("\x0B中\xE4\xB8"), "中");
}

TEST(Writer, EscapedTextIsReadBackAsItWas) {
  std::string text;
  for (int byte = 1; byte < 128; ++byte) {
    if (byte >= 0x20 || byte == '\t' || byte == '\n' || byte == '\r') text.push_back(static_cast<char>(byte));
  }
  text += "\r\n é中😀 ]]>";
  Document document;
  ASSERT_EQ(parse_element(
                "<a b='" + attribute_form(text) + "' c=\"" + attribute_form(text) + "\">" + text_form(text) + "</a>",
                document),
            ParseError::none);
  EXPECT_EQ(document.root().text(), text);
  EXPECT_EQ(document.root().attribute("b"), text);
  EXPECT_EQ(document.root().attribute("c"), text);
}

TEST(Writer, DeclaresNamespacesWhereTheyChange) {
  EXPECT_EQ(written("<a xmlns='x'><b/><c xmlns='y'/></a>", "x"), "<a><b/><c xmlns='y'/></a>");
  EXPECT_EQ(written("<a xmlns='x'><b/></a>", ""), "<a xmlns='x'><b/></a>");
  EXPECT_EQ(written("<p:a xmlns:p='x'><p:b/><c/></p:a>", "jabber:client"), "<a xmlns='x'><b/><c xmlns=''/></a>");
  EXPECT_EQ(written("<a xmlns:p='x' p:b='1' b='2' xml:lang='de'/>", ""),
            "<a xmlns:ns0='x' ns0:b='1' b='2' xml:lang='de'/>");
  EXPECT_EQ(written("<xml:a><b xmlns='x'/><c/></xml:a>", ""), "<xml:a><b xmlns='x'/><c/></xml:a>");
}

TEST(Writer, KeepsTextAndOrder) {
  EXPECT_EQ(written("<a>1<b>2</b>3<![CDATA[<4>]]><c></c></a>", ""), "<a>1<b>2</b>3&lt;4&gt;<c/></a>");
}

}  // namespace
}  // namespace queqiao::xml
