// However the network cuts a stream, its events and its first error are the same.
#include <gtest/gtest.h>

#include "tests/xml/stream_reader.h"
#include "xml/token_frame.h"

namespace queqiao::xml {
namespace {

const std::string header(client_header);

const std::string conversations[] = {
    header + "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>",
    header +
        "<message to='a@b' type=\"chat\"><body>1 &lt; 2 &#x4e2d;\r\n</body><active "
        "xmlns='http://jabber.org/protocol/chatstates'/></message>\n <presence/>\r\n</stream:stream >\n",
    header + "<message><body>金风玉露一相逢，便胜却人间无数 😀</body></message><message><body>é</body></message>",
    header +
        "<iq type='result' id='r'><query xmlns='jabber:iq:roster'><item jid='a@b' name='A &quot;B&quot;'>"
        "<group>Friends</group></item><item jid='c@d'/></query></iq>",
    header + "<a><![CDATA[<not/> ]] > ]]]><b>]]</b><![CDATA[]]></a>",
    header + "<stream:error><x:a xmlns:x='y' x:b='1' b='>'/></stream:error>",
    "<?xml version='1.0' encoding='UTF-8' ?>\n\n<s xmlns='x'>\n<a/></s>",
    "<s/>",
    // And what must be refused.
    header + "<message></iq>",
    header + "<message><body></message>",
    header + "<a b='&foo;'/>",
    header + "<a>&foo;</a>",
    header + "<a>]]></a>",
    header + "<a>\xED\xA0\x80</a>",
    header + "<a>\xE4\xB8</a>",
    header + "<a b='<'/>",
    header + "<a b='unfinished><b/>",
    header + "<a><![CDATX[]]></a>",
    header + "<a><!-- --></a>",
    header + "<!DOCTYPE a>",
    header + "<?xml version='1.0'?>",
    header + "<p:a/>",
    header + " text",
    header + "</stream>",
    header + "</stream:stream><a/>",
    "<?xml version='1.0' encoding='latin1'?><s>",
    "<?xml version='1.0'?><?xml version='1.0'?>",
    "<?xml-stylesheet?>",
    " <?xml version='1.0'?>",
    "<!DOCTYPE s>",
    "text",
    "<s ",
};

TEST(Cuts, TwoPiecesGiveTheSame) {
  for (const auto& input : conversations) {
    const auto whole = read_whole(input);
    for (std::size_t cut = 0; cut <= input.size(); ++cut) EXPECT_EQ(read_cut_at(input, cut), whole) << input << cut;
  }
}

TEST(Cuts, SmallPiecesGiveTheSame) {
  for (const auto& input : conversations) {
    const auto whole = read_whole(input);
    for (std::size_t size = 1; size < 20; ++size) EXPECT_EQ(read_in_pieces(input, size), whole) << input << size;
  }
}

TEST(Cuts, EveryBeginningGivesTheSameWholeOrInPieces) {
  for (const auto& input : conversations) {
    for (std::size_t size = 0; size <= input.size(); ++size) {
      const auto beginning = std::string_view(input).substr(0, size);
      EXPECT_EQ(read_in_pieces(beginning, 1), read_whole(beginning)) << beginning;
    }
  }
}

TEST(Cuts, LargePiecesBehindAPartialStanzaStayUnread) {
  std::string input = header + "<a>begun";
  std::string rest = " and done</a>";
  for (int i = 0; i < 1000; ++i) rest += "<b c='" + std::to_string(i) + "'/>";
  EXPECT_EQ(read_cut_at(input + rest, input.size()), read_whole(input + rest));
}

TEST(Cuts, OneDocumentServesManyParsers) {
  Parser first, second;
  Document document;
  const auto feed = [&document](Parser& parser, std::string_view input) {
    auto last = ParseEvent::need_more;
    for (auto event = last; (event = parser.parse(input, document)) != ParseEvent::need_more;) {
      last = event;
      if (event == ParseEvent::failed) break;
    }
    return last;
  };
  feed(first, header + "<a xmlns:p='1'><p:b>");
  feed(second, header + "<c xmlns:p='2'><p:d>");
  std::string_view end_of_first = "</p:b></a>", end_of_second = "</p:d></c>";
  ASSERT_EQ(first.parse(end_of_first, document), ParseEvent::element);
  EXPECT_TRUE(document.root().child("b", "1"));
  ASSERT_EQ(second.parse(end_of_second, document), ParseEvent::element);
  EXPECT_TRUE(document.root().child("d", "2"));
}

// Work is counted, not timed: a frame that remembers where it stopped never goes back.
TEST(Cuts, ATokenInSingleBytesIsScannedOnce) {
  const std::string open = "<a b='", bytes = open + std::string(200'000, 'x') + "'>";
  TokenFrame frame;
  std::string arrived;
  for (const char byte : bytes) {
    arrived.push_back(byte);
    // What was seen may be overwritten: if it were read again, this would end the token.
    const auto end = frame.find_end(arrived, 0);
    ASSERT_EQ(end.has_value(), arrived.size() == bytes.size());
    if (arrived.size() > 2 && !end) arrived.back() = '<';
  }
}

}  // namespace
}  // namespace queqiao::xml
