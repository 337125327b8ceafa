#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../test_server.h"
#include "server/shard.h"

namespace queqiao::server::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

struct ClientStateTest : ::testing::Test {
  TestServer server{{"archive", "csi", "ping"}};
  TestClient juliet = server.login("juliet@localhost/balcony");
  TestClient romeo = server.login("romeo@localhost/orchard");

  void show(std::string_view from, std::string_view content, std::string_view type = {}) {
    const auto jid = *xmpp::Jid::parse(from);
    std::string stanza;
    xmpp::write_stanza_start(stanza, "presence", from, juliet.jid(), type, {});
    stanza.append(">").append(content).append("</presence>");
    auto& shards = server.shards();
    shards.at(shards.home_of("juliet"))
        .router()
        .route_to_session(*xmpp::Jid::parse(juliet.jid()), stanza, xmpp::StanzaKind::presence);
  }
  void type() {
    romeo.send(
        "<message to='juliet@localhost/balcony' type='chat'>"
        "<composing xmlns='http://jabber.org/protocol/chatstates'/></message>");
  }
};

}  // namespace

TEST_F(ClientStateTest, IsOfferedAfterLogin) {
  TestClient client(server);
  client.open().authenticate("juliet", "secret").open();
  EXPECT_THAT(client.received_text(), HasSubstr("<csi xmlns='urn:xmpp:csi:0'/>"));
}

TEST_F(ClientStateTest, AnActiveClientGetsEverythingAtOnce) {
  show("romeo@localhost/orchard", "");
  type();
  EXPECT_EQ(juliet.received().size(), 2u);
}

TEST_F(ClientStateTest, AnInactiveClientGetsTheLatestOfEachSenderWhenItIsActiveAgain) {
  juliet.send("<inactive xmlns='urn:xmpp:csi:0'/>");
  show("romeo@localhost/orchard", "<show>away</show>");
  show("nurse@localhost/house", "");
  show("romeo@localhost/orchard", "<show>dnd</show>");
  type();
  EXPECT_EQ(juliet.received_text(), "");
  juliet.send(
      "<active xmlns='urn:xmpp:csi:0'/><iq type='get' id='1' to='localhost'><ping xmlns='urn:xmpp:ping'/></iq>");
  const auto got = juliet.received();
  ASSERT_EQ(got.size(), 4u);
  EXPECT_EQ(got[3].element().name(), "iq") << "what waited comes first";
  EXPECT_THAT(got[1].text(), HasSubstr("dnd"));
}

TEST_F(ClientStateTest, AMessageComesAtOnceAndBehindWhatWaited) {
  juliet.send("<inactive xmlns='urn:xmpp:csi:0'/>");
  show("romeo@localhost/orchard", "");
  romeo.send("<message to='juliet@localhost/balcony' type='chat'><body>hi</body></message>");
  const auto got = juliet.received();
  ASSERT_EQ(got.size(), 2u);
  EXPECT_EQ(got[0].element().name(), "presence");
  show("romeo@localhost/orchard", "");
  EXPECT_EQ(juliet.received().size(), 0u) << "still inactive";
}

TEST_F(ClientStateTest, ARequestForSubscriptionDoesNotWait) {
  juliet.send("<inactive xmlns='urn:xmpp:csi:0'/>");
  show("romeo@localhost", "", "subscribe");
  EXPECT_EQ(juliet.received().size(), 1u);
}

TEST_F(ClientStateTest, LargePresencesWaitOnlyUpToABound) {
  juliet.received();
  juliet.send("<inactive xmlns='urn:xmpp:csi:0'/>");
  const std::string status = "<status>" + std::string(60'000, 'x') + "</status>";
  for (int i = 0; i < 8; ++i) show("romeo@localhost/" + std::to_string(i), status);
  server.run();
  EXPECT_EQ(juliet.received().size(), 5u);
}

TEST_F(ClientStateTest, WhatWaitsIsBounded) {
  server.config().held_stanzas = 3;
  juliet.send("<inactive xmlns='urn:xmpp:csi:0'/>");
  for (int i = 0; i < 3; ++i) show("friend" + std::to_string(i) + "@localhost/x", "");
  EXPECT_EQ(juliet.received().size(), 3u);
}

}  // namespace queqiao::server::testing
