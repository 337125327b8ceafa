#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../test_server.h"
#include "server/shard.h"

namespace queqiao::server::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// A friendship is made in the store: what led to them is tested with subscriptions.
void befriend(TestServer& server, const std::string& a, const std::string& b,
              storage::Subscription subscription = storage::Subscription::both) {
  server.create_account(a);
  storage::RosterItem item;
  item.jid = b + "@localhost";
  item.subscription = subscription;
  server.store().put_roster_item(a, item, {});
  server.run();
}

struct PresenceRules : ::testing::Test {
  TestServer server{{"presence"}};
};

struct PresenceOfFriends : PresenceRules {
  PresenceOfFriends() {
    befriend(server, "juliet", "mercutio");
    befriend(server, "mercutio", "juliet");
  }
};

TEST_F(PresenceOfFriends, InitialPresenceGoesToContactsAndTheirsComesBack) {
  auto mercutio = server.online("mercutio@localhost/orchard");
  auto juliet = server.login("juliet@localhost/balcony");
  juliet.send("<presence><show>away</show></presence>");
  EXPECT_THAT(mercutio.received_text(), HasSubstr("from='juliet@localhost/balcony'><show>away</show>"));
  const auto text = juliet.received_text();
  EXPECT_THAT(text, HasSubstr("from='mercutio@localhost/orchard'"));
  EXPECT_THAT(text, HasSubstr("to='juliet@localhost/balcony' from='juliet@localhost/balcony'"));  // RFC 6121 4.2.2
}

TEST_F(PresenceOfFriends, AnUpdateIsBroadcastButProbesNobody) {
  auto mercutio = server.online("mercutio@localhost/orchard");
  auto juliet = server.online("juliet@localhost/balcony");
  mercutio.received();
  juliet.send("<presence><show>dnd</show></presence>");
  EXPECT_THAT(mercutio.received_text(), HasSubstr("<show>dnd</show>"));
  EXPECT_EQ(juliet.received().size(), 1u);  // her own
}

TEST_F(PresenceOfFriends, UnavailableIsBroadcastOnce) {
  auto mercutio = server.online("mercutio@localhost/orchard");
  auto juliet = server.online("juliet@localhost/balcony");
  mercutio.received();
  juliet.send("<presence type='unavailable'><status>bye</status></presence>");
  EXPECT_THAT(mercutio.received_text(), HasSubstr("type='unavailable'><status>bye</status>"));
  juliet.send("</stream:stream>");
  EXPECT_THAT(mercutio.received(), IsEmpty());
}

TEST_F(PresenceOfFriends, ALostConnectionMakesUnavailable) {
  auto mercutio = server.online("mercutio@localhost/orchard");
  auto juliet = server.online("juliet@localhost/balcony");
  mercutio.received();
  juliet.break_connection();
  EXPECT_THAT(mercutio.received_text(), HasSubstr("from='juliet@localhost/balcony'"));
}

TEST_F(PresenceOfFriends, AProbeOfSomebodyAwayIsAnsweredWithUnavailable) {
  server.login("mercutio@localhost/orchard").available().send("</stream:stream>");
  auto juliet = server.login("juliet@localhost/balcony");
  juliet.send("<presence/>");
  const auto text = juliet.received_text();
  EXPECT_THAT(text, HasSubstr("from='mercutio@localhost' to='juliet@localhost/balcony' type='unavailable'>"));
  EXPECT_THAT(text, HasSubstr("<delay xmlns='urn:xmpp:delay'"));
}

TEST_F(PresenceOfFriends, OneWhoIsNotAvailableGetsNoPresence) {
  auto mercutio = server.login("mercutio@localhost/orchard");
  auto juliet = server.online("juliet@localhost/balcony");
  EXPECT_THAT(mercutio.received(), IsEmpty());
}

TEST_F(PresenceRules, OwnResourcesSeeEachOther) {
  auto phone = server.online("juliet@localhost/phone");
  auto desk = server.login("juliet@localhost/desk");
  desk.send("<presence/>");
  EXPECT_THAT(phone.received_text(), HasSubstr("from='juliet@localhost/desk'"));
  EXPECT_THAT(desk.received_text(), HasSubstr("from='juliet@localhost/phone'"));
  desk.send("<presence type='unavailable'/>");
  EXPECT_THAT(phone.received_text(), HasSubstr("type='unavailable'"));
}

TEST_F(PresenceRules, SubscriptionsAreOneWay) {
  befriend(server, "juliet", "mercutio", storage::Subscription::to);
  befriend(server, "mercutio", "juliet", storage::Subscription::from);
  auto mercutio = server.online("mercutio@localhost/orchard");
  auto juliet = server.login("juliet@localhost/balcony");
  juliet.send("<presence/>");
  EXPECT_THAT(mercutio.received(), IsEmpty());
  EXPECT_THAT(juliet.received_text(), HasSubstr("from='mercutio@localhost/orchard'"));
}

TEST_F(PresenceRules, PriorityIsMinus128To127) {
  auto juliet = server.login("juliet@localhost/balcony");
  for (const auto* bad : {"128", "-129", "x", ""}) {
    juliet.send("<presence><priority>" + std::string(bad) + "</priority></presence>");
    EXPECT_THAT(juliet.received_text(), HasSubstr("<bad-request")) << bad;
  }
  juliet.send("<presence><priority>-128</priority></presence>");
  EXPECT_THAT(juliet.received_text(), Not(HasSubstr("error")));
}

TEST_F(PresenceRules, DirectedPresenceIsTakenBackAtTheEnd) {
  auto mercutio = server.online("mercutio@localhost/orchard");
  auto juliet = server.online("juliet@localhost/balcony");
  juliet.send("<presence to='mercutio@localhost'/>");
  EXPECT_EQ(mercutio.received().size(), 1u);
  juliet.send("<presence><show>away</show></presence>");  // RFC 6121 4.6.3: updates are not for him
  EXPECT_THAT(mercutio.received(), IsEmpty());
  juliet.send("</stream:stream>");
  EXPECT_THAT(mercutio.received_text(), HasSubstr("type='unavailable'"));
}

TEST_F(PresenceRules, DirectedUnavailableEndsIt) {
  auto mercutio = server.online("mercutio@localhost/orchard");
  auto juliet = server.online("juliet@localhost/balcony");
  juliet.send("<presence to='mercutio@localhost'/><presence to='mercutio@localhost' type='unavailable'/>");
  EXPECT_EQ(mercutio.received().size(), 2u);
  juliet.send("</stream:stream>");
  EXPECT_THAT(mercutio.received(), IsEmpty());
}

TEST_F(PresenceRules, WhatGoesToAllContactsIsNotLong) {
  auto juliet = server.online("juliet@localhost/balcony");
  const std::string status(20'000, 'x');
  EXPECT_THAT(juliet.send("<presence><status>" + status + "</status></presence>").received_text(),
              HasSubstr("<policy-violation"));
  EXPECT_THAT(juliet.send("<presence><status>short</status></presence>").received_text(), HasSubstr("short"));
  EXPECT_THAT(juliet.send("<presence type='unavailable'><status>" + status + "</status></presence>").received_text(),
              HasSubstr("<policy-violation"));
}

TEST_F(PresenceRules, AStrangersProbeTellsNothing) {
  auto mercutio = server.online("mercutio@localhost/orchard");
  auto iago = server.online("iago@localhost/street");
  iago.send("<presence type='probe' to='mercutio@localhost'/>");
  EXPECT_THAT(iago.received(), IsEmpty());
}

}  // namespace
}  // namespace queqiao::server::testing
