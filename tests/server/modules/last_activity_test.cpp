#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../test_server.h"

namespace queqiao::server::testing {
namespace {

using ::testing::HasSubstr;

std::string ask(std::string_view to) {
  return "<iq type='get' id='1' to='" + std::string(to) + "'><query xmlns='jabber:iq:last'/></iq>";
}

TEST(LastActivity, TheServerTellsItsUptime) {
  TestServer server({"last_activity"});
  auto juliet = server.login("juliet@localhost/balcony");
  server.advance(std::chrono::seconds(90));
  EXPECT_THAT(juliet.send(ask("localhost")).received_text(), HasSubstr("seconds='90'"));
}

TEST(LastActivity, OnlySubscribersLearnSinceWhenSomebodyIsAway) {
  TestServer server({"last_activity", "presence", "roster", "subscriptions"});
  auto juliet = server.online("juliet@localhost/balcony");
  auto mercutio = server.online("mercutio@localhost/orchard");
  EXPECT_THAT(mercutio.send(ask("juliet@localhost")).received_text(), HasSubstr("<forbidden"));
  mercutio.send("<presence type='subscribe' to='juliet@localhost'/>");
  juliet.send("<presence type='subscribed' to='mercutio@localhost'/>");
  mercutio.received();
  EXPECT_THAT(mercutio.send(ask("juliet@localhost")).received_text(), HasSubstr("seconds='0'"));
  juliet.send("</stream:stream>");
  server.advance(std::chrono::seconds(60));
  mercutio.received();
  EXPECT_THAT(mercutio.send(ask("juliet@localhost")).received_text(), HasSubstr("seconds='60'"));
}

}  // namespace
}  // namespace queqiao::server::testing
