#include "xmpp/stream/server_stream.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/encoding.h"

namespace queqiao::xmpp {
namespace {

using Kind = StreamEvent::Kind;

constexpr std::string_view header =
    "<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' "
    "to='capulet.lit' version='1.0'>";

std::string plain(std::string_view user) {
  std::string message(1, '\0');
  message.append(user).append(1, '\0').append("secret");
  return "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>" + base64_encode(message) + "</auth>";
}

class ServerStreamTest : public testing::Test {
 protected:
  // Everything that happens until the stream waits, with `bytes` given in one piece.
  std::vector<Kind> feed(ServerStream& stream, std::string_view bytes) {
    std::vector<Kind> kinds;
    stream.receive(bytes);
    for (auto event = stream.next_event(document_); event.kind != Kind::none; event = stream.next_event(document_)) {
      kinds.push_back(event.kind);
    }
    stream.keep_unread();
    return kinds;
  }
  std::vector<Kind> log_in(ServerStream& stream) {
    feed(stream, std::string(header) + plain("juliet"));
    stream.checked(true);
    stream.take_output();
    return feed(stream, header);
  }

  ServerStreamRules rules_{.domain = "capulet.lit"};
  xml::Document document_;
};

TEST_F(ServerStreamTest, AStreamThatHasEndedKeepsNothing) {
  rules_.login_attempts = 1;
  ServerStream stream(rules_, true);
  feed(stream, std::string(header) + plain("juliet"));
  stream.checked(false);
  EXPECT_TRUE(stream.has_ended());
  feed(stream, "<and><so><on>");
  EXPECT_FALSE(stream.has_unread());
}

TEST_F(ServerStreamTest, WhatComesWhileTheServerIsBusyIsReadOnceAndInOrder) {
  ServerStream stream(rules_, true);
  const std::string bind = "<iq type='set' id='b'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>";
  // All at once, as a client that waits for nothing does.
  EXPECT_EQ(feed(stream, std::string(header) + plain("juliet") + std::string(header) + bind + "<presence/>"),
            std::vector{Kind::check_password});
  EXPECT_EQ(feed(stream, "<message/>"), std::vector<Kind>{});
  stream.checked(true);
  EXPECT_EQ(feed(stream, "<iq/>"), std::vector{Kind::bind});
  stream.bound(*Jid::parse("juliet@capulet.lit/balcony"));
  EXPECT_EQ(feed(stream, "<presence/>"), (std::vector{Kind::stanza, Kind::stanza, Kind::stanza, Kind::stanza}));
  EXPECT_EQ(feed(stream, ""), std::vector<Kind>{});
}

TEST_F(ServerStreamTest, NothingIsOfferedInTheClearButTls) {
  ServerStream stream(rules_, false);
  feed(stream, header);
  const auto output = stream.take_output();
  EXPECT_NE(output.find("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls>"), std::string::npos);
  EXPECT_EQ(output.find("mechanism"), std::string::npos);
  feed(stream, plain("juliet"));
  EXPECT_NE(stream.take_output().find("<encryption-required/>"), std::string::npos);
}

TEST_F(ServerStreamTest, BytesBehindStarttlsEndTheStream) {
  ServerStream stream(rules_, false);
  EXPECT_EQ(feed(stream, std::string(header) + "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/><presence/>"),
            std::vector{Kind::failed});
  EXPECT_NE(stream.take_output().find("policy-violation"), std::string::npos);
}

TEST_F(ServerStreamTest, PlusIsNotTakenWhereItWasNotOffered) {
  ServerStream stream(rules_, true);
  feed(stream, std::string(header) +
                   "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='SCRAM-SHA-256-PLUS'>biws</auth>"
                   "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='ANONYMOUS'/>");
  const auto output = stream.take_output();
  const auto first = output.find("<invalid-mechanism/>");
  ASSERT_NE(first, std::string::npos);
  EXPECT_NE(output.find("<invalid-mechanism/>", first + 1), std::string::npos);
}

TEST_F(ServerStreamTest, TooManyWrongPasswordsEndTheStream) {
  ServerStream stream(rules_, true);
  feed(stream, header);
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(feed(stream, plain("juliet")), std::vector{Kind::check_password});
    stream.checked(false);
  }
  EXPECT_NE(stream.take_output().find("policy-violation"), std::string::npos);
  EXPECT_EQ(feed(stream, plain("juliet")), std::vector<Kind>{});
}

TEST_F(ServerStreamTest, AnotherHostIsUnknownHere) {
  ServerStream stream(rules_, true);
  EXPECT_EQ(feed(stream, "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' "
                         "to='montague.lit' version='1.0'>"),
            std::vector{Kind::failed});
  const auto output = stream.take_output();
  EXPECT_EQ(output.find("<?xml version='1.0'?><stream:stream "), 0u);
  EXPECT_NE(output.find("<host-unknown xmlns='urn:ietf:params:xml:ns:xmpp-streams'/>"), std::string::npos);
}

TEST_F(ServerStreamTest, StreamsOfOtherNamespacesAreRefused) {
  const auto answer = [this](std::string_view attributes) {
    ServerStream stream(rules_, true);
    feed(stream, "<stream:stream to='capulet.lit' version='1.0' " + std::string(attributes) + ">");
    return stream.take_output();
  };
  const std::string streams = " xmlns:stream='http://etherx.jabber.org/streams'";
  EXPECT_NE(answer("xmlns='jabber:server'" + streams).find("<invalid-namespace"), std::string::npos);
  EXPECT_NE(answer("xmlns='jabber:component:accept'" + streams).find("<invalid-namespace"), std::string::npos);
  EXPECT_NE(answer("xmlns='jabber:client' xmlns:stream='urn:other'").find("<invalid-namespace"), std::string::npos);
  EXPECT_NE(answer("xmlns='jabber:client'" + streams).find("<stream:features>"), std::string::npos);
  EXPECT_NE(answer(streams).find("<stream:features>"), std::string::npos) << "RFC 6120 4.8.5 leaves it to stanzas";
}

TEST_F(ServerStreamTest, VersionsAreTwoNumbers) {
  const auto answer = [this](std::string_view version) {
    ServerStream stream(rules_, true);
    feed(stream,
         "<stream:stream to='capulet.lit' xmlns='jabber:client' "
         "xmlns:stream='http://etherx.jabber.org/streams' " +
             std::string(version) + ">");
    return stream.take_output();
  };
  for (const auto* good : {"version='1.0'", "version='01.00'", "version='1.9'", "version='2.0'", "version='10.1'"}) {
    const auto text = answer(good);
    EXPECT_NE(text.find("version='1.0' xml:lang"), std::string::npos) << good;
    EXPECT_NE(text.find("<stream:features>"), std::string::npos) << good;
  }
  for (const auto* bad : {"", "version='0.9'", "version='00.9'", "version='one'", "version='1'", "version='.1'"}) {
    EXPECT_NE(answer(bad).find("<unsupported-version"), std::string::npos) << bad;
  }
}

TEST_F(ServerStreamTest, EveryFaultHasItsStreamError) {
  const std::string text(header);
  const std::pair<std::string, std::string_view> faults[] = {
      {"<foo/>", "bad-format"},
      {"<?xml version='1.0' encoding='UTF-16'?>", "unsupported-encoding"},
      {text + "<!-- comment -->", "restricted-xml"},
      {text + "<?target data?>", "restricted-xml"},
      {text + "<!DOCTYPE a>", "restricted-xml"},
      {text + "<a>&other;</a>", "restricted-xml"},
      {text + "<a></b>", "not-well-formed"},
      {text + "stray text", "not-well-formed"},
      {text + "<p:a/>", "bad-namespace-prefix"},
      {text + "<message/>", "not-authorized"},
      {text + "<iq type='get' id='1'><query xmlns='jabber:iq:roster'/></iq>", "not-authorized"},
      {text + "<a xmlns='urn:other'/>", "unsupported-stanza-type"},
  };
  for (const auto& [input, condition] : faults) {
    ServerStream stream(rules_, true);
    EXPECT_EQ(feed(stream, input), std::vector{Kind::failed}) << input;
    const auto output = stream.take_output();
    const auto error = "<stream:error><" + std::string(condition) + " xmlns='urn:ietf:params:xml:ns:xmpp-streams'/>";
    EXPECT_NE(output.find(error), std::string::npos) << input << " gave " << output;
    EXPECT_EQ(output.find("<?xml version='1.0'?><stream:stream "), 0u) << input;
    EXPECT_TRUE(output.ends_with("</stream:error></stream:stream>")) << output;
  }
}

TEST_F(ServerStreamTest, OurEndOfTheStreamComesWhenTheCallerSays) {
  ServerStream stream(rules_, true);
  feed(stream, header);
  stream.take_output();
  EXPECT_EQ(feed(stream, "</stream:stream>"), std::vector{Kind::closed});
  EXPECT_EQ(stream.take_output(), "");
  EXPECT_EQ(feed(stream, "<more/>"), std::vector<Kind>{});
  stream.close();
  EXPECT_EQ(stream.take_output(), "</stream:stream>");
}

TEST_F(ServerStreamTest, WhoMayNotTryIsToldToComeBack) {
  ServerStream stream(rules_, true);
  feed(stream, std::string(header) + plain("juliet"));
  stream.take_output();
  stream.refuse_login();
  EXPECT_NE(stream.take_output().find("<temporary-auth-failure/>"), std::string::npos);
  EXPECT_EQ(stream.failed_logins(), 0u);
  EXPECT_EQ(feed(stream, plain("juliet")), std::vector{Kind::check_password});
  stream.checked(false);
  EXPECT_EQ(stream.failed_logins(), 1u);
}

TEST_F(ServerStreamTest, StanzasBeforeTheirTimeEndTheStream) {
  ServerStream before_login(rules_, true);
  EXPECT_EQ(feed(before_login, std::string(header) + "<message/>"), std::vector{Kind::failed});
  EXPECT_NE(before_login.take_output().find("not-authorized"), std::string::npos);
  ServerStream before_bind(rules_, true);
  log_in(before_bind);
  EXPECT_EQ(feed(before_bind, "<presence/>"), std::vector{Kind::failed});
}

TEST_F(ServerStreamTest, ARefusedBindMayBeTriedAgain) {
  ServerStream stream(rules_, true);
  log_in(stream);
  const std::string bind = "<iq type='set' id='b'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>x</resource></bind></iq>";
  EXPECT_EQ(feed(stream, bind), std::vector{Kind::bind});
  stream.refuse_bind(StanzaError::of(StanzaCondition::conflict));
  EXPECT_NE(stream.take_output().find("<conflict"), std::string::npos);
  EXPECT_EQ(feed(stream, bind), std::vector{Kind::bind});
}

}  // namespace
}  // namespace queqiao::xmpp
