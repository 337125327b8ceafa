#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/encoding.h"
#include "test_server.h"

namespace queqiao::server::testing {
namespace {

using ::testing::HasSubstr;

std::string plain(std::string_view user, std::string_view password) {
  std::string message(1, '\0');
  message.append(user).append(1, '\0').append(password);
  return "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>" + base64_encode(message) + "</auth>";
}

TEST(ClientConnection, WhoGuessesPasswordsTooOftenIsClosed) {
  Config config;
  config.login_attempts = 3;
  TestServer server({"ping"}, config);
  server.create_account("juliet");
  TestClient client(server);
  client.open();
  for (int i = 0; i < 2; ++i) client.send(plain("juliet", "wrong"));
  EXPECT_FALSE(client.is_closed());
  client.send(plain("juliet", "wrong"));
  EXPECT_THAT(client.received_text(), HasSubstr("<policy-violation"));
  EXPECT_TRUE(client.is_closed());
}

TEST(ClientConnection, ReadsNothingWhileTheAccountIsLookedUp) {
  TestServer server({"ping"});
  server.create_account("juliet");
  TestClient client(server);
  client.open();
  client.give(plain("juliet", "secret") + "<stream:stream ");
  EXPECT_FALSE(client.is_read());
  server.run();
  EXPECT_TRUE(client.is_read());
}

TEST(ClientConnection, AsksForLittleBeforeLogin) {
  Config config;
  config.has_open_registration = true;
  TestServer server({"register"}, config);
  TestClient client(server);
  client.open();
  for (int i = 0; i < 100; ++i) client.give("<iq type='get' id='1'><query xmlns='jabber:iq:register'/></iq>");
  server.run();
  EXPECT_THAT(client.received_text(), HasSubstr("<policy-violation"));
  EXPECT_TRUE(client.is_closed());
}

TEST(ClientConnection, ReadsNothingWhileTooManyRequestsHaveNoAnswer) {
  Config config;
  config.uncommitted_stanzas = 2;
  TestServer server({"vcard"}, config);
  auto juliet = server.login("juliet@localhost/balcony");
  for (int i = 0; i < 2; ++i) juliet.give("<iq type='get' id='1'><vCard xmlns='vcard-temp'/></iq>");
  EXPECT_TRUE(juliet.is_read());
  juliet.give("<iq type='get' id='1'><vCard xmlns='vcard-temp'/></iq>");
  EXPECT_FALSE(juliet.is_read());
  server.run();
  EXPECT_TRUE(juliet.is_read());
  EXPECT_EQ(juliet.received().size(), 3u);
}

TEST(ClientConnection, ARequestWithoutAnswerEndsWithTheServer) {
  TestServer server({"carbons", "csi", "register"});
  auto juliet = server.login("juliet@localhost/balcony");
  juliet.give(
      "<iq type='set' id='1'><query xmlns='jabber:iq:register'><username>juliet</username>"
      "<password>new</password></query></iq>");
}

TEST(ClientConnection, WhoLeavesStillGetsTheAnswersThatAreDue) {
  TestServer server({"vcard"});
  auto juliet = server.login("juliet@localhost/balcony");
  juliet.give("<iq type='get' id='1'><vCard xmlns='vcard-temp'/></iq></stream:stream>");
  EXPECT_FALSE(juliet.is_closed());
  server.run();
  EXPECT_TRUE(juliet.is_closed());
  const auto raw = juliet.received();
  ASSERT_EQ(raw.size(), 1u);
  EXPECT_THAT(raw[0].text(), HasSubstr("type='result' id='1'"));
}

TEST(ClientConnection, WhoRegistersAndLeavesHasAnAccount) {
  Config config;
  config.has_open_registration = true;
  TestServer server({"register"}, config);
  TestClient client(server);
  client.open().received();
  client.send(
      "<iq type='set' id='1'><query xmlns='jabber:iq:register'><username>juliet</username>"
      "<password>secret</password></query></iq></stream:stream>");
  EXPECT_THAT(client.received_text(), HasSubstr("type='result' id='1'"));
  EXPECT_TRUE(client.is_closed());
}

TEST(ClientConnection, WhoIsNotAnsweredIsNotWaitedForLongEither) {
  TestServer server({"ping"});
  auto juliet = server.login("juliet@localhost/balcony");
  juliet.give("<iq type='get' id='1' to='localhost'><ping xmlns='urn:xmpp:ping'/></iq></stream:stream>");
  server.run();
  EXPECT_TRUE(juliet.is_closed());
}

TEST(ClientConnection, RequestsBeforeLoginThatAreNoneAreBadRequests) {
  Config config;
  config.has_open_registration = true;
  TestServer server({"register"}, config);
  const std::string query = "<query xmlns='jabber:iq:register'/>";
  for (const auto& wrong :
       {"<iq type='get'>" + query + "</iq>", "<iq id='1'>" + query + "</iq>",
        "<iq type='ask' id='1'>" + query + "</iq>", "<iq type='get' id='1'>" + query + query + "</iq>"}) {
    TestClient client(server);
    client.open().received();
    client.send(wrong);
    EXPECT_THAT(client.received_text(), HasSubstr("<bad-request")) << wrong;
    EXPECT_FALSE(client.is_closed()) << wrong;
  }
}

TEST(ClientConnection, NewLimitsAreThereForThoseWhoAre) {
  TestServer server({"ping"});
  auto juliet = server.login("juliet@localhost/balcony");
  juliet.send("<message to='nobody@localhost'><body>" + std::string(20'000, 'x') + "</body></message>");
  EXPECT_FALSE(juliet.is_closed());
  server.config().after_login.element_bytes = 10'000;
  juliet.send("<message to='nobody@localhost'><body>" + std::string(20'000, 'x') + "</body></message>");
  EXPECT_TRUE(juliet.is_closed());
}

}  // namespace
}  // namespace queqiao::server::testing
