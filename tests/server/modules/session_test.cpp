#include <gtest/gtest.h>

#include "../test_server.h"

namespace queqiao::server::testing {

// What a client of RFC 3921 does next, once the stream's features have offered it.
TEST(SessionRequest, WhatTheFeaturesOfferIsGranted) {
  TestServer server({"session"});
  auto juliet = server.login("juliet@localhost/balcony");
  juliet.send("<iq type='set' id='1'><session xmlns='urn:ietf:params:xml:ns:xmpp-session'/></iq>");
  EXPECT_EQ(juliet.received_text(), "<iq to='juliet@localhost/balcony' type='result' id='1'/>");
  juliet.send("<iq type='set' to='localhost' id='2'><session xmlns='urn:ietf:params:xml:ns:xmpp-session'/></iq>");
  EXPECT_EQ(juliet.received_text(), "<iq from='localhost' to='juliet@localhost/balcony' type='result' id='2'/>");
}

}  // namespace queqiao::server::testing
