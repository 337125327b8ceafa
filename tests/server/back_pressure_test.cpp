// Whoever sends faster than others can take is read from more slowly (docs/architecture.md).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "test_server.h"

namespace queqiao::server::testing {
namespace {

using ::testing::HasSubstr;

struct BackPressure : ::testing::Test {
  TestServer server{{"archive", "ping", "presence", "stream_management"}};
  TestClient juliet = server.online("juliet@localhost/balcony");
  TestClient romeo = server.online("romeo@localhost/orchard");

  void write(int count) {
    std::string messages;
    for (int i = 0; i < count; ++i) {
      messages += "<message type='chat' to='romeo@localhost'><body>" + std::to_string(i) + "</body></message>";
    }
    juliet.send(messages);
  }
};

TEST_F(BackPressure, ASenderWaitsForAReceiverWhoseQueueIsLong) {
  romeo.set_full(true);
  write(1);
  EXPECT_EQ(romeo.received().size(), 1u);
  write(3);
  EXPECT_FALSE(juliet.is_read());
  EXPECT_EQ(romeo.received().size(), 0u);
  romeo.set_full(false);
  server.advance(std::chrono::seconds(1));
  EXPECT_TRUE(juliet.is_read());
  EXPECT_EQ(romeo.received().size(), 3u);
}

TEST_F(BackPressure, AReceiverWhoNeverReadsSlowsOthersDownAndDoesNotStopThem) {
  romeo.set_full(true);
  write(5);
  std::size_t got = romeo.received().size();
  for (int i = 0; i < 10 && got < 5; ++i) {
    server.advance(std::chrono::seconds(1));
    got += romeo.received().size();
  }
  EXPECT_EQ(got, 5u);
}

TEST_F(BackPressure, ASenderWaitsForAShardThatHasTooMuchToDo) {
  const auto home = server.shards().home_of("romeo");
  std::string name = "a";
  while (server.shards().home_of(name) == home) ++name[0];
  auto sender = server.online(name + "@localhost/a");
  server.loop(home).set_congested(true);
  const std::string message = "<message type='chat' to='romeo@localhost'><body>hi</body></message>";
  sender.send(message);
  sender.send(message);
  EXPECT_FALSE(sender.is_read());
  EXPECT_EQ(romeo.received().size(), 1u);
  server.loop(home).set_congested(false);
  server.advance(std::chrono::seconds(1));
  EXPECT_TRUE(sender.is_read());
  EXPECT_EQ(romeo.received().size(), 1u);
}

TEST_F(BackPressure, WhatWaitsForResumptionIsNotForSendersToWaitFor) {
  server.config().unacknowledged_stanzas = 4;
  romeo.send("<enable xmlns='urn:xmpp:sm:3' resume='true'/>");
  romeo.break_connection();
  write(3);
  EXPECT_TRUE(juliet.is_read());
}

}  // namespace
}  // namespace queqiao::server::testing
