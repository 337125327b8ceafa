#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../test_server.h"

namespace queqiao::server::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

struct Invisible : ::testing::Test {
  TestServer server{{"invisible", "presence", "last_activity", "carbons", "archive", "disco"}};
  Invisible() {
    for (const auto& [owner, contact] : {std::pair("juliet", "romeo"), std::pair("romeo", "juliet")}) {
      server.create_account(owner);
      storage::RosterItem item;
      item.jid = std::string(contact) + "@localhost";
      item.subscription = storage::Subscription::both;
      server.store().put_roster_item(owner, item, {});
    }
    server.run();
  }
  static TestClient& hide(TestClient& client, const std::string& more = {}) {
    return client.send("<iq type='set' id='hide'><invisible xmlns='urn:xmpp:invisible:1'" + more + "/></iq>");
  }
  static TestClient& show(TestClient& client) {
    return client.send("<iq type='set' id='show'><visible xmlns='urn:xmpp:invisible:1'/></iq>");
  }
};

TEST_F(Invisible, WhoBecomesInvisibleLooksAsIfItLeft) {
  auto romeo = server.online("romeo@localhost/orchard");
  auto phone = server.online("juliet@localhost/phone");
  auto juliet = server.online("juliet@localhost/balcony");
  romeo.received();
  phone.received();
  hide(juliet);
  EXPECT_THAT(romeo.received_text(), HasSubstr("from='juliet@localhost/balcony' type='unavailable'"));
  EXPECT_THAT(phone.received_text(), HasSubstr("from='juliet@localhost/balcony' type='unavailable'"));
  const auto text = juliet.received_text();
  EXPECT_THAT(text, HasSubstr("type='result' id='hide'"));
  EXPECT_THAT(text, Not(HasSubstr("unavailable")));
  hide(juliet);
  EXPECT_THAT(romeo.received(), IsEmpty()) << "once";
}

TEST_F(Invisible, WhatAnInvisibleClientBroadcastsGoesToNobody) {
  auto romeo = server.online("romeo@localhost/orchard");
  auto juliet = server.login("juliet@localhost/balcony");
  hide(juliet).send("<presence><show>away</show></presence>");
  EXPECT_THAT(romeo.received(), IsEmpty());
  juliet.send("<presence type='unavailable'/>");
  EXPECT_THAT(romeo.received(), IsEmpty());
  juliet.send("</stream:stream>");
  EXPECT_THAT(romeo.received(), IsEmpty());
}

TEST_F(Invisible, AnInvisibleClientGetsMessagesAndPresence) {
  auto juliet = server.login("juliet@localhost/balcony");
  hide(juliet);
  juliet.received();
  auto romeo = server.online("romeo@localhost/orchard");
  EXPECT_THAT(juliet.received_text(), HasSubstr("from='romeo@localhost/orchard'"));
  romeo.send("<message to='juliet@localhost' type='chat'><body>hi</body></message>");
  EXPECT_THAT(juliet.received_text(), HasSubstr("<body>hi</body>"));
  romeo.send("<message to='juliet@localhost/balcony' type='chat'><body>ho</body></message>");
  EXPECT_THAT(juliet.received_text(), HasSubstr("<body>ho</body>"));
}

TEST_F(Invisible, WhatWaitedIsServedToAnInvisibleClient) {
  auto romeo = server.online("romeo@localhost/orchard");
  romeo.send("<message to='juliet@localhost' type='chat'><body>while you were out</body></message>");
  auto juliet = server.login("juliet@localhost/balcony");
  hide(juliet);
  EXPECT_THAT(juliet.received_text(), HasSubstr("while you were out"));
}

TEST_F(Invisible, CarbonsGoToAnInvisibleClient) {
  auto juliet = server.online("juliet@localhost/balcony");
  auto phone = server.login("juliet@localhost/phone");
  phone.enable_carbons();
  hide(phone);
  phone.received();
  juliet.send("<message to='romeo@localhost' type='chat'><body>hi</body></message>");
  EXPECT_THAT(phone.received_text(), HasSubstr("<sent xmlns='urn:xmpp:carbons:2'>"));
}

TEST_F(Invisible, AProbeFindsNobodySinceTheClientBecameInvisible) {
  auto juliet = server.online("juliet@localhost/balcony");
  hide(juliet);
  server.advance(std::chrono::seconds(600));
  auto romeo = server.login("romeo@localhost/orchard");
  romeo.send("<presence/>");
  EXPECT_THAT(romeo.received_text(),
              HasSubstr("from='juliet@localhost' to='romeo@localhost/orchard' type='unavailable'"));
  const std::string ask = "<iq type='get' id='last' to='juliet@localhost'><query xmlns='jabber:iq:last'/></iq>";
  romeo.send(ask);
  EXPECT_THAT(romeo.received_text(), HasSubstr("seconds='600'"));
  juliet.send("</stream:stream>");
  romeo.send(ask);
  EXPECT_THAT(romeo.received_text(), HasSubstr("seconds='600'")) << "nor does its end tell that it was there";
}

TEST_F(Invisible, AnotherVisibleClientIsStillSeen) {
  auto phone = server.online("juliet@localhost/phone");
  auto juliet = server.online("juliet@localhost/balcony");
  hide(juliet);
  auto romeo = server.login("romeo@localhost/orchard");
  romeo.send("<presence/>");
  const auto text = romeo.received_text();
  EXPECT_THAT(text, AllOf(HasSubstr("from='juliet@localhost/phone'"), Not(HasSubstr("balcony"))));
}

TEST_F(Invisible, ContactsAreAskedOnlyWhenThatIsWanted) {
  auto romeo = server.online("romeo@localhost/orchard");
  auto juliet = server.login("juliet@localhost/balcony");
  hide(juliet, " probe='false'");
  EXPECT_THAT(juliet.received_text(), Not(HasSubstr("romeo@localhost/orchard")));
  hide(juliet, " probe='true'");
  EXPECT_THAT(juliet.received_text(), HasSubstr("from='romeo@localhost/orchard'"));
  EXPECT_THAT(romeo.received(), IsEmpty());
}

TEST_F(Invisible, DirectedPresenceGoesOutAndIsTakenBackFromItsReceiversAlone) {
  auto romeo = server.online("romeo@localhost/orchard");
  auto paris = server.online("paris@localhost/tomb");
  auto juliet = server.login("juliet@localhost/balcony");
  hide(juliet).send("<presence to='paris@localhost/tomb'/>");
  EXPECT_THAT(paris.received_text(), HasSubstr("from='juliet@localhost/balcony'"));
  juliet.send("<presence type='unavailable'/>");
  EXPECT_THAT(paris.received_text(), HasSubstr("type='unavailable'"));
  EXPECT_THAT(romeo.received(), IsEmpty());
}

TEST_F(Invisible, DirectedPresenceToASubscriberIsTakenBackToo) {
  auto romeo = server.online("romeo@localhost/orchard");
  auto juliet = server.login("juliet@localhost/balcony");
  hide(juliet).send("<presence to='romeo@localhost/orchard'/>");
  romeo.received();
  juliet.send("</stream:stream>");
  EXPECT_THAT(romeo.received_text(), HasSubstr("type='unavailable'"));
}

TEST_F(Invisible, WhoHadDirectedPresenceBeforeIsToldAsWell) {
  auto paris = server.online("paris@localhost/tomb");
  auto juliet = server.online("juliet@localhost/balcony");
  juliet.send("<presence to='paris@localhost/tomb'/>");
  paris.received();
  hide(juliet);
  EXPECT_THAT(paris.received_text(),
              HasSubstr("to='paris@localhost/tomb' from='juliet@localhost/balcony' type='unavailable'"));
}

TEST_F(Invisible, WhoBecomesVisibleIsAsBeforeItsFirstPresence) {
  auto romeo = server.online("romeo@localhost/orchard");
  auto juliet = server.online("juliet@localhost/balcony");
  hide(juliet);
  romeo.received();
  show(juliet);
  EXPECT_THAT(juliet.received_text(), HasSubstr("type='result' id='show'"));
  EXPECT_THAT(romeo.received(), IsEmpty());
  romeo.send("<message to='juliet@localhost' type='headline'><body>hi</body></message>");
  EXPECT_THAT(juliet.received(), IsEmpty()) << "not available yet";
  juliet.send("<presence/>");
  EXPECT_THAT(romeo.received_text(), HasSubstr("from='juliet@localhost/balcony'"));
  EXPECT_THAT(juliet.received_text(), HasSubstr("from='romeo@localhost/orchard'"));
}

TEST_F(Invisible, DirectedPresenceWhileInvisibleIsTakenBackAfterBecomingVisible) {
  auto paris = server.online("paris@localhost/tomb");
  auto juliet = server.login("juliet@localhost/balcony");
  hide(juliet).send("<presence to='paris@localhost/tomb'/>");
  show(juliet);
  paris.received();
  juliet.send("</stream:stream>");
  EXPECT_THAT(paris.received_text(), HasSubstr("type='unavailable'"));
}

TEST_F(Invisible, ARequestFindsAnInvisibleClientOnlyForWhomItHasSentPresence) {
  auto romeo = server.online("romeo@localhost/orchard");
  auto phone = server.online("juliet@localhost/phone");
  auto juliet = server.login("juliet@localhost/balcony");
  hide(juliet);
  juliet.received();
  const std::string ask = "<iq type='get' id='a' to='juliet@localhost/balcony'><ping xmlns='urn:xmpp:ping'/></iq>";
  romeo.received();
  romeo.send(ask);
  EXPECT_THAT(juliet.received(), IsEmpty());
  EXPECT_THAT(romeo.received_text(), HasSubstr("<service-unavailable"));
  phone.send(ask);
  EXPECT_THAT(juliet.received_text(), HasSubstr("from='juliet@localhost/phone'")) << "its own account";
  juliet.send("<presence to='romeo@localhost/orchard'/>");
  romeo.send(ask);
  EXPECT_THAT(juliet.received_text(), HasSubstr("from='romeo@localhost/orchard'"));
}

// Whatever comes back is what comes back when there is no session at all.
TEST_F(Invisible, AMessageDoesNotFindOutThatAnInvisibleClientIsThere) {
  auto romeo = server.online("romeo@localhost/orchard");
  const std::vector<std::string> probes = {
      "type='normal' to='juliet@localhost/balcony'>",    "type='chat' to='juliet@localhost/balcony'>",
      "type='groupchat' to='juliet@localhost/balcony'>", "type='chat' to='juliet@localhost'>",
      "type='headline' to='juliet@localhost/balcony'>",  "type='error' to='juliet@localhost/balcony'>"};
  const auto answer_to = [&](const std::string& probe) {
    romeo.received();
    return romeo.send("<message id='m' " + probe + "<x xmlns='urn:x'/></message>").received_text();
  };
  std::vector<std::string> nobody_there;
  for (const auto& probe : probes) nobody_there.push_back(answer_to(probe));
  EXPECT_THAT(nobody_there.front(), HasSubstr("<service-unavailable"));
  auto juliet = server.login("juliet@localhost/balcony");
  hide(juliet);
  juliet.received();
  for (std::size_t i = 0; i < probes.size(); ++i) EXPECT_EQ(answer_to(probes[i]), nobody_there[i]) << probes[i];
  EXPECT_EQ(juliet.received().size(), probes.size()) << "it has them all the same (XEP-0186 3.1.1)";
  juliet.send("<presence to='romeo@localhost/orchard'/>");
  for (const auto& probe : probes) EXPECT_EQ(answer_to(probe), "") << probe;
}

TEST_F(Invisible, NobodyIsInvisibleInTheNextSession) {
  auto romeo = server.online("romeo@localhost/orchard");
  auto juliet = server.login("juliet@localhost/balcony");
  hide(juliet).send("</stream:stream>");
  auto again = server.online("juliet@localhost/balcony");
  EXPECT_THAT(romeo.received_text(), HasSubstr("from='juliet@localhost/balcony'"));
}

TEST_F(Invisible, NobodyIsMadeInvisibleByOthersAndTheServerSaysThatItCan) {
  auto juliet = server.online("juliet@localhost/balcony");
  auto romeo = server.online("romeo@localhost/orchard");
  romeo.received();
  romeo.send("<iq type='set' id='x' to='juliet@localhost'><invisible xmlns='urn:xmpp:invisible:1'/></iq>");
  EXPECT_THAT(romeo.received_text(), AllOf(HasSubstr("<not-allowed"), Not(HasSubstr("unavailable"))));
  romeo.send("<iq type='get' id='d' to='localhost'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>");
  EXPECT_THAT(romeo.received_text(), HasSubstr("var='urn:xmpp:invisible:1'"));
}

}  // namespace
}  // namespace queqiao::server::testing
