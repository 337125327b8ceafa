// XML 1.0, as far as XMPP allows it: one element that stands alone.
#include <gtest/gtest.h>

#include "xml/parser.h"

namespace queqiao::xml {
namespace {

ParseError error_of(std::string_view bytes) {
  Document document;
  const auto error = parse_element(bytes, document);
  EXPECT_EQ(error == ParseError::none, !document.empty());
  return error;
}
std::string text_of(std::string_view bytes) {
  Document document;
  EXPECT_EQ(parse_element(bytes, document), ParseError::none) << bytes;
  return document.empty() ? "refused" : document.root().text();
}
std::string value_of(std::string_view quoted) {
  Document document;
  EXPECT_EQ(parse_element("<a b=" + std::string(quoted) + "/>", document), ParseError::none) << quoted;
  return document.empty() ? "refused" : std::string(document.root().attribute("b"));
}

TEST(WellFormed, TagsMatch) {
  EXPECT_EQ(error_of("<a><b></b ></a\n>"), ParseError::none);
  for (const auto* bytes :
       {"<a></b>", "<a><b></a></b>", "<a></aa>", "<aa></a>", "<a></ a>", "<a></a b='c'>", "<a>", "<a/><b/>", "<a/> ",
        " <a/>", "", "a", "</a>", "<a></a", "<a/ >", "< a/>", "<>", "<a></>"}) {
    EXPECT_EQ(error_of(bytes), ParseError::not_well_formed) << bytes;
  }
}

TEST(WellFormed, NamesFollowTheFifthEdition) {
  for (const auto* bytes : {"<_a-1.b/>", "<é/>", "<a·b/>", "<中文 属性='x'/>", "<a \xF0\x90\x80\x80='x'/>"}) {
    EXPECT_EQ(error_of(bytes), ParseError::none) << bytes;
  }
  for (const auto* bytes : {"<1/>", "<-a/>", "<.a/>", "<·/>", "<a×/>", "<a\xE2\x80\xA8/>", "<a b\x7F='c'/>", "<a@/>"}) {
    EXPECT_EQ(error_of(bytes), ParseError::not_well_formed) << bytes;
  }
}

TEST(WellFormed, AttributesAreQuotedAndSpacedAndUnique) {
  EXPECT_EQ(error_of("<a b='1'\n\tc = \"2\" />"), ParseError::none);
  for (const auto* bytes : {"<a b/>", "<a b=c/>", "<a b='1'c='2'/>", "<a b='1\"/>", "<a b='1' b='2'/>", "<a ='1'/>",
                            "<a b='<'/>", "<a b=''' />", "<a b '1'/>"}) {
    EXPECT_EQ(error_of(bytes), ParseError::not_well_formed) << bytes;
  }
}

TEST(WellFormed, ManyAttributesAreStillUnique) {
  std::string attributes;
  for (int i = 0; i < 40; ++i) attributes += " a" + std::to_string(i) + "='1'";
  EXPECT_EQ(error_of("<a" + attributes + "/>"), ParseError::none);
  EXPECT_EQ(error_of("<a" + attributes + " a17='2'/>"), ParseError::not_well_formed);
}

TEST(WellFormed, ValuesHaveTheirWhiteSpaceNormalised) {
  EXPECT_EQ(value_of("'1\t2\n3\r\n4\r5'"), "1 2 3 4 5");
  EXPECT_EQ(value_of("'1&#9;2&#xA;3&#13;'"), "1\t2\n3\r");
  EXPECT_EQ(value_of("\"it's > that\""), "it's > that");
  EXPECT_EQ(value_of("''"), "");
}

TEST(WellFormed, LineEndsInTextBecomeLineFeeds) {
  EXPECT_EQ(text_of("<a>1\r\n2\r3\n4\r\r\n</a>"), "1\n2\n3\n4\n\n");
  EXPECT_EQ(text_of("<a>1&#13;\n2</a>"), "1\r\n2");
  EXPECT_EQ(text_of("<a><![CDATA[1\r\n2\r]]></a>"), "1\n2\n");
}

TEST(WellFormed, ReferencesMeanCharacters) {
  EXPECT_EQ(text_of("<a>&lt;&gt;&amp;&apos;&quot;</a>"), "<>&'\"");
  EXPECT_EQ(text_of("<a>&#65;&#x4e2d;&#x1F600;&#x10FFFF;</a>"), "A\u4e2d\U0001F600\U0010FFFF");
  EXPECT_EQ(text_of("<a>x&#x41;y&amp;z</a>"), "xAy&z");
}

TEST(WellFormed, ReferencesToOtherCharactersAreRefused) {
  for (const auto* reference :
       {"&#0;", "&#8;", "&#xB;", "&#xD800;", "&#xFFFE;", "&#xFFFF;", "&#x110000;", "&#;", "&#x;", "&#xG;", "&#12a;",
        "&#X41;", "&;", "&", "& ", "&lt", "&1;", "&#99999999999999999999;"}) {
    EXPECT_EQ(error_of("<a>" + std::string(reference) + "</a>"), ParseError::not_well_formed) << reference;
    EXPECT_EQ(error_of("<a b='" + std::string(reference) + "'/>"), ParseError::not_well_formed) << reference;
  }
}

TEST(WellFormed, OtherEntitiesAreRestricted) {
  EXPECT_EQ(error_of("<a>&eacute;</a>"), ParseError::restricted_xml);
  EXPECT_EQ(error_of("<a b='&LT;'/>"), ParseError::restricted_xml);
}

TEST(WellFormed, SectionsAreText) {
  EXPECT_EQ(text_of("<a>1<![CDATA[<b>&amp;]] >]]]>2<![CDATA[]]></a>"), "1<b>&amp;]] >]2");
  EXPECT_EQ(error_of("<a><![CDATA[]]</a>"), ParseError::not_well_formed);
  EXPECT_EQ(error_of("<a><![CDATA[\x01]]></a>"), ParseError::not_well_formed);
  EXPECT_EQ(error_of("<a><![cdata[]]></a>"), ParseError::restricted_xml);
  EXPECT_EQ(error_of("<![CDATA[]]><a/>"), ParseError::restricted_xml);
}

TEST(WellFormed, TheEndOfASectionIsNotText) {
  EXPECT_EQ(error_of("<a>]]></a>"), ParseError::not_well_formed);
  EXPECT_EQ(error_of("<a>]]]></a>"), ParseError::not_well_formed);
  EXPECT_EQ(text_of("<a>]] >]>]]&gt;</a>"), "]] >]>]]>");
  EXPECT_EQ(value_of("']]>'"), "]]>");
}

TEST(WellFormed, BytesAreUtf8) {
  for (const auto* good : {"\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80", "\xEF\xBF\xBD",
                           "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF", "\x7F"}) {
    EXPECT_EQ(text_of("<a>" + std::string(good) + "</a>"), good);
    EXPECT_EQ(value_of("'" + std::string(good) + "'"), good);
  }
  for (const auto* bad : {"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xED\xBF\xBF",
                          "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFE", "\xFF", "\xC3",
                          "\xE4\xB8", "\xE4\xB8x", "\xE4x\xAD", "\xF0\x9F\x98", "\xC3\xA9\xA9"}) {
    const std::string text = "\xE4\xB8\xAD" + std::string(bad);
    EXPECT_EQ(error_of("<a>" + text + "</a>"), ParseError::invalid_encoding) << text;
    EXPECT_EQ(error_of("<a b='" + text + "'/>"), ParseError::invalid_encoding) << text;
    EXPECT_EQ(error_of("<a><![CDATA[" + text + "]]></a>"), ParseError::invalid_encoding) << text;
    EXPECT_EQ(error_of("<a" + text + "/>"), ParseError::invalid_encoding) << text;
  }
}

TEST(WellFormed, CharactersThatXmlForbidsAreRefused) {
  for (char byte = 0; byte < 0x20; ++byte) {
    if (byte == '\t' || byte == '\n' || byte == '\r') continue;
    EXPECT_EQ(error_of("<a>0123456789abcdef" + std::string(1, byte) + "</a>"), ParseError::not_well_formed)
        << int(byte);
    EXPECT_EQ(error_of("<a b='" + std::string(1, byte) + "'/>"), ParseError::not_well_formed) << int(byte);
  }
  EXPECT_EQ(error_of("<a>\xEF\xBF\xBE</a>"), ParseError::not_well_formed);
  EXPECT_EQ(error_of("<a>\xEF\xBF\xBF</a>"), ParseError::not_well_formed);
}

// The scan looks at sixteen bytes at once: whatever the alignment, it must stop at the right one.
TEST(WellFormed, TextsOfEveryLengthAreFound) {
  for (std::size_t size = 1; size < 70; ++size) {
    const std::string text(size, 'x');
    EXPECT_EQ(text_of("<a>" + text + "</a>"), text);
    EXPECT_EQ(value_of("'" + text + "'"), text);
    EXPECT_EQ(text_of("<a>" + text + "&amp;" + text + "</a>"), text + "&" + text);
  }
}

}  // namespace
}  // namespace queqiao::xml
