#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../test_server.h"

namespace queqiao::server::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::string set(const std::string& items) {
  return "<iq type='set' id='s'><query xmlns='jabber:iq:roster'>" + items + "</query></iq>";
}
std::string get(const std::string& attributes = "") {
  return "<iq type='get' id='g'><query xmlns='jabber:iq:roster'" + attributes + "/></iq>";
}

struct RosterRules : ::testing::Test {
  TestServer server{{"roster", "subscriptions", "presence"}};
  TestClient juliet = server.login("juliet@localhost/balcony");
  std::string answer(const std::string& request) { return juliet.send(request).received_text(); }
};

TEST_F(RosterRules, WhatIsSetIsThereAtTheNextLogIn) {
  EXPECT_THAT(answer(set("<item jid='mercutio@localhost' name='Romeo'><group>Friends</group></item>")),
              HasSubstr("type='result' id='s'"));
  juliet.send("</stream:stream>");
  auto again = server.login("juliet@localhost/balcony");
  EXPECT_THAT(again.send(get()).received_text(),
              HasSubstr("<item jid='mercutio@localhost' name='Romeo' subscription='none'><group>Friends</group></item>"));
}

TEST_F(RosterRules, PushesGoToThoseWhoAskedForTheRoster) {
  auto phone = server.login("juliet@localhost/phone");
  auto watch = server.login("juliet@localhost/watch");
  phone.send(get()).received();
  EXPECT_THAT(answer(set("<item jid='mercutio@localhost'/>")), Not(HasSubstr("type='set'")));
  EXPECT_THAT(phone.received_text(), HasSubstr("type='set'"));
  EXPECT_THAT(watch.received(), IsEmpty());
}

TEST_F(RosterRules, TheSubscriptionIsNotTheClientsToSet) {
  answer(set("<item jid='mercutio@localhost' subscription='both' ask='subscribe' approved='true'/>"));
  EXPECT_THAT(answer(get()), HasSubstr("<item jid='mercutio@localhost' subscription='none'/>"));
}

TEST_F(RosterRules, FaultySetsAreRefused) {
  EXPECT_THAT(answer(set("")), HasSubstr("<bad-request"));
  EXPECT_THAT(answer(set("<item jid='a@localhost'/><item jid='b@localhost'/>")), HasSubstr("<bad-request"));
  EXPECT_THAT(answer(set("<item jid='a@@localhost'/>")), HasSubstr("<bad-request"));
  EXPECT_THAT(answer(set("<item jid='a@localhost'><group>x</group><group>x</group></item>")), HasSubstr("<bad-request"));
  EXPECT_THAT(answer(set("<item jid='a@localhost'><group/></item>")), HasSubstr("<not-acceptable"));
  EXPECT_THAT(answer(set("<item jid='a@localhost' name='" + std::string(2'000, 'n') + "'/>")),
              HasSubstr("<not-acceptable"));
  EXPECT_THAT(answer(set("<item jid='a@localhost' subscription='remove'/>")), HasSubstr("<item-not-found"));
  EXPECT_THAT(answer(get()), Not(HasSubstr("<item")));
}

TEST_F(RosterRules, ItemsAreKeptUnderTheirBareAddress) {
  answer(set("<item jid='Mercutio@localhost/street' name='M'/>") + set("<item jid='icq.localhost'/>"));
  EXPECT_THAT(answer(get()), AllOf(HasSubstr("<item jid='mercutio@localhost' name='M' subscription='none'/>"),
                                   HasSubstr("<item jid='icq.localhost' subscription='none'/>")));
}

TEST_F(RosterRules, MoreFaultySetsAreRefused) {
  EXPECT_THAT(answer(set("<item/>")), HasSubstr("<bad-request"));
  EXPECT_THAT(answer(set("<item jid=''/>")), HasSubstr("<bad-request"));
  EXPECT_THAT(answer(set("<item jid='a@localhost'><group>" + std::string(2'000, 'g') + "</group></item>")),
              HasSubstr("<not-acceptable"));
  EXPECT_THAT(answer(set("<item jid='a@localhost' subscription='remove'/><item jid='b@localhost'/>")),
              HasSubstr("<bad-request"));
  EXPECT_THAT(answer("<iq type='get' id='1' to='localhost'><query xmlns='jabber:iq:roster'/></iq>"),
              HasSubstr("<service-unavailable"));
  EXPECT_THAT(answer(get()), Not(HasSubstr("<item")));
}

TEST_F(RosterRules, SomebodyElsesRosterIsForbidden) {
  server.create_account("mercutio");
  EXPECT_THAT(answer("<iq type='get' id='1' to='mercutio@localhost'><query xmlns='jabber:iq:roster'/></iq>"),
              HasSubstr("<forbidden"));
  EXPECT_THAT(answer("<iq type='set' id='1' to='mercutio@localhost'><query xmlns='jabber:iq:roster'>"
                     "<item jid='juliet@localhost'/></query></iq>"),
              HasSubstr("<forbidden"));
}

TEST_F(RosterRules, ManyChangesAtOnceAllCount) {
  juliet.send(set("<item jid='a@localhost' name='1'/>") + set("<item jid='a@localhost' name='2'/>") +
              "<presence type='subscribe' to='a@localhost'/>" + set("<item jid='a@localhost' name='3'/>"));
  EXPECT_THAT(answer(get()), HasSubstr("name='3' subscription='none' ask='subscribe'"));
}

TEST_F(RosterRules, AKnownVersionGetsOnlyWhatChanged) {
  answer(set("<item jid='a@localhost'/>") + set("<item jid='b@localhost'/>") + set("<item jid='c@localhost'/>"));
  EXPECT_THAT(answer(get(" ver=''")), HasSubstr("ver='3'"));
  EXPECT_EQ(answer(get(" ver='3'")), "<iq to='juliet@localhost/balcony' type='result' id='g'/>");
  answer(set("<item jid='b@localhost' subscription='remove'/>"));
  const auto changes = answer(get(" ver='3'"));
  EXPECT_THAT(changes, HasSubstr("type='result' id='g'/>"));
  EXPECT_THAT(changes, HasSubstr("ver='4'><item jid='b@localhost' subscription='remove'/>"));
  EXPECT_THAT(changes, Not(HasSubstr("a@localhost")));
  EXPECT_THAT(answer(get(" ver='99'")), HasSubstr("a@localhost"));
}

TEST_F(RosterRules, WhoKnowsAVersionFromBeforeWhatIsForgottenGetsAll) {
  server.config().roster_removals = 4;
  for (const auto* name : {"a", "b", "c", "d", "e", "f"}) {
    answer(set("<item jid='" + std::string(name) + "@localhost'/>"));
  }
  answer(set("<item jid='z@localhost'/>"));
  for (const auto* name : {"a", "b", "c", "d"}) {
    answer(set("<item jid='" + std::string(name) + "@localhost' subscription='remove'/>"));
  }
  EXPECT_THAT(answer(get(" ver='10'")), HasSubstr("<item jid='d@localhost' subscription='remove'/>"));
  answer(set("<item jid='e@localhost' subscription='remove'/>"));
  // The removals of a, b and c, up to version 10, are forgotten: 9 knows of a contact that has left without a trace.
  const auto all = answer(get(" ver='9'"));
  EXPECT_THAT(all, HasSubstr("<item jid='f@localhost'"));
  EXPECT_THAT(all, Not(HasSubstr("remove")));
  EXPECT_THAT(answer(get(" ver='11'")), HasSubstr("<item jid='e@localhost' subscription='remove'/>"));
}

TEST_F(RosterRules, RemovalEndsBothSubscriptions) {
  auto mercutio = server.login("mercutio@localhost/orchard");
  mercutio.send(get()).send("<presence/>");
  juliet.send(get()).send("<presence/>");
  juliet.send("<presence type='subscribe' to='mercutio@localhost'/>");
  mercutio.send("<presence type='subscribed' to='juliet@localhost'/><presence type='subscribe' to='juliet@localhost'/>");
  juliet.send("<presence type='subscribed' to='mercutio@localhost'/>");
  EXPECT_THAT(answer(get()), HasSubstr("subscription='both'"));
  mercutio.received();
  EXPECT_THAT(answer(set("<item jid='mercutio@localhost' subscription='remove'/>")), HasSubstr("subscription='remove'"));
  const auto heard = mercutio.received_text();
  EXPECT_THAT(heard, HasSubstr("type='unsubscribe'"));
  EXPECT_THAT(heard, HasSubstr("type='unsubscribed'"));
  EXPECT_THAT(heard, HasSubstr("from='juliet@localhost/balcony' to='mercutio@localhost' type='unavailable'"));
  EXPECT_THAT(mercutio.send(get()).received_text(), HasSubstr("<item jid='juliet@localhost' subscription='none'/>"));
}

TEST(RosterLimits, ThereIsAnEndToContacts) {
  Config config;
  config.roster_items = 2;
  TestServer server({"roster"}, config);
  auto juliet = server.login("juliet@localhost/balcony");
  juliet.send(set("<item jid='a@localhost'/>") + set("<item jid='b@localhost'/>")).received();
  EXPECT_THAT(juliet.send(set("<item jid='c@localhost'/>")).received_text(), HasSubstr("<resource-constraint"));
  EXPECT_THAT(juliet.send(set("<item jid='a@localhost' name='A'/>")).received_text(), HasSubstr("type='result'"));
}

}  // namespace
}  // namespace queqiao::server::testing
