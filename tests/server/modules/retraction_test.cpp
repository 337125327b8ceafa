#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../test_server.h"

namespace queqiao::server::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

// Juliet and Romeo live on different shards.
struct RetractionTest : ::testing::Test {
  TestServer server{std::initializer_list<std::string_view>{"archive", "carbons", "disco", "presence", "retraction"}};
  TestClient juliet = server.online("juliet@localhost/balcony");
  TestClient romeo = server.online("romeo@localhost/orchard");

  static std::string chat(std::string_view to, std::string_view id, std::string_view content = "<body>secret</body>") {
    return "<message type='chat' to='" + std::string(to) + "' id='" + std::string(id) + "'>" + std::string(content) +
           "</message>";
  }
  static std::string retract(std::string_view to, std::string_view target, std::string_view type = "chat") {
    return "<message type='" + std::string(type) + "' to='" + std::string(to) +
           "' id='r1'><retract xmlns='urn:xmpp:message-retract:1' id='" + std::string(target) +
           "'/><fallback xmlns='urn:xmpp:fallback:0' for='urn:xmpp:message-retract:1'/><body>Taken "
           "back.</body></message>";
  }
  static std::string history(TestClient& client) {
    client.received();
    client.send("<iq type='set' id='q'><query xmlns='urn:xmpp:mam:2'/></iq>");
    return client.received_text();
  }
};

}  // namespace

TEST_F(RetractionTest, LeavesATombstoneInBothArchivesAndIsDelivered) {
  romeo.send(chat("juliet@localhost", "m1"));
  juliet.received();
  server.advance(std::chrono::seconds(5));
  romeo.send(retract("juliet@localhost", "m1"));
  EXPECT_THAT(juliet.received_text(), AllOf(HasSubstr("<retract "), HasSubstr("Taken back.")));
  for (auto* client : {&juliet, &romeo}) {
    EXPECT_THAT(history(*client), AllOf(Not(HasSubstr("secret")), HasSubstr("id='m1'"), HasSubstr("<retracted "),
                                        HasSubstr("id='r1'"), HasSubstr("Taken back.")));
  }
}

TEST_F(RetractionTest, NamesTheMessageByItsOriginIdToo) {
  romeo.send(chat("juliet@localhost", "m1", "<body>secret</body><origin-id xmlns='urn:xmpp:sid:0' id='o1'/>"));
  romeo.send(retract("juliet@localhost", "o1"));
  EXPECT_THAT(history(juliet), AllOf(Not(HasSubstr("secret")), HasSubstr("<retracted ")));
}

TEST_F(RetractionTest, NamesTheMessageByItsStanzaIdToo) {
  romeo.send(chat("juliet@localhost", "m1"));
  const std::string stanza_id(juliet.received().at(0).element().child("stanza-id", "urn:xmpp:sid:0").attribute("id"));
  ASSERT_FALSE(stanza_id.empty());
  romeo.send(retract("juliet@localhost", stanza_id));
  EXPECT_THAT(history(juliet), AllOf(Not(HasSubstr("secret")), HasSubstr("<retracted ")));
}

// Corrections and the like by a non-author are how others have been hurt (CVE-2022-39835).
TEST_F(RetractionTest, NobodyTakesBackTheWordsOfSomebodyElse) {
  auto nurse = server.online("nurse@localhost/house");
  romeo.send(chat("juliet@localhost", "m1"));
  nurse.send(retract("juliet@localhost", "m1"));
  juliet.send(retract("romeo@localhost", "m1"));
  EXPECT_THAT(history(juliet), AllOf(HasSubstr("secret"), Not(HasSubstr("<retracted "))));
  EXPECT_THAT(history(romeo), AllOf(HasSubstr("secret"), Not(HasSubstr("<retracted "))));
}

TEST_F(RetractionTest, AnyResourceOfTheAuthorMay) {
  romeo.send(chat("juliet@localhost/balcony", "m1"));
  auto phone = server.online("romeo@localhost/phone");
  phone.send(retract("juliet@localhost", "m1"));
  EXPECT_THAT(history(juliet), AllOf(Not(HasSubstr("secret")), HasSubstr("<retracted ")));
}

TEST_F(RetractionTest, IsRefusedWhenItIsTooLate) {
  romeo.send(chat("juliet@localhost", "m1"));
  juliet.received();
  server.advance(std::chrono::seconds(121));
  romeo.received();
  romeo.send(retract("juliet@localhost", "m1"));
  EXPECT_THAT(romeo.received_text(),
              AllOf(HasSubstr("type='error'"), HasSubstr("<not-acceptable"), HasSubstr("120 seconds")));
  EXPECT_THAT(juliet.received_text(), Not(HasSubstr("<retract ")));
  EXPECT_THAT(history(juliet), AllOf(HasSubstr("secret"), Not(HasSubstr("retract"))));
}

TEST_F(RetractionTest, HasNoLimitWhenItIsSetToNone) {
  server.config().retraction_limit = std::chrono::seconds(0);
  romeo.send(chat("juliet@localhost", "m1"));
  server.advance(std::chrono::hours(100));
  romeo.send(retract("juliet@localhost", "m1"));
  EXPECT_THAT(history(juliet), Not(HasSubstr("secret")));
}

TEST_F(RetractionTest, OfAnUnknownMessagePassesLikeAnyOther) {
  romeo.send(retract("juliet@localhost", "never sent"));
  EXPECT_THAT(juliet.received_text(), HasSubstr("<retract "));
  EXPECT_THAT(history(juliet), HasSubstr("Taken back."));
}

TEST_F(RetractionTest, WhatWaitsForSomebodyWhoIsAwayIsReplaced) {
  juliet.send("<presence type='unavailable'/>");
  romeo.send(chat("juliet@localhost", "m1"));
  romeo.send(retract("juliet@localhost", "m1"));
  auto back = server.login("juliet@localhost/phone");
  back.send("<presence/>");
  EXPECT_THAT(back.received_text(),
              AllOf(Not(HasSubstr("secret")), HasSubstr("<retracted "), HasSubstr("Taken back.")));
}

TEST_F(RetractionTest, HasALimitPerHour) {
  server.config().retractions_per_hour = 2;
  for (int i = 0; i < 3; ++i) romeo.send(retract("juliet@localhost", "m1"));
  EXPECT_THAT(romeo.received_text(), AllOf(HasSubstr("<policy-violation"), HasSubstr("type='wait'")));
  EXPECT_EQ(juliet.received().size(), 2u);
}

TEST_F(RetractionTest, IsAdvertised) {
  romeo.send("<iq type='get' to='localhost' id='1'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>");
  EXPECT_THAT(romeo.received_text(), HasSubstr("'urn:xmpp:message-retract:1#tombstone'"));
}

TEST(Retraction, WithoutAnArchiveReplacesWhatWaits) {
  Config config;
  config.has_archive = false;
  TestServer server({"archive", "presence", "retraction"}, config);
  server.create_account("juliet");
  auto romeo = server.online("romeo@localhost/orchard");
  romeo.send("<message type='chat' to='juliet@localhost' id='m1'><body>secret</body></message>");
  romeo.send(
      "<message type='chat' to='juliet@localhost' id='r1'><retract xmlns='urn:xmpp:message-retract:1' "
      "id='m1'/></message>");
  auto juliet = server.login("juliet@localhost/phone");
  juliet.send("<presence/>");
  EXPECT_THAT(juliet.received_text(), AllOf(Not(HasSubstr("secret")), HasSubstr("<retract ")));
}

}  // namespace queqiao::server::testing
