#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../test_server.h"

namespace queqiao::server::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::string command(std::string_view name, std::initializer_list<std::string_view> jids) {
  std::string xml = "<iq type='set' id='b'><" + std::string(name) + " xmlns='urn:xmpp:blocking'>";
  for (const auto jid : jids) xml += "<item jid='" + std::string(jid) + "'/>";
  return xml + "</" + std::string(name) + "></iq>";
}
constexpr const char* get_list = "<iq type='get' id='l'><blocklist xmlns='urn:xmpp:blocking'/></iq>";

struct BlockingRules : ::testing::Test {
  TestServer server{{"blocking", "presence", "roster", "subscriptions", "ping"}};
  TestClient juliet = server.online("juliet@localhost/balcony");
  TestClient mercutio = server.online("mercutio@localhost/orchard");

  void befriend() {
    mercutio.send("<presence type='subscribe' to='juliet@localhost'/>");
    juliet.send("<presence type='subscribed' to='mercutio@localhost'/><presence type='subscribe' to='mercutio@localhost'/>");
    mercutio.send("<presence type='subscribed' to='juliet@localhost'/>");
    juliet.received();
    mercutio.received();
  }
  void block(std::initializer_list<std::string_view> jids) { juliet.send(command("block", jids)).received(); }
};

TEST_F(BlockingRules, TheListIsKept) {
  EXPECT_EQ(juliet.send(get_list).received_text(), "<iq to='juliet@localhost/balcony' type='result' id='l'>"
                                                   "<blocklist xmlns='urn:xmpp:blocking'/></iq>");
  block({"mercutio@localhost", "iago@localhost"});
  juliet.send("</stream:stream>");
  EXPECT_THAT(server.login("juliet@localhost/desk").send(get_list).received_text(),
              HasSubstr("<item jid='iago@localhost'/><item jid='mercutio@localhost'/>"));
}

TEST_F(BlockingRules, ChangesArePushedToThoseWhoAskedForTheList) {
  auto desk = server.login("juliet@localhost/desk");
  auto watch = server.login("juliet@localhost/watch");
  desk.send(get_list).received();
  block({"mercutio@localhost"});
  EXPECT_THAT(desk.received_text(), HasSubstr("<block xmlns='urn:xmpp:blocking'><item jid='mercutio@localhost'/></block>"));
  juliet.send(command("unblock", {"mercutio@localhost"}));
  EXPECT_THAT(desk.received_text(), HasSubstr("<unblock xmlns='urn:xmpp:blocking'><item jid='mercutio@localhost'/>"));
  block({"mercutio@localhost"});
  desk.received();
  juliet.send(command("unblock", {}));
  EXPECT_THAT(desk.received_text(), HasSubstr("<unblock xmlns='urn:xmpp:blocking'/>"));
  EXPECT_THAT(watch.received(), IsEmpty());
}

TEST(BlockingOffline, WhatWaitedFromABlockedSenderIsNotDelivered) {
  TestServer server({"archive", "blocking", "presence"});
  server.create_account("juliet");
  auto mercutio = server.login("mercutio@localhost/orchard");
  auto romeo = server.login("romeo@localhost/orchard");
  mercutio.send("<message to='juliet@localhost' type='chat'><body>unwanted</body></message>");
  romeo.send("<message to='juliet@localhost' type='chat'><body>wanted</body></message>");
  auto juliet = server.login("juliet@localhost/balcony");
  juliet.send(command("block", {"mercutio@localhost"})).received();
  const auto got = juliet.send("<presence/>").received_text();
  EXPECT_THAT(got, HasSubstr(">wanted<"));
  EXPECT_THAT(got, Not(HasSubstr("unwanted")));
}

TEST_F(BlockingRules, ABlockedSenderHearsThatNobodyIsThere) {
  block({"mercutio@localhost"});
  mercutio.send("<message to='juliet@localhost' type='chat' id='m'><body>hi</body></message>");
  EXPECT_THAT(mercutio.received_text(), HasSubstr("<service-unavailable"));
  mercutio.send("<iq to='juliet@localhost/balcony' type='get' id='q'><ping xmlns='urn:xmpp:ping'/></iq>");
  EXPECT_THAT(mercutio.received_text(), HasSubstr("<service-unavailable"));
  mercutio.send("<iq to='juliet@localhost/balcony' type='result' id='r'/>");
  mercutio.send("<presence to='juliet@localhost'/><presence type='subscribe' to='juliet@localhost'/>");
  EXPECT_THAT(mercutio.received_text(), Not(HasSubstr("error")));
  EXPECT_THAT(juliet.received(), IsEmpty());
}

TEST_F(BlockingRules, OneCannotSendToWhomOneBlocks) {
  block({"mercutio@localhost"});
  for (const auto* stanza : {"<message to='mercutio@localhost' id='1'><body>hi</body></message>",
                             "<presence to='mercutio@localhost' id='1'/>",
                             "<iq to='mercutio@localhost/orchard' type='get' id='1'><ping xmlns='urn:xmpp:ping'/></iq>"}) {
    const auto answer = juliet.send(stanza).received_text();
    EXPECT_THAT(answer, HasSubstr("<not-acceptable")) << stanza;
    EXPECT_THAT(answer, HasSubstr("<blocked xmlns='urn:xmpp:blocking:errors'/>")) << stanza;
  }
  EXPECT_THAT(mercutio.received(), IsEmpty());
}

TEST_F(BlockingRules, ABlockedContactSeesTheUserGoAndComeBack) {
  befriend();
  block({"mercutio@localhost"});
  EXPECT_THAT(mercutio.received_text(), HasSubstr("from='juliet@localhost/balcony' to='mercutio@localhost' type='unavailable'"));
  juliet.send("<presence><show>away</show></presence>");
  mercutio.send("<presence type='probe' to='juliet@localhost'/>");
  EXPECT_THAT(mercutio.received(), IsEmpty());
  juliet.received();
  juliet.send(command("unblock", {"mercutio@localhost"}));
  EXPECT_THAT(mercutio.received_text(), HasSubstr("<show>away</show>"));
  EXPECT_THAT(juliet.received_text(), HasSubstr("from='mercutio@localhost/orchard'"));
}

TEST_F(BlockingRules, DirectedPresenceIsTakenBack) {
  juliet.send("<presence to='mercutio@localhost'/>");
  mercutio.received();
  block({"mercutio@localhost"});
  EXPECT_THAT(mercutio.received_text(), HasSubstr("type='unavailable'"));
}

TEST_F(BlockingRules, AResourceOrADomainCanBeBlocked) {
  auto phone = server.online("mercutio@localhost/phone");
  block({"mercutio@localhost/phone"});
  phone.send("<message to='juliet@localhost' id='1'><body>a</body></message>");
  EXPECT_THAT(phone.received_text(), HasSubstr("<service-unavailable"));
  mercutio.send("<message to='juliet@localhost' id='1'><body>b</body></message>");
  EXPECT_THAT(juliet.received_text(), HasSubstr("<body>b</body>"));
  block({"localhost"});
  mercutio.send("<message to='juliet@localhost' id='1'><body>c</body></message>");
  EXPECT_THAT(mercutio.received_text(), HasSubstr("<service-unavailable"));
  auto desk = server.online("juliet@localhost/desk");  // never oneself
  EXPECT_THAT(juliet.received_text(), HasSubstr("juliet@localhost/desk"));
}

TEST_F(BlockingRules, BadCommandsAreRefused) {
  EXPECT_THAT(juliet.send(command("block", {})).received_text(), HasSubstr("<bad-request"));
  EXPECT_THAT(juliet.send(command("block", {"@@"})).received_text(), HasSubstr("<jid-malformed"));
  EXPECT_THAT(juliet.send(command("block", {"juliet@localhost"})).received_text(), HasSubstr("<not-allowed"));
}

TEST(BlockingLimits, ThereIsAnEndToTheList) {
  Config config;
  config.blocked_jids = 2;
  TestServer server({"blocking"}, config);
  auto juliet = server.login("juliet@localhost/balcony");
  EXPECT_THAT(juliet.send(command("block", {"a@b", "c@d", "e@f"})).received_text(), HasSubstr("<resource-constraint"));
  EXPECT_THAT(juliet.send(get_list).received_text(), Not(HasSubstr("<item")));
  EXPECT_THAT(juliet.send(command("block", {"a@b", "c@d"})).received_text(), HasSubstr("type='result'"));
  EXPECT_THAT(juliet.send(command("block", {"a@b"})).received_text(), HasSubstr("type='result'"));  // there already
}

}  // namespace
}  // namespace queqiao::server::testing
