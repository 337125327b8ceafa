#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../test_server.h"
#include "xmpp/namespaces.h"

namespace queqiao::server::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// Nobody broadcasts presence: messages go to full JIDs, and copies to whoever asked for them.
struct CarbonsTest : ::testing::Test {
  TestServer server{std::initializer_list<std::string_view>{"archive", "carbons"}};
  TestClient phone = server.login("juliet@localhost/phone");
  TestClient desk = server.login("juliet@localhost/desk");
  TestClient romeo = server.login("romeo@localhost/orchard");

  void SetUp() override {
    phone.enable_carbons().received();
    romeo.enable_carbons().received();
  }
  static std::string to_desk(std::string_view content, std::string_view type = "chat") {
    return "<message to='juliet@localhost/desk' type='" + std::string(type) + "'>" + std::string(content) +
           "</message>";
  }
};

}  // namespace

TEST_F(CarbonsTest, AReceivedMessageReachesTheOtherResourceAsACopy) {
  romeo.send(to_desk("<body>hi</body>"));
  EXPECT_EQ(desk.received().size(), 1u);
  const auto copies = phone.received();
  ASSERT_EQ(copies.size(), 1u);
  const auto outer = copies[0].element();
  EXPECT_EQ(outer.attribute("from"), "juliet@localhost");
  EXPECT_EQ(outer.attribute("to"), "juliet@localhost/phone");
  EXPECT_EQ(outer.attribute("type"), "chat");
  const auto inner = outer.child("received", xmpp::ns::carbons)
                         .child("forwarded", xmpp::ns::forward)
                         .child("message", xmpp::ns::client);
  EXPECT_EQ(inner.attribute("to"), "juliet@localhost/desk");
  EXPECT_EQ(inner.child("body").text(), "hi");
  EXPECT_EQ(inner.child("stanza-id", xmpp::ns::stanza_ids).attribute("by"), "juliet@localhost");
}

TEST_F(CarbonsTest, ASentMessageReachesTheSendersOtherResources) {
  desk.send("<message to='romeo@localhost/orchard' type='chat'><body>hi</body></message>");
  const auto copies = phone.received();
  ASSERT_EQ(copies.size(), 1u);
  const auto inner = copies[0]
                         .element()
                         .child("sent", xmpp::ns::carbons)
                         .child("forwarded", xmpp::ns::forward)
                         .child("message", xmpp::ns::client);
  EXPECT_EQ(inner.attribute("from"), "juliet@localhost/desk");
  EXPECT_EQ(inner.child("stanza-id", xmpp::ns::stanza_ids).attribute("by"), "juliet@localhost");
  EXPECT_EQ(romeo.received().size(), 1u) << "no copy for whom the message itself has reached";
  phone.send("<message to='romeo@localhost/orchard' type='chat'><body>hi</body></message>");
  EXPECT_TRUE(phone.received().empty()) << "nor for the sender";
}

TEST_F(CarbonsTest, WhatIsNotAskedForOrNoLongerIsNotCopied) {
  desk.received();
  phone.send("<message to='romeo@localhost/orchard' type='chat'><body>hi</body></message>");
  EXPECT_TRUE(desk.received().empty());
  phone.send("<iq type='set' id='1'><disable xmlns='urn:xmpp:carbons:2'/></iq>");
  EXPECT_THAT(phone.received_text(), HasSubstr("type='result'"));
  romeo.send(to_desk("<body>hi</body>"));
  EXPECT_TRUE(phone.received().empty());
}

TEST_F(CarbonsTest, OnlyMessagesOfConversationsAreCopied) {
  romeo.send(to_desk("<body>news</body>", "headline"));
  romeo.send(to_desk("<body>room</body>", "groupchat"));
  romeo.send(to_desk("<x xmlns='urn:example'/>", "normal"));
  romeo.send(to_desk("<body>oh</body>", "error"));
  EXPECT_TRUE(phone.received().empty());
  romeo.send(to_desk("<body>mail</body>", "normal"));
  romeo.send(to_desk("<received xmlns='urn:xmpp:receipts' id='1'/>", "normal"));
  romeo.send(to_desk("<composing xmlns='http://jabber.org/protocol/chatstates'/>"));
  EXPECT_EQ(phone.received().size(), 3u);
}

TEST_F(CarbonsTest, APrivateMessageIsNotCopied) {
  romeo.send(to_desk("<body>x</body><private xmlns='urn:xmpp:carbons:2'/>"));
  romeo.send(to_desk("<body>x</body><no-copy xmlns='urn:xmpp:hints'/>"));
  desk.send(
      "<message to='romeo@localhost/orchard' type='chat'><body>x</body><private "
      "xmlns='urn:xmpp:carbons:2'/></message>");
  EXPECT_TRUE(phone.received().empty());
}

TEST_F(CarbonsTest, CopiesAreNeitherArchivedNorCopied) {
  romeo.send(to_desk("<body>once</body>"));
  phone.received();
  phone.send("<iq type='set' id='q'><query xmlns='urn:xmpp:mam:2'/></iq>");
  EXPECT_EQ(phone.received().size(), 2u) << "the message and the end";
}

TEST_F(CarbonsTest, NobodyEnablesThemForAnother) {
  romeo.send("<iq type='set' to='juliet@localhost' id='1'><enable xmlns='urn:xmpp:carbons:2'/></iq>");
  EXPECT_THAT(romeo.received_text(), HasSubstr("<not-allowed"));
}

}  // namespace queqiao::server::testing
