#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../test_server.h"

namespace queqiao::server::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view sm = "xmlns='urn:xmpp:sm:3'";

std::string nonza(std::string_view name, std::string_view attributes = {}) {
  return "<" + std::string(name) + " " + std::string(sm) + " " + std::string(attributes) + "/>";
}

std::string enable(TestClient& client) {
  client.received();
  client.send(nonza("enable", "resume='true'"));
  const auto answer = client.received();
  EXPECT_EQ(answer.size(), 1u);
  return std::string(answer.at(0).element().attribute("id"));
}

std::string message(std::string_view to, std::string_view body) {
  return "<message type='chat' to='" + std::string(to) + "'><body>" + std::string(body) + "</body></message>";
}

// A new connection of `user` that has logged in and not bound.
TestClient come_back(TestServer& server, std::string_view user) {
  TestClient client(server);
  client.open().authenticate(user, "secret").open();
  client.received();
  return client;
}

std::string resume(std::string_view token, int h) {
  return nonza("resume", "previd='" + std::string(token) + "' h='" + std::to_string(h) + "'");
}

struct StreamManagementTest : ::testing::Test {
  TestServer server{{"archive", "ping", "stream_management"}};
  TestClient juliet = server.login("juliet@localhost/balcony");
  TestClient romeo = server.login("romeo@localhost/orchard");
};

}  // namespace

TEST_F(StreamManagementTest, IsOfferedAfterLogin) {
  TestClient client(server);
  client.open();
  EXPECT_THAT(client.received_text(), Not(HasSubstr("urn:xmpp:sm:3")));
  client.authenticate("juliet", "secret");
  client.received();
  client.open();
  EXPECT_THAT(client.received_text(), HasSubstr("<sm xmlns='urn:xmpp:sm:3'/>"));
}

TEST_F(StreamManagementTest, EnablingTwiceOrTooEarlyFails) {
  enable(juliet);
  juliet.send(nonza("enable"));
  EXPECT_THAT(juliet.received_text(), HasSubstr("<unexpected-request"));
  auto early = come_back(server, "juliet");
  early.send(nonza("enable"));
  EXPECT_THAT(early.received_text(), HasSubstr("<unexpected-request"));
  early.bind("early");
  EXPECT_THAT(early.received_text(), HasSubstr("juliet@localhost/early"));
}

TEST_F(StreamManagementTest, CountsWhatItHandled) {
  enable(juliet);
  juliet.send(message("romeo@localhost", "1") + message("romeo@localhost", "2") + nonza("r"));
  EXPECT_THAT(juliet.received_text(), HasSubstr("h='2'"));
  juliet.send("<iq type='get' id='1' to='localhost'><ping xmlns='urn:xmpp:ping'/></iq>" + nonza("r") + nonza("r"));
  EXPECT_THAT(juliet.received_text(), HasSubstr("h='3'"));
}

TEST_F(StreamManagementTest, AsksForAcknowledgementsUntilNothingIsOpen) {
  enable(romeo);
  juliet.send(message("romeo@localhost/orchard", "1") + message("romeo@localhost/orchard", "2"));
  auto got = romeo.received();
  ASSERT_EQ(got.size(), 3u) << "one question at a time";
  romeo.send(nonza("a", "h='1'"));
  EXPECT_THAT(romeo.received_text(), HasSubstr("<r "));
  romeo.send(nonza("a", "h='2'"));
  EXPECT_EQ(romeo.received_text(), "");
}

TEST_F(StreamManagementTest, AcknowledgingTooMuchEndsTheStream) {
  enable(juliet);
  juliet.send(nonza("a", "h='7'"));
  const auto text = juliet.received_text();
  EXPECT_THAT(text, HasSubstr("<undefined-condition"));
  EXPECT_THAT(text, HasSubstr("<handled-count-too-high xmlns='urn:xmpp:sm:3' h='7' send-count='0'/>"));
  EXPECT_TRUE(juliet.is_closed());
}

TEST_F(StreamManagementTest, AResumedSessionGoesOnWhereItWas) {
  const auto token = enable(romeo);
  juliet.send(message("romeo@localhost/orchard", "seen") + message("romeo@localhost/orchard", "lost"));
  romeo.received();
  romeo.break_connection();
  juliet.send(message("romeo@localhost/orchard", "missed"));
  auto again = come_back(server, "romeo");
  again.send(resume(token, 1));
  const auto got = again.received();
  ASSERT_GE(got.size(), 3u);
  EXPECT_EQ(got[0].text(), "<resumed xmlns='urn:xmpp:sm:3' h='0' previd='" + token + "'/>");
  EXPECT_THAT(got[1].text(), HasSubstr("lost"));
  EXPECT_THAT(got[2].text(), HasSubstr("missed"));
  again.send("<iq type='get' id='1' to='localhost'><ping xmlns='urn:xmpp:ping'/></iq>" + nonza("r"));
  const auto text = again.received_text();
  EXPECT_THAT(text, HasSubstr("to='romeo@localhost/orchard'"));
  EXPECT_THAT(text, HasSubstr("h='1'"));
}

TEST_F(StreamManagementTest, ResumingReplacesAConnectionThatStillLooksAlive) {
  const auto token = enable(romeo);
  auto again = come_back(server, "romeo");
  again.send(resume(token, 0));
  EXPECT_THAT(again.received_text(), HasSubstr("<resumed"));
  EXPECT_TRUE(romeo.is_closed());
  EXPECT_THAT(romeo.received_text(), HasSubstr("<conflict"));
  juliet.send(message("romeo@localhost/orchard", "hi"));
  EXPECT_THAT(again.received_text(), HasSubstr("hi"));
}

TEST_F(StreamManagementTest, ATokenIsForItsAccountOnly) {
  const auto token = enable(romeo);
  romeo.break_connection();
  // Somebody whose home is the same shard, and somebody whose home is the other.
  for (const auto* thief : {"juliet", "nurse", "paris", "tybalt", "mercutio"}) {
    server.create_account(thief);
    auto client = come_back(server, thief);
    client.send(resume(token, 0));
    EXPECT_THAT(client.received_text(), HasSubstr("<item-not-found")) << thief;
    client.bind("after");
    EXPECT_THAT(client.received_text(), HasSubstr("/after")) << "binding is allowed then";
  }
  auto again = come_back(server, "romeo");
  again.send(resume(token, 0));
  EXPECT_THAT(again.received_text(), HasSubstr("<resumed"));
}

TEST_F(StreamManagementTest, ADetachedSessionEndsWithItsTime) {
  const auto token = enable(romeo);
  romeo.break_connection();
  server.advance(server.config().resumption_timeout + std::chrono::seconds(1));
  auto again = come_back(server, "romeo");
  again.send(resume(token, 0));
  EXPECT_THAT(again.received_text(), HasSubstr("<item-not-found"));
}

TEST_F(StreamManagementTest, WhoHasEndedTheStreamIsGoneEvenIfAnAnswerWasDue) {
  const auto token = enable(romeo);
  romeo.give("<iq type='set' id='1'><query xmlns='urn:xmpp:mam:2'/></iq></stream:stream>");
  EXPECT_FALSE(romeo.is_closed());
  romeo.break_connection();
  auto again = come_back(server, "romeo");
  again.send(resume(token, 0));
  EXPECT_THAT(again.received_text(), HasSubstr("<item-not-found"));
}

TEST_F(StreamManagementTest, ResumingWithTooHighACountFails) {
  const auto token = enable(romeo);
  romeo.break_connection();
  auto again = come_back(server, "romeo");
  again.send(resume(token, 5));
  EXPECT_THAT(again.received_text(), HasSubstr("handled-count-too-high"));
}

TEST_F(StreamManagementTest, AClientThatNeverAcknowledgesIsEndedWithinALimit) {
  server.config().unacknowledged_stanzas = 3;
  enable(romeo);
  for (int i = 0; i < 5; ++i) {
    juliet.send(message("romeo@localhost/orchard", "hi"));
    server.advance(std::chrono::seconds(1));  // she is slowed down meanwhile
  }
  EXPECT_THAT(romeo.received_text(), HasSubstr("<resource-constraint")) << "passing: the client comes back";
}

TEST_F(StreamManagementTest, TheClientMayWishForLessTime) {
  juliet.received();
  juliet.send(nonza("enable", "resume='true' max='30'"));
  EXPECT_THAT(juliet.received_text(), HasSubstr("max='30'"));
  romeo.received();
  romeo.send(nonza("enable", "resume='true' max='99999'"));
  EXPECT_THAT(romeo.received_text(), HasSubstr("max='600'"));
  juliet.break_connection();
  server.advance(std::chrono::seconds(31));
  romeo.send("<iq type='get' id='1' to='juliet@localhost/balcony'><ping xmlns='urn:xmpp:ping'/></iq>");
  EXPECT_THAT(romeo.received_text(), HasSubstr("<service-unavailable"));
}

TEST_F(StreamManagementTest, AResumptionThatFailsDoesNotTouchTheLivingConnection) {
  const auto token = enable(romeo);
  auto again = come_back(server, "romeo");
  again.send(resume(token, 9));
  EXPECT_THAT(again.received_text(), HasSubstr("handled-count-too-high"));
  EXPECT_TRUE(again.is_closed());
  EXPECT_FALSE(romeo.is_closed());
  juliet.send(message("romeo@localhost/orchard", "hi"));
  EXPECT_THAT(romeo.received_text(), HasSubstr("hi"));
}

TEST_F(StreamManagementTest, WhoseSessionIsOverLearnsWhatArrived) {
  const auto token = enable(romeo);
  romeo.send(message("juliet@localhost", "1") + message("juliet@localhost", "2"));
  romeo.break_connection();
  server.advance(server.config().resumption_timeout + std::chrono::seconds(1));
  auto again = come_back(server, "romeo");
  again.send(resume(token, 0));
  EXPECT_THAT(again.received_text(), HasSubstr("<failed xmlns='urn:xmpp:sm:3' h='2'><item-not-found"));
  auto other = come_back(server, "juliet");
  other.send(resume(token, 0));
  EXPECT_THAT(other.received_text(), HasSubstr("<failed xmlns='urn:xmpp:sm:3'><item-not-found"));
}

TEST_F(StreamManagementTest, NothingIsCountedBeforeItIsEnabled) {
  juliet.received();
  juliet.send(nonza("r") + nonza("a", "h='0'"));
  EXPECT_THAT(juliet.received_text(), HasSubstr("<failed xmlns='urn:xmpp:sm:3'><unexpected-request"));
  EXPECT_FALSE(juliet.is_closed());
}

}  // namespace queqiao::server::testing
