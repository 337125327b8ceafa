#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pep_fixture.h"

namespace queqiao::server::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

struct PepEvents : Pep {
  PepEvents() { befriend("juliet", "romeo"); }
};

TEST_F(PepEvents, ContactsThatAskForTheNodeAreToldAndOthersAreNot) {
  auto romeo = server.login("romeo@localhost/orchard");
  auto indifferent = server.login("romeo@localhost/phone");
  auto paris = server.login("paris@localhost/tomb");
  appear(romeo, {"n"});
  appear(indifferent, {"m"});
  appear(paris, {"n"});
  auto juliet = server.login("juliet@localhost/balcony");
  for (auto* client : {&romeo, &indifferent, &paris}) client->received();
  publish(juliet, "n", "a");
  const auto told = romeo.received();
  ASSERT_EQ(told.size(), 1u);
  EXPECT_THAT(
      told[0].text(),
      AllOf(HasSubstr("from='juliet@localhost' to='romeo@localhost/orchard' type='headline'"),
            HasSubstr("<event xmlns='http://jabber.org/protocol/pubsub#event'><items node='n'><item id='a'><tune")));
  EXPECT_THAT(indifferent.received(), IsEmpty());
  EXPECT_THAT(paris.received(), IsEmpty());
}

TEST_F(PepEvents, TheOwnersOwnClientsAreTold) {
  auto balcony = server.login("juliet@localhost/balcony");
  auto chamber = server.login("juliet@localhost/chamber");
  appear(balcony, {"n"});
  appear(chamber, {"n"});
  balcony.received();
  balcony.send("<iq type='set' id='1'><pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='n'><item>" +
               std::string(tune) + "</item></publish></pubsub></iq>");
  EXPECT_THAT(balcony.received_text(), HasSubstr("to='juliet@localhost/balcony' type='headline'"));
  EXPECT_THAT(chamber.received_text(), HasSubstr("to='juliet@localhost/chamber' type='headline'"));
}

TEST_F(PepEvents, AnEventIsNeitherCopiedNorArchived) {
  auto romeo = server.login("romeo@localhost/orchard");
  auto phone = server.login("romeo@localhost/phone");
  phone.enable_carbons();
  appear(romeo, {"n"});
  phone.available();
  auto juliet = server.login("juliet@localhost/balcony");
  publish(juliet, "n", "a");
  EXPECT_THAT(romeo.received_text(), HasSubstr("<tune"));
  EXPECT_THAT(phone.received_text(), Not(HasSubstr("<tune")));
  romeo.send("<iq type='set' id='mam'><query xmlns='urn:xmpp:mam:2'/></iq>");
  EXPECT_THAT(romeo.received_text(), Not(HasSubstr("<tune")));
}

TEST_F(PepEvents, ABlockedContactIsNotTold) {
  auto romeo = server.login("romeo@localhost/orchard");
  appear(romeo, {"n"});
  auto juliet = server.login("juliet@localhost/balcony");
  const std::string block = "<block xmlns='urn:xmpp:blocking'><item jid='";
  EXPECT_THAT(ask(juliet, "set", {}, block + "romeo@localhost'/></block>"), HasSubstr("'result'"));
  publish(juliet, "n", "a");
  EXPECT_THAT(romeo.received_text(), Not(HasSubstr("<tune")));
  EXPECT_THAT(items(romeo, "n", "juliet@localhost"), HasSubstr("<service-unavailable"));
}

TEST_F(PepEvents, WhoBlocksTheOwnerIsNotTold) {
  auto romeo = server.login("romeo@localhost/orchard");
  appear(romeo, {"n"});
  ask(romeo, "set", {}, "<block xmlns='urn:xmpp:blocking'><item jid='juliet@localhost'/></block>");
  auto juliet = server.login("juliet@localhost/balcony");
  publish(juliet, "n", "a");
  EXPECT_THAT(romeo.received_text(), Not(HasSubstr("<tune")));
}

TEST_F(PepEvents, TheNewestItemComesWithComingOnline) {
  auto juliet = server.login("juliet@localhost/balcony");
  publish(juliet, "n", "a");
  publish(juliet, "n", "b");
  publish(juliet, "m", "c");
  auto romeo = server.login("romeo@localhost/orchard");
  const auto info = software({"n"});
  const auto caps = xmpp::to_xml(xmpp::Capabilities{"urn:test", *xmpp::capabilities_version(info)});
  romeo.send("<presence>" + caps + "</presence>");
  answer_question(romeo, info);
  const auto text = romeo.received_text();
  EXPECT_THAT(text, AllOf(HasSubstr("from='juliet@localhost' to='romeo@localhost/orchard'"), HasSubstr("<item id='b'>"),
                          HasSubstr("<delay xmlns='urn:xmpp:delay' stamp='")));
  EXPECT_THAT(text, Not(HasSubstr("<item id='c'>")));
  auto own = server.login("juliet@localhost/chamber");
  own.send("<presence>" + caps + "</presence>");
  EXPECT_THAT(own.received_text(), HasSubstr("to='juliet@localhost/chamber' type='headline'"));
}

TEST_F(PepEvents, TheNewestItemComesFromOwnersWhoAreAwayToo) {
  {
    auto juliet = server.login("juliet@localhost/balcony");
    publish(juliet, "n", "a");
    juliet.send("</stream:stream>");
  }
  auto romeo = server.login("romeo@localhost/orchard");
  const auto info = software({"n"});
  romeo.send("<presence>" + xmpp::to_xml(xmpp::Capabilities{"urn:test", *xmpp::capabilities_version(info)}) +
             "</presence>");
  answer_question(romeo, info);
  EXPECT_THAT(romeo.received_text(), HasSubstr("<item id='a'>"));
}

TEST_F(PepEvents, TheNewestItemComesWithTheSubscriptionToPresence) {
  auto juliet = server.online("juliet@localhost/balcony");
  publish(juliet, "n", "a");
  auto paris = server.login("paris@localhost/tomb");
  appear(paris, {"n"});
  paris.send(
      "<presence to='juliet@localhost' type='subscribe'><nick "
      "xmlns='http://jabber.org/protocol/nick'>P</nick></presence>");
  EXPECT_THAT(juliet.received_text(), HasSubstr("<nick xmlns='http://jabber.org/protocol/nick'>P</nick>"))
      << "XEP-0172 4.3";
  EXPECT_THAT(paris.received_text(), Not(HasSubstr("<event")));
  juliet.send("<presence to='paris@localhost' type='subscribed'/>");
  EXPECT_THAT(paris.received_text(), HasSubstr("<item id='a'>"));
}

TEST_F(PepEvents, TheNewestItemStaysWhenItMayNotBeReadOrShallNotBeSent) {
  auto juliet = server.login("juliet@localhost/balcony");
  publish(juliet, "n", "a", options(whitelist));
  publish(juliet, "m", "b", options({{"send_last_published_item", "never"}}));
  auto romeo = server.login("romeo@localhost/orchard");
  appear(romeo, {"n", "m"});
  EXPECT_THAT(romeo.received_text(), Not(HasSubstr("<event")));
}

TEST_F(PepEvents, ARetractedItemIsGoneAndTold) {
  auto romeo = server.login("romeo@localhost/orchard");
  appear(romeo, {"n"});
  auto juliet = server.login("juliet@localhost/balcony");
  publish(juliet, "n", "a");
  romeo.received();
  EXPECT_THAT(pubsub(juliet, "set", "<retract node='n'><item id='x'/></retract>"), HasSubstr("<item-not-found"));
  EXPECT_THAT(pubsub(juliet, "set", "<retract node='n'/>"), HasSubstr("<item-required"));
  EXPECT_THAT(pubsub(juliet, "set", "<retract node='n'><item id='a'/></retract>"), HasSubstr("'result'"));
  EXPECT_THAT(romeo.received_text(), HasSubstr("<items node='n'><retract id='a'/></items>"));
  EXPECT_EQ(ids(items(juliet, "n")), "");
}

TEST_F(PepEvents, RetractingIsToldWhenTheNodeSaysOrTheRequest) {
  auto romeo = server.login("romeo@localhost/orchard");
  appear(romeo, {"n"});
  auto juliet = server.login("juliet@localhost/balcony");
  const auto quiet = options({{"notify_retract", "0"}, {"max_items", "2"}});
  publish(juliet, "n", "a", quiet);
  publish(juliet, "n", "b", quiet);
  romeo.received();
  pubsub(juliet, "set", "<retract node='n'><item id='a'/></retract>");
  EXPECT_THAT(romeo.received(), IsEmpty());
  pubsub(juliet, "set", "<retract node='n' notify='true'><item id='b'/></retract>");
  EXPECT_THAT(romeo.received_text(), HasSubstr("<retract id='b'/>"));
}

TEST_F(PepEvents, PurgingAndDeletingAreTold) {
  auto romeo = server.login("romeo@localhost/orchard");
  appear(romeo, {"n"});
  auto juliet = server.login("juliet@localhost/balcony");
  publish(juliet, "n", "a");
  romeo.received();
  EXPECT_THAT(owner(juliet, "set", "<purge node='n'/>"), HasSubstr("'result'"));
  EXPECT_THAT(romeo.received_text(), HasSubstr("#event'><purge node='n'/></event>"));
  EXPECT_THAT(owner(juliet, "set", "<delete node='n'/>"), HasSubstr("'result'"));
  EXPECT_THAT(romeo.received_text(), HasSubstr("#event'><delete node='n'/></event>"));
  EXPECT_THAT(owner(juliet, "set", "<delete node='n'/>"), HasSubstr("<item-not-found"));
  EXPECT_THAT(items(juliet, "n"), HasSubstr("<item-not-found"));
}

TEST_F(PepEvents, AnEventMayComeWithoutItsPayloadOrNotAtAll) {
  auto romeo = server.login("romeo@localhost/orchard");
  appear(romeo, {"n", "m"});
  auto juliet = server.login("juliet@localhost/balcony");
  publish(juliet, "n", "a", options({{"deliver_payloads", "0"}, {"notification_type", "normal"}}));
  EXPECT_THAT(romeo.received_text(), AllOf(HasSubstr("<item id='a'/>"), Not(HasSubstr("headline"))));
  publish(juliet, "m", "a", options({{"deliver_notifications", "0"}}));
  EXPECT_THAT(romeo.received_text(), Not(HasSubstr("<event")));
}

TEST_F(PepEvents, TheNextClientOfTheSameSoftwareIsNotAsked) {
  auto first = server.login("romeo@localhost/1");
  EXPECT_TRUE(appear(first, {"n"}));
  auto second = server.login("romeo@localhost/2");
  EXPECT_FALSE(appear(second, {"n"}));
  auto juliet = server.login("juliet@localhost/balcony");
  publish(juliet, "n", "a");
  EXPECT_THAT(second.received_text(), HasSubstr("<tune"));
}

TEST_F(PepEvents, AClientThatSendsItsPresenceAgainIsNotAskedAndGetsNothingTwice) {
  auto juliet = server.login("juliet@localhost/balcony");
  publish(juliet, "n", "a");
  auto romeo = server.login("romeo@localhost/orchard");
  appear(romeo, {"n"});
  romeo.received();
  EXPECT_FALSE(appear(romeo, {"n"}, "<show>away</show>"));
  EXPECT_THAT(romeo.received_text(), Not(HasSubstr("<tune")));
}

TEST_F(PepEvents, OtherCapabilitiesReplaceTheOnesBefore) {
  auto juliet = server.login("juliet@localhost/balcony");
  publish(juliet, "m", "a");
  auto romeo = server.login("romeo@localhost/orchard");
  appear(romeo, {"n"});
  romeo.received();
  appear(romeo, {"m"});
  EXPECT_THAT(romeo.received_text(), HasSubstr("<item id='a'>"));
  publish(juliet, "n", "b");
  EXPECT_THAT(romeo.received_text(), Not(HasSubstr("<item id='b'>")));
  romeo.send("<presence/>");
  romeo.received();
  publish(juliet, "m", "c");
  EXPECT_THAT(romeo.received_text(), Not(HasSubstr("<item id='c'>")));
}

// ejabberd 26.07 mended what let one client say for all others what a version means (XEP-0115 6.2).
TEST_F(PepEvents, AnAnswerThatHasNotTheHashCountsForItsSenderAlone) {
  const auto real = software({"n"});
  const auto caps =
      "<presence>" + xmpp::to_xml(xmpp::Capabilities{"urn:test", *xmpp::capabilities_version(real)}) + "</presence>";
  auto liar = server.login("romeo@localhost/liar");
  liar.send(caps);
  EXPECT_TRUE(answer_question(liar, software({"m"})));
  auto honest = server.login("romeo@localhost/honest");
  honest.send(caps);
  EXPECT_TRUE(answer_question(honest, real)) << "asked for itself";
  auto juliet = server.login("juliet@localhost/balcony");
  publish(juliet, "n", "a");
  EXPECT_THAT(honest.received_text(), HasSubstr("<tune"));
  EXPECT_THAT(liar.received_text(), Not(HasSubstr("<tune")));
  publish(juliet, "m", "b");
  EXPECT_THAT(liar.received_text(), HasSubstr("<item id='b'>"));
}

std::string announce(const xmpp::DiscoInfo& info, const std::string& node = "urn:test") {
  return "<presence>" + xmpp::to_xml(xmpp::Capabilities{node, *xmpp::capabilities_version(info)}) + "</presence>";
}

TEST_F(PepEvents, NobodyWaitsForAClientThatDoesNotAnswer) {
  const auto info = software({"n"});
  server.config().sessions_per_user = 1'100;
  std::vector<TestClient> silent;
  for (int i = 0; i < 1'050; ++i) {
    silent.push_back(server.login("romeo@localhost/" + std::to_string(i)));
    // Half of them each with a version of its own, half with the one that others have as well.
    silent.back().send(announce(i % 2 ? software({std::to_string(i)}) : info));
  }
  auto honest = server.login("romeo@localhost/honest");
  honest.send(announce(info));
  EXPECT_TRUE(answer_question(honest, info));
  auto juliet = server.login("juliet@localhost/balcony");
  publish(juliet, "n", "a");
  EXPECT_THAT(honest.received_text(), HasSubstr("<tune"));
  EXPECT_THAT(silent.front().received_text(), HasSubstr("<tune")) << "what is known counts for it too";
  auto next = server.login("romeo@localhost/next");
  EXPECT_FALSE(appear(next, {"n"})) << "it is known now";
}

// The hash does not cover 'node': a made-up one must not be what others are asked about.
TEST_F(PepEvents, EveryClientIsAskedAboutTheNodeThatItAnnouncesItself) {
  const auto info = software({"n"});
  auto liar = server.login("romeo@localhost/liar");
  liar.send(announce(info, "urn:nobody-has-this"));
  auto honest = server.login("romeo@localhost/honest");
  honest.send(announce(info, "urn:honest"));
  liar.send("</stream:stream>");
  EXPECT_THAT(honest.received_text(), AllOf(HasSubstr("node='urn:honest#"), Not(HasSubstr("node='urn:nobody-has-this#"))));
}

TEST_F(PepEvents, ALateAnswerCountsForWhatIsStillAnnounced) {
  const auto info = software({"n"});
  auto slow = server.login("romeo@localhost/slow");
  slow.send(announce(info));
  server.advance(std::chrono::seconds(120));
  EXPECT_TRUE(answer_question(slow, info));
  auto juliet = server.login("juliet@localhost/balcony");
  publish(juliet, "n", "a");
  EXPECT_THAT(slow.received_text(), HasSubstr("<tune"));
}

TEST_F(PepEvents, AnAnswerFromSomebodyElseIsNone) {
  const auto info = software({"n"});
  auto romeo = server.login("romeo@localhost/orchard");
  romeo.send("<presence>" + xmpp::to_xml(xmpp::Capabilities{"urn:test", *xmpp::capabilities_version(info)}) +
             "</presence>");
  auto other = server.login("romeo@localhost/other");
  other.send("<iq type='result' to='localhost' id='caps-1'>" + xmpp::to_xml(info) + "</iq>");
  auto juliet = server.login("juliet@localhost/balcony");
  publish(juliet, "n", "a");
  EXPECT_THAT(romeo.received_text(), Not(HasSubstr("<tune")));
}

TEST_F(PepEvents, WhatIsKnownOfSoftwareIsBounded) {
  auto romeo = server.login("romeo@localhost/orchard");
  for (const char* node : {"a", "b", "c"}) EXPECT_TRUE(appear(romeo, {node}));
  EXPECT_FALSE(appear(romeo, {"b"}));
  EXPECT_TRUE(appear(romeo, {"a"})) << "the oldest was forgotten";
}

// A client that announces another version with every presence leaves nothing behind for the ones before.
TEST_F(PepEvents, AClientIsAskedAboutItsLastVersionAlone) {
  const auto early = software({"n"});
  const auto late = software({"m"});
  const auto caps = [](const xmpp::DiscoInfo& info) {
    return "<presence>" + xmpp::to_xml(xmpp::Capabilities{"urn:test", *xmpp::capabilities_version(info)}) +
           "</presence>";
  };
  auto fickle = server.login("romeo@localhost/fickle");
  auto second = server.login("romeo@localhost/second");
  fickle.send(caps(early));
  second.send(caps(early));
  fickle.send(caps(late));
  EXPECT_TRUE(answer_question(second, early));
  fickle.send("<iq type='result' to='localhost' id='caps-1'>" + xmpp::to_xml(early) + "</iq>");
  auto juliet = server.login("juliet@localhost/balcony");
  publish(juliet, "n", "a");
  EXPECT_THAT(fickle.received_text(), Not(HasSubstr("<tune"))) << "it does not announce that any more";
  EXPECT_THAT(second.received_text(), HasSubstr("<tune"));
}

TEST_F(PepEvents, CapabilitiesThatAreTooLongOrOfAnUnknownHashAreNotAskedAbout) {
  auto romeo = server.login("romeo@localhost/orchard");
  for (const auto& caps :
       {xmpp::Capabilities{"urn:test", std::string(129, 'v')},
        xmpp::Capabilities{"urn:" + std::string(1'024, 'n'), "v"}, xmpp::Capabilities{"urn:test", "v", "mine"}}) {
    romeo.send("<presence>" + xmpp::to_xml(caps) + "</presence>");
    EXPECT_FALSE(answer_question(romeo, software({"n"}))) << caps.hash;
  }
}

TEST_F(PepEvents, ChangingBetweenKnownCapabilitiesBringsNothingTwice) {
  auto juliet = server.login("juliet@localhost/balcony");
  publish(juliet, "n", "a");
  auto romeo = server.login("romeo@localhost/orchard");
  appear(romeo, {"n"});
  EXPECT_THAT(romeo.received_text(), HasSubstr("<item id='a'>"));
  for (int i = 0; i < 3; ++i) {
    appear(romeo, {"n", "m"});
    romeo.send("<presence/>");
    appear(romeo, {"n"});
  }
  server.advance(std::chrono::seconds(31));
  EXPECT_THAT(romeo.received_text(), Not(HasSubstr("<item id='a'>")));
}

TEST_F(PepEvents, WhoComesAndGoesGetsTheNewestItemsOnceInHalfAMinute) {
  auto juliet = server.login("juliet@localhost/balcony");
  publish(juliet, "n", "a");
  auto romeo = server.login("romeo@localhost/orchard");
  appear(romeo, {"n"});
  romeo.received();
  for (int i = 0; i < 3; ++i) {
    romeo.send("<presence type='unavailable'/>");
    appear(romeo, {"n"});
    EXPECT_THAT(romeo.received_text(), Not(HasSubstr("<item id='a'>")));
  }
  server.advance(std::chrono::seconds(31));
  const auto text = romeo.received_text();
  EXPECT_THAT(text, HasSubstr("<item id='a'>"));
  EXPECT_EQ(text.find("<item id='a'>"), text.rfind("<item id='a'>"));
}

TEST_F(PepEvents, TheOwnerSubscribesNobodyButMayEndASubscription) {
  auto juliet = server.login("juliet@localhost/balcony");
  publish(juliet, "n", "a", options({{"access_model", "open"}}));
  auto paris = server.online("paris@localhost/tomb");
  const auto set = [&](const std::string& state) {
    return owner(
        juliet, "set",
        "<subscriptions node='n'><subscription jid='paris@localhost' subscription='" + state + "'/></subscriptions>");
  };
  EXPECT_THAT(set("subscribed"), HasSubstr("<not-allowed"));
  publish(juliet, "n", "b");
  EXPECT_THAT(paris.received_text(), Not(HasSubstr("<event")));
  pubsub(paris, "set", "<subscribe node='n' jid='paris@localhost'/>", "juliet@localhost");
  EXPECT_THAT(set("subscribed"), HasSubstr("'result'")) << "that changes nothing";
  EXPECT_THAT(set("pending"), HasSubstr("<not-acceptable"));
  EXPECT_THAT(set("none"), HasSubstr("'result'"));
  EXPECT_THAT(owner(juliet, "get", "<subscriptions node='n'/>"), Not(HasSubstr("paris")));
}

TEST_F(PepEvents, AStrangerMaySubscribeToAnOpenNode) {
  auto juliet = server.login("juliet@localhost/balcony");
  publish(juliet, "n", "a", options({{"access_model", "open"}}));
  auto paris = server.online("paris@localhost/tomb");
  const std::string to = "juliet@localhost";
  EXPECT_THAT(pubsub(paris, "set", "<subscribe node='n' jid='romeo@localhost'/>", to), HasSubstr("<invalid-jid"));
  paris.send(
      "<iq type='set' id='q' to='juliet@localhost'><pubsub xmlns='http://jabber.org/protocol/pubsub'>"
      "<subscribe node='n' jid='paris@localhost'/></pubsub></iq>");
  const auto text = paris.received_text();
  EXPECT_THAT(text, HasSubstr("<subscription node='n' jid='paris@localhost' subscription='subscribed'/>"));
  EXPECT_THAT(text, HasSubstr("<item id='a'>")) << "the newest item";
  publish(juliet, "n", "b");
  EXPECT_THAT(paris.received_text(), HasSubstr("<item id='b'>"));
  EXPECT_THAT(pubsub(paris, "get", "<subscriptions node='n'/>", to), HasSubstr("node='n' jid='paris@localhost'"));
  EXPECT_THAT(owner(juliet, "get", "<subscriptions node='n'/>"), HasSubstr("jid='paris@localhost'"));
  EXPECT_THAT(pubsub(paris, "set", "<unsubscribe node='n' jid='paris@localhost'/>", to), HasSubstr("'result'"));
  EXPECT_THAT(pubsub(paris, "set", "<unsubscribe node='n' jid='paris@localhost'/>", to), HasSubstr("<not-subscribed"));
  publish(juliet, "n", "c");
  EXPECT_THAT(paris.received_text(), Not(HasSubstr("<item id='c'>")));
}

TEST_F(PepEvents, ASubscriberWhoMayReadNoMoreIsNotTold) {
  auto juliet = server.login("juliet@localhost/balcony");
  publish(juliet, "n", "a", options({{"access_model", "open"}}));
  auto paris = server.online("paris@localhost/tomb");
  pubsub(paris, "set", "<subscribe node='n' jid='paris@localhost'/>", "juliet@localhost");
  owner(juliet, "set",
        "<configure node='n'>" + options(whitelist, "http://jabber.org/protocol/pubsub#node_config") + "</configure>");
  publish(juliet, "n", "b");
  EXPECT_THAT(paris.received_text(), Not(HasSubstr("<item id='b'>")));
}

TEST_F(PepEvents, OnePersonDoesNotTakeThePlacesOfAllSubscribers) {
  auto config = Pep::config();
  config.pep_subscribers = 50;
  TestServer large({"pep"}, config);
  auto juliet = large.login("juliet@localhost/balcony");
  publish(juliet, "n", "a", options({{"access_model", "open"}}));
  for (int i = 0; i < 6; ++i) {
    const auto jid = "paris@localhost/" + std::to_string(i);
    auto paris = large.login(jid);
    EXPECT_THAT(pubsub(paris, "set", "<subscribe node='n' jid='" + jid + "'/>", "juliet@localhost"),
                i == 5 ? HasSubstr("<too-many-subscriptions") : HasSubstr("'result'"));
  }
}

TEST_F(PepEvents, SubscribersAreLimited) {
  auto juliet = server.login("juliet@localhost/balcony");
  publish(juliet, "n", "a", options({{"access_model", "open"}}));
  for (const std::string name : {"a", "b", "c"}) {
    auto client = server.login(name + "@localhost/x");
    const auto answer = pubsub(client, "set", "<subscribe node='n' jid='" + name + "@localhost'/>", "juliet@localhost");
    EXPECT_THAT(answer, name == "c" ? HasSubstr("<too-many-subscriptions") : HasSubstr("'result'"));
  }
}

}  // namespace
}  // namespace queqiao::server::testing
