#include <gtest/gtest.h>

#include "../test_server.h"

namespace queqiao::server::testing {

TEST(Time, TheServerTellsUtc) {
  TestServer server({"time"});
  auto juliet = server.login("juliet@localhost/balcony");
  juliet.send("<iq type='get' id='1' to='localhost'><time xmlns='urn:xmpp:time'/></iq>");
  EXPECT_EQ(juliet.received_text(),
            "<iq from='localhost' to='juliet@localhost/balcony' type='result' id='1'><time xmlns='urn:xmpp:time'>"
            "<tzo>+00:00</tzo><utc>2023-11-14T22:13:20Z</utc></time></iq>");
}

}  // namespace queqiao::server::testing
