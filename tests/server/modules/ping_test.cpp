#include <gtest/gtest.h>

#include "../test_server.h"

namespace queqiao::server::testing {

TEST(Ping, TheServerAnswersForItself) {
  TestServer server({"ping"});
  auto juliet = server.login("juliet@localhost/balcony");
  juliet.send("<iq type='get' to='localhost' id='1'><ping xmlns='urn:xmpp:ping'/></iq>");
  EXPECT_EQ(juliet.received_text(),
            "<iq from='localhost' to='juliet@localhost/balcony' type='result' id='1'/>");
}

TEST(Ping, AnotherClientGetsItsOwnPings) {
  TestServer server({"ping"});
  auto juliet = server.login("juliet@localhost/balcony");
  auto romeo = server.login("romeo@localhost/orchard");
  juliet.send("<iq type='get' to='romeo@localhost/orchard' id='1'><ping xmlns='urn:xmpp:ping'/></iq>");
  EXPECT_EQ(romeo.received().size(), 1u);
  romeo.send("<iq type='result' to='juliet@localhost/balcony' id='1'/>");
  EXPECT_EQ(juliet.received_text(),
            "<iq from='romeo@localhost/orchard' to='juliet@localhost/balcony' type='result' id='1'></iq>");
}

}  // namespace queqiao::server::testing
