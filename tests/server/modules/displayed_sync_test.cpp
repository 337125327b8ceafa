#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pep_fixture.h"

namespace queqiao::server::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string node = "urn:xmpp:mds:displayed:0";
const std::string marker = "<displayed xmlns='urn:xmpp:chat-markers:0' id='m1'/>";
const std::string own =
    "<displayed xmlns='urn:xmpp:mds:displayed:0'>"
    "<stanza-id xmlns='urn:xmpp:sid:0' by='juliet@localhost' id='0423'/></displayed>";

struct DisplayedSync : Pep {
  // Not archived: all that the sender waits for is that it is published.
  static std::string marked() {
    return "<message type='chat' id='m' to='romeo@localhost'>" + marker + own +
           "<no-store xmlns='urn:xmpp:hints'/></message>";
  }
  static TestClient& mark(TestClient& client, const std::string& displayed = own,
                          const std::string& to = "romeo@localhost") {
    return client.send("<message type='chat' id='m' to='" + to + "'>" + marker + displayed + "</message>");
  }
};

TEST_F(DisplayedSync, TheServerPublishesItAndTheOtherSideDoesNotSeeIt) {
  auto romeo = server.online("romeo@localhost/orchard");
  auto juliet = server.login("juliet@localhost/balcony");
  mark(juliet);
  EXPECT_THAT(romeo.received_text(), AllOf(HasSubstr("chat-markers"), Not(HasSubstr("mds")), Not(HasSubstr("0423"))));
  EXPECT_THAT(items(juliet, node), AllOf(HasSubstr("<item id='romeo@localhost'>"), HasSubstr("id='0423'")));
}

TEST_F(DisplayedSync, TheOtherDevicesOfTheSenderAreTold) {
  server.create_account("romeo");
  auto phone = server.login("juliet@localhost/phone");
  appear(phone, {node});
  phone.enable_carbons();
  auto juliet = server.login("juliet@localhost/balcony");
  phone.received();
  mark(juliet);
  const auto text = phone.received_text();
  EXPECT_THAT(text, HasSubstr("#event'><items node='" + node + "'><item id='romeo@localhost'>"));
  const auto copy = text.find("<sent xmlns='urn:xmpp:carbons:2'>");
  ASSERT_NE(copy, std::string::npos);
  const auto forwarded = text.substr(copy, text.find("</sent>") - copy);
  EXPECT_THAT(forwarded, AllOf(HasSubstr("chat-markers"), Not(HasSubstr("mds"))));
}

TEST_F(DisplayedSync, TheNodeIsPrivateAndKeepsOneItemForEachChat) {
  for (const char* name : {"romeo", "nurse"}) server.create_account(name);
  auto juliet = server.login("juliet@localhost/balcony");
  for (const char* to : {"romeo@localhost", "nurse@localhost", "romeo@localhost"}) mark(juliet, own, to);
  EXPECT_EQ(ids(items(juliet, node)), "nurse@localhostromeo@localhost");
  const auto configured = owner(juliet, "get", "<configure node='" + node + "'/>");
  EXPECT_THAT(configured, AllOf(HasSubstr("<value>whitelist</value>"), HasSubstr("<value>never</value>")));
}

TEST_F(DisplayedSync, APrivateNodeThatIsThereStaysAsItsOwnerWantsIt) {
  server.create_account("romeo");
  auto juliet = server.login("juliet@localhost/balcony");
  publish(juliet, node, "a", options({{"access_model", "whitelist"}, {"max_items", "2"}, {"title", "Seen"}}));
  mark(juliet);
  EXPECT_EQ(ids(items(juliet, node)), "aromeo@localhost");
  EXPECT_THAT(owner(juliet, "get", "<configure node='" + node + "'/>"), HasSubstr("<value>Seen</value>"));
}

TEST_F(DisplayedSync, NothingIsPublishedWhereOthersMayRead) {
  auto romeo = server.online("romeo@localhost/orchard");
  for (const std::string access : {"open", "presence", "roster"}) {
    auto juliet = server.login("juliet@localhost/balcony");
    publish(juliet, node, "a", options({{"access_model", access}, {"max_items", "2"}}));
    mark(juliet);
    EXPECT_EQ(ids(items(juliet, node)), "a") << access;
    EXPECT_THAT(romeo.received_text(), AllOf(HasSubstr("chat-markers"), Not(HasSubstr("mds")))) << access;
    owner(juliet, "set", "<delete node='" + node + "'/>");
  }
}

TEST_F(DisplayedSync, WhoMarksAndLeavesIsClosedWhenItIsPublished) {
  server.create_account("romeo");
  auto juliet = server.login("juliet@localhost/balcony");
  juliet.give(marked() + "</stream:stream>");
  EXPECT_FALSE(juliet.is_closed());
  server.run();
  EXPECT_TRUE(juliet.is_closed());
}

TEST_F(DisplayedSync, WhoMarksMuchIsReadAgainWhenItIsPublished) {
  server.config().uncommitted_stanzas = 2;
  server.create_account("romeo");
  auto juliet = server.login("juliet@localhost/balcony");
  juliet.give(marked() + marked() + marked());
  EXPECT_FALSE(juliet.is_read());
  server.run();
  EXPECT_TRUE(juliet.is_read());
}

TEST_F(DisplayedSync, WhatHasNoStanzaIdIsTakenOutAndNotPublished) {
  auto romeo = server.online("romeo@localhost/orchard");
  auto juliet = server.login("juliet@localhost/balcony");
  mark(juliet, "<displayed xmlns='" + node + "'/>");
  EXPECT_THAT(romeo.received_text(), AllOf(HasSubstr("chat-markers"), Not(HasSubstr("mds"))));
  EXPECT_THAT(items(juliet, node), HasSubstr("<item-not-found"));
}

TEST_F(DisplayedSync, TheAccountSaysThatItsServerHelps) {
  auto juliet = server.login("juliet@localhost/balcony");
  EXPECT_THAT(ask(juliet, "get", {}, "<query xmlns='http://jabber.org/protocol/disco#info'/>"),
              HasSubstr("var='urn:xmpp:mds:server-assist:0'"));
}

}  // namespace
}  // namespace queqiao::server::testing
