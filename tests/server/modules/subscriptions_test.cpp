#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../test_server.h"

namespace queqiao::server::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr const char* get_roster = "<iq type='get' id='g'><query xmlns='jabber:iq:roster'/></iq>";

struct SubscriptionRules : ::testing::Test {
  TestServer server{{"presence", "roster", "subscriptions"}};
  TestClient juliet = online("juliet@localhost/balcony");
  TestClient mercutio = online("mercutio@localhost/orchard");

  TestClient online(std::string_view jid) {
    auto client = server.login(jid);
    client.send(get_roster).send("<presence/>").received();
    return client;
  }
  static std::string subscription(std::string_view type, std::string_view to, std::string_view content = "") {
    return "<presence type='" + std::string(type) + "' to='" + std::string(to) + "'>" + std::string(content) + "</presence>";
  }
  static std::string roster(TestClient& client) {
    client.received();
    return client.send(get_roster).received_text();
  }
};

TEST_F(SubscriptionRules, ARequestIsStampedBareAndShownWithItsGreeting) {
  mercutio.send(subscription("subscribe", "juliet@localhost/x", "<status>Hello</status>"));
  EXPECT_EQ(juliet.received_text(), "<presence from='mercutio@localhost' to='juliet@localhost' type='subscribe'>"
                                    "<status>Hello</status></presence>");
  EXPECT_THAT(roster(mercutio), HasSubstr("<item jid='juliet@localhost' subscription='none' ask='subscribe'/>"));
  EXPECT_THAT(roster(juliet), Not(HasSubstr("<item")));  // RFC 6121 A.1: pending in is no item
}

TEST_F(SubscriptionRules, ApprovalTellsFirstTheStanzaThenTheRosterThenThePresence) {
  mercutio.send(subscription("subscribe", "juliet@localhost"));
  mercutio.received();
  juliet.send(subscription("subscribed", "mercutio@localhost"));
  const auto heard = mercutio.received_text();
  const auto stanza = heard.find("type='subscribed'");
  const auto push = heard.find("subscription='to'");
  const auto presence = heard.find("from='juliet@localhost/balcony'");
  ASSERT_NE(presence, std::string::npos) << heard;
  EXPECT_LT(stanza, push);
  EXPECT_LT(push, presence);
  EXPECT_THAT(roster(juliet), HasSubstr("<item jid='mercutio@localhost' subscription='from'/>"));
}

TEST_F(SubscriptionRules, ARefusalEndsTheRequest) {
  mercutio.send(subscription("subscribe", "juliet@localhost"));
  juliet.send(subscription("unsubscribed", "mercutio@localhost"));
  EXPECT_THAT(mercutio.received_text(), HasSubstr("type='unsubscribed'"));
  EXPECT_THAT(roster(mercutio), HasSubstr("<item jid='juliet@localhost' subscription='none'/>"));
  juliet.received();
  EXPECT_THAT(online("juliet@localhost/desk").received_text(), Not(HasSubstr("type='subscribe'")));
}

TEST_F(SubscriptionRules, ARequestComesAgainAtEachLogInUntilItIsAnswered) {
  juliet.send("</stream:stream>");
  mercutio.send(subscription("subscribe", "juliet@localhost", "<status>Hello</status>"));
  for (int i = 0; i < 2; ++i) {
    auto again = server.login("juliet@localhost/balcony");
    EXPECT_THAT(again.send("<presence/>").received_text(), HasSubstr("<status>Hello</status>"));
    again.send("</stream:stream>");
  }
  auto last = online("juliet@localhost/balcony");
  last.send(subscription("subscribed", "mercutio@localhost")).send("</stream:stream>");
  auto after = server.login("juliet@localhost/balcony");
  EXPECT_THAT(after.send("<presence/>").received_text(), Not(HasSubstr("type='subscribe'")));
}

TEST_F(SubscriptionRules, ASecondRequestIsNotShownAgain) {
  mercutio.send(subscription("subscribe", "juliet@localhost"));
  juliet.received();
  mercutio.send(subscription("subscribe", "juliet@localhost"));
  EXPECT_THAT(juliet.received(), IsEmpty());
}

TEST_F(SubscriptionRules, OneWhoIsSubscribedAlreadyIsAnsweredByTheServer) {
  mercutio.send(subscription("subscribe", "juliet@localhost"));
  juliet.send(subscription("subscribed", "mercutio@localhost"));
  juliet.received();
  mercutio.send(subscription("subscribe", "juliet@localhost"));
  EXPECT_THAT(juliet.received(), IsEmpty());
  EXPECT_THAT(roster(mercutio), HasSubstr("subscription='to'/>"));
}

TEST_F(SubscriptionRules, UnsubscribingHidesThePresence) {
  mercutio.send(subscription("subscribe", "juliet@localhost"));
  juliet.send(subscription("subscribed", "mercutio@localhost"));
  juliet.received();
  mercutio.received();
  mercutio.send(subscription("unsubscribe", "juliet@localhost"));
  EXPECT_THAT(juliet.received_text(), HasSubstr("type='unsubscribe'"));
  EXPECT_THAT(mercutio.received_text(), HasSubstr("from='juliet@localhost/balcony' to='mercutio@localhost' type='unavailable'"));
  EXPECT_THAT(roster(juliet), HasSubstr("subscription='none'"));
}

TEST_F(SubscriptionRules, CancellingHidesThePresence) {
  mercutio.send(subscription("subscribe", "juliet@localhost"));
  juliet.send(subscription("subscribed", "mercutio@localhost"));
  mercutio.received();
  juliet.send(subscription("unsubscribed", "mercutio@localhost"));
  const auto heard = mercutio.received_text();
  EXPECT_THAT(heard, HasSubstr("type='unsubscribed'"));
  EXPECT_THAT(heard, HasSubstr("type='unavailable'"));
  EXPECT_THAT(heard, HasSubstr("subscription='none'"));
}

TEST_F(SubscriptionRules, ApprovalInAdvanceAnswersTheRequest) {
  juliet.send(subscription("subscribed", "mercutio@localhost"));
  EXPECT_THAT(mercutio.received(), IsEmpty());
  EXPECT_THAT(roster(juliet), HasSubstr("<item jid='mercutio@localhost' subscription='none' approved='true'/>"));
  mercutio.send(subscription("subscribe", "juliet@localhost"));
  EXPECT_THAT(mercutio.received_text(), HasSubstr("type='subscribed'"));
  const auto heard = juliet.received_text();
  EXPECT_THAT(heard, HasSubstr("subscription='from'"));
  EXPECT_THAT(heard, Not(HasSubstr("type='subscribe'")));
}

TEST_F(SubscriptionRules, ApprovalInAdvanceIsTakenBackByUnsubscribed) {
  juliet.send(subscription("subscribed", "mercutio@localhost") + subscription("unsubscribed", "mercutio@localhost"));
  EXPECT_THAT(roster(juliet), Not(HasSubstr("approved")));
  mercutio.send(subscription("subscribe", "juliet@localhost"));
  EXPECT_THAT(juliet.received_text(), HasSubstr("type='subscribe'"));
}

TEST_F(SubscriptionRules, AnApprovalThatNobodyAskedForChangesNothing) {
  auto iago = online("iago@localhost/street");
  iago.send(subscription("subscribed", "juliet@localhost"));
  EXPECT_THAT(juliet.received(), IsEmpty());
  EXPECT_THAT(roster(juliet), Not(HasSubstr("iago")));
}

TEST_F(SubscriptionRules, BadRequestsAreRefused) {
  EXPECT_THAT(juliet.send("<presence type='subscribe'/>").received_text(), HasSubstr("<bad-request"));
  EXPECT_THAT(juliet.send(subscription("subscribe", "juliet@localhost")).received_text(), HasSubstr("<not-allowed"));
  EXPECT_THAT(juliet.send(subscription("subscribe", "mercutio@localhost", std::string(5'000, 'x'))).received_text(),
              HasSubstr("<policy-violation"));
}

TEST(SubscriptionLimits, ThereIsAnEndToUnansweredRequests) {
  Config config;
  config.pending_requests = 1;
  TestServer server({"presence", "roster", "subscriptions"}, config);
  auto juliet = server.online("juliet@localhost/balcony");
  server.login("a@localhost/1").send("<presence type='subscribe' to='juliet@localhost'/>");
  server.login("b@localhost/1").send("<presence type='subscribe' to='juliet@localhost'/>");
  EXPECT_EQ(juliet.received().size(), 1u);
}

}  // namespace
}  // namespace queqiao::server::testing
