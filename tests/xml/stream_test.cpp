// What may stand where in a stream: RFC 6120 4 and 11.
#include <gtest/gtest.h>

#include "tests/xml/stream_reader.h"

namespace queqiao::xml {
namespace {

ParseError error_of(std::string_view input) {
  return read_whole(input).error;
}
ParseError error_in_stream(std::string_view input) {
  return error_of(std::string(client_header) + std::string(input));
}

TEST(Stream, GivesItsHeaderItsElementsAndItsEnd) {
  StreamReader reader;
  ASSERT_TRUE(reader.feed(client_header));
  ASSERT_EQ(reader.transcript().events.size(), 1u);
  reader.feed("<presence/><iq id='1'></iq></stream:stream>");
  ASSERT_EQ(reader.transcript().events.size(), 4u);
  EXPECT_EQ(reader.transcript().events.back(), "closed");
}

TEST(Stream, HeaderHasItsNamespaceAndAttributes) {
  Parser parser;
  Document document;
  auto input = client_header;
  ASSERT_EQ(parser.parse(input, document), ParseEvent::stream_opened);
  const auto header = document.root();
  EXPECT_TRUE(header.is("stream", "http://etherx.jabber.org/streams"));
  EXPECT_EQ(header.attribute("to"), "montague.lit");
  EXPECT_EQ(header.node().attribute_count, 2u);
  EXPECT_FALSE(header.first_child());
}

TEST(Stream, OneCallReadsOneEventAndShortensTheInput) {
  Parser parser;
  Document document;
  const auto text = std::string(client_header) + "<a/> <b/>";
  std::string_view input = text;
  EXPECT_EQ(parser.parse(input, document), ParseEvent::stream_opened);
  EXPECT_EQ(input, "<a/> <b/>");
  EXPECT_EQ(parser.parse(input, document), ParseEvent::element);
  EXPECT_EQ(document.root().name(), "a");
  EXPECT_EQ(input, " <b/>");
  EXPECT_EQ(parser.parse(input, document), ParseEvent::element);
  EXPECT_EQ(parser.parse(input, document), ParseEvent::need_more);
  EXPECT_TRUE(input.empty());
}

TEST(Stream, IgnoresWhiteSpaceBetweenStanzas) {
  const auto transcript = read_whole(std::string(client_header) + "\n \t\r\n<a/>\n\n\n<b/> </stream:stream>\n");
  EXPECT_EQ(transcript.error, ParseError::none);
  EXPECT_EQ(transcript.events.size(), 4u);
}

TEST(Stream, RefusesOtherTextBetweenStanzas) {
  EXPECT_EQ(error_in_stream("x"), ParseError::not_well_formed);
  EXPECT_EQ(error_in_stream("<a/> &amp;"), ParseError::not_well_formed);
  EXPECT_EQ(error_of("x"), ParseError::not_well_formed);
}

TEST(Stream, TakesAnXmlDeclarationAtItsBeginningOnly) {
  EXPECT_EQ(error_of("<?xml version='1.0'?>\n<stream>"), ParseError::none);
  EXPECT_EQ(error_of("<stream>"), ParseError::none);
  EXPECT_EQ(error_of(" <?xml version='1.0'?><stream>"), ParseError::restricted_xml);
  EXPECT_EQ(error_of("<?xml version='1.0'?><?xml version='1.0'?><stream>"), ParseError::restricted_xml);
  EXPECT_EQ(error_in_stream("<?xml version='1.0'?>"), ParseError::restricted_xml);
}

TEST(Stream, TakesVersion1OfXmlOnly) {
  EXPECT_EQ(error_of("<?xml version=\"1.1\"?><s>"), ParseError::none);
  for (const auto* declaration :
       {"<?xml?>", "<?xml ?>", "<?xml version='2.0'?>", "<?xml version='1.'?>", "<?xml version='1.0'>",
        "<?xml version='1.0\"?>", "<?xml version='>'?>", "<?xml encoding='utf-8'?>",
        "<?xml version='1.0'encoding='utf-8'?>", "<?xml version='1.0' x='y'?>",
        "<?xml version='1.0' standalone='maybe'?>", "<?xml version='1.0' encoding=''?>"}) {
    EXPECT_EQ(error_of(declaration), ParseError::not_well_formed) << declaration;
  }
}

TEST(Stream, TakesUtf8Only) {
  EXPECT_EQ(error_of("<?xml version='1.0' encoding='utf-8'?><s>"), ParseError::none);
  EXPECT_EQ(error_of("<?xml version='1.0' encoding = \"UTF-8\" standalone='yes' ?><s>"), ParseError::none);
  EXPECT_EQ(error_of("<?xml version='1.0' encoding='UTF-16'?><s>"), ParseError::unsupported_encoding);
  EXPECT_EQ(error_of("<?xml version='1.0' encoding='iso-8859-1'?><s>"), ParseError::unsupported_encoding);
}

// RFC 6120 11.6: U+FEFF is not a byte order mark, so it is text before the root.
TEST(Stream, TakesNoByteOrderMark) {
  EXPECT_EQ(error_of("\xEF\xBB\xBF<s>"), ParseError::not_well_formed);
}

// RFC 6120 11.1.
TEST(Stream, RefusesRestrictedXml) {
  for (const auto* input :
       {"<!-- a comment -->", "<!DOCTYPE a>", "<?php x ?>", "<a><!-- a comment --></a>", "<a><?b?></a>",
        "<a><!DOCTYPE b></a>", "<a>&nbsp;</a>", "<a b='&nbsp;'/>", "<![CDATA[x]]>"}) {
    EXPECT_EQ(error_in_stream(input), ParseError::restricted_xml) << input;
  }
  EXPECT_EQ(error_of("<!DOCTYPE s [<!ENTITY a 'b'>]><s>"), ParseError::restricted_xml);
  EXPECT_EQ(error_of("<?xml-stylesheet href='a'?><s>"), ParseError::restricted_xml);
  EXPECT_EQ(error_of("<?xmlx 'unfinished?>"), ParseError::restricted_xml);
}

TEST(Stream, MustEndWithTheNameOfItsHeader) {
  EXPECT_EQ(error_in_stream("</stream:stream>"), ParseError::none);
  EXPECT_EQ(error_in_stream("</stream:stream \n>"), ParseError::none);
  EXPECT_EQ(error_in_stream("</stream>"), ParseError::not_well_formed);
  EXPECT_EQ(error_in_stream("</stream:streams>"), ParseError::not_well_formed);
  EXPECT_EQ(error_in_stream("</stream:stream a='b'>"), ParseError::not_well_formed);
  EXPECT_EQ(error_of("</stream:stream>"), ParseError::not_well_formed);
}

TEST(Stream, HasNothingAfterItsEnd) {
  EXPECT_EQ(error_in_stream("</stream:stream><a/>"), ParseError::not_well_formed);
  EXPECT_EQ(error_in_stream("</stream:stream>x"), ParseError::not_well_formed);
}

TEST(Stream, MayBeEmpty) {
  const auto transcript = read_whole("<s/>");
  ASSERT_EQ(transcript.events.size(), 2u);
  EXPECT_EQ(transcript.events[1], "closed");
  EXPECT_EQ(read_in_pieces("<s/>", 1), transcript);
}

TEST(Stream, StaysFailed) {
  StreamReader reader;
  EXPECT_FALSE(reader.feed("<a></b>"));
  EXPECT_FALSE(reader.feed("<a>"));
  EXPECT_EQ(reader.parser().error(), ParseError::not_well_formed);
}

// RFC 6120 4.3.3: after STARTTLS and SASL a new stream begins on the same connection.
TEST(Stream, StartsOverAfterRestart) {
  StreamReader reader;
  ASSERT_TRUE(reader.feed(std::string(client_header) + "<auth/><partial"));
  reader.parser().restart();
  EXPECT_EQ(reader.parser().buffered_bytes(), 0u);
  EXPECT_TRUE(reader.feed(std::string(client_header) + "<iq/>"));
  EXPECT_EQ(reader.transcript().events.size(), 4u);
}

TEST(Stream, IsRefusedAtTheFirstTokenThatIsWrong) {
  EXPECT_EQ(error_in_stream("<message></iq>"), ParseError::not_well_formed);
  EXPECT_EQ(error_in_stream("<message><body></message>"), ParseError::not_well_formed);
  EXPECT_EQ(error_in_stream("<message to='forgotten><body>"), ParseError::not_well_formed);
  EXPECT_EQ(error_in_stream("<!"), ParseError::restricted_xml);
}

}  // namespace
}  // namespace queqiao::xml
