#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../test_server.h"

namespace queqiao::server::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

struct AttentionTest : ::testing::Test {
  TestServer server{std::initializer_list<std::string_view>{"archive", "attention", "blocking", "presence"}};
  TestClient juliet = server.online("juliet@localhost/balcony");
  TestClient romeo = server.online("romeo@localhost/orchard");

  static std::string shake(std::string_view to, std::string_view type = "headline", std::string_view content = {}) {
    return "<message to='" + std::string(to) + "' type='" + std::string(type) +
           "'><attention xmlns='urn:xmpp:attention:0'/>" + std::string(content) + "</message>";
  }
};

}  // namespace

TEST_F(AttentionTest, ReachesAPersonOnceWithinTheInterval) {
  romeo.send(shake("juliet@localhost"));
  EXPECT_EQ(juliet.received().size(), 1u);
  server.advance(std::chrono::seconds(3));
  romeo.send(shake("juliet@localhost/balcony", "chat", "<body>hey</body>"));
  EXPECT_TRUE(juliet.received().empty()) << "another address of the same person is the same";
  server.advance(std::chrono::seconds(7));
  romeo.send(shake("juliet@localhost"));
  EXPECT_EQ(juliet.received().size(), 1u);
}

TEST_F(AttentionTest, TellsHowLongToWait) {
  romeo.send(shake("juliet@localhost", "chat", "<body>hey</body>"));
  server.advance(std::chrono::milliseconds(2500));
  romeo.send(shake("juliet@localhost", "chat", "<body>hey</body>"));
  EXPECT_THAT(romeo.received_text(),
              AllOf(HasSubstr("<policy-violation"), HasSubstr("type='wait'"), HasSubstr("8 seconds")));
}

TEST_F(AttentionTest, TheIntervalIsForEachPairOfPeople) {
  auto nurse = server.online("nurse@localhost/house");
  romeo.send(shake("juliet@localhost"));
  romeo.send(shake("nurse@localhost"));
  nurse.send(shake("juliet@localhost"));
  juliet.send(shake("romeo@localhost"));
  EXPECT_EQ(juliet.received().size(), 2u);
  EXPECT_EQ(nurse.received().size(), 1u);
  EXPECT_EQ(romeo.received().size(), 1u);
}

TEST_F(AttentionTest, AnotherDeviceIsNoWayAroundTheInterval) {
  romeo.send(shake("juliet@localhost"));
  auto phone = server.online("romeo@localhost/phone");
  phone.send(shake("juliet@localhost"));
  EXPECT_EQ(juliet.received().size(), 1u);
}

TEST_F(AttentionTest, LoggingInAgainIsNoWayAroundTheInterval) {
  romeo.send(shake("juliet@localhost"));
  romeo.break_connection();
  auto again = server.online("romeo@localhost/orchard");
  again.send(shake("juliet@localhost"));
  EXPECT_EQ(juliet.received().size(), 1u);
}

TEST_F(AttentionTest, OneAccountShakesAFewPeopleAtOnce) {
  for (int i = 0; i < 30; ++i) romeo.send(shake("user" + std::to_string(i) + "@localhost", "chat"));
  const auto answers = romeo.received_text();
  EXPECT_THAT(answers, HasSubstr("<policy-violation"));
  server.advance(std::chrono::seconds(10));
  romeo.received();
  romeo.send(shake("juliet@localhost"));
  EXPECT_EQ(juliet.received().size(), 1u) << "and goes on later";
}

TEST_F(AttentionTest, OtherMessagesPass) {
  romeo.send(shake("juliet@localhost"));
  juliet.received();
  romeo.send("<message to='juliet@localhost' type='chat'><body>are you there?</body></message>");
  EXPECT_EQ(juliet.received().size(), 1u);
}

TEST_F(AttentionTest, CanGoWithoutAnInterval) {
  server.config().attention_interval = std::chrono::seconds(0);
  for (int i = 0; i < 3; ++i) romeo.send(shake("juliet@localhost"));
  EXPECT_EQ(juliet.received().size(), 3u);
}

// XEP-0191 3.
TEST_F(AttentionTest, FromSomebodyBlockedReachesNobody) {
  juliet.send("<iq type='set' id='b'><block xmlns='urn:xmpp:blocking'><item jid='romeo@localhost'/></block></iq>");
  juliet.received();
  romeo.send(shake("juliet@localhost"));
  EXPECT_TRUE(juliet.received().empty());
}

// Business rule 3: what comes later has a delay, which tells the client to shake nothing.
TEST_F(AttentionTest, IsNotKeptForLaterWithoutABody) {
  juliet.send("<presence type='unavailable'/>");
  romeo.send(shake("juliet@localhost", "chat"));
  server.advance(std::chrono::seconds(10));
  romeo.send(shake("juliet@localhost", "chat", "<body>hey</body>"));
  auto back = server.login("juliet@localhost/phone");
  back.send("<presence/>");
  std::size_t shakes = 0;
  for (const auto& stanza : back.received()) {
    if (!stanza.element().child("attention", "urn:xmpp:attention:0")) continue;
    ++shakes;
    EXPECT_TRUE(stanza.element().child("body"));
    EXPECT_TRUE(stanza.element().child("delay", "urn:xmpp:delay"));
  }
  EXPECT_EQ(shakes, 1u);
}

}  // namespace queqiao::server::testing
