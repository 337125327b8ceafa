#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../test_server.h"
#include "xmpp/namespaces.h"

namespace queqiao::server::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Config open_config() {
  Config config;
  config.has_open_registration = true;
  config.requires_tls = false;
  config.registrations_per_hour = 2;
  return config;
}

std::string wish(std::string_view name, std::string_view password) {
  return "<iq type='set' id='r'><query xmlns='jabber:iq:register'><username>" + std::string(name) +
         "</username><password>" + std::string(password) + "</password></query></iq>";
}

struct RegisterTest : ::testing::Test {
  TestServer server{{"register"}, open_config()};

  std::string make(std::string_view name, std::string_view password = "secret") {
    TestClient client(server);
    client.open().received();
    client.send(wish(name, password));
    return client.received_text();
  }
  bool may_log_in(std::string_view name, std::string_view password) {
    TestClient client(server);
    client.open().received();
    client.authenticate(name, password);
    return client.received_text().find("<success") != std::string::npos;
  }
};

}  // namespace

TEST_F(RegisterTest, ProposesTheNextFreeNumber) {
  TestClient client(server);
  client.open();
  EXPECT_THAT(client.received_text(), HasSubstr("<register xmlns='http://jabber.org/features/iq-register'/>"));
  client.send("<iq type='get' id='r'><query xmlns='jabber:iq:register'/></iq>");
  EXPECT_THAT(client.received_text(), HasSubstr("<value>10000</value>"));
  EXPECT_THAT(make("10000"), HasSubstr("type='result'"));
  client.send("<iq type='get' id='r'><query xmlns='jabber:iq:register'/></iq>");
  EXPECT_THAT(client.received_text(), HasSubstr("<value>10001</value>"));
}

TEST_F(RegisterTest, MakesAnAccountThatCanLogInOnTheSameConnection) {
  TestClient client(server);
  client.open();
  client.received();
  client.send(wish("Juliet", "r0m30"));
  EXPECT_THAT(client.received_text(), HasSubstr("type='result'"));
  client.authenticate("juliet", "r0m30");
  EXPECT_THAT(client.received_text(), HasSubstr("<success"));
  EXPECT_FALSE(may_log_in("juliet", "wrong"));
}

TEST_F(RegisterTest, TakesTheFormAsWell) {
  TestClient client(server);
  client.open();
  client.received();
  client.send(
      "<iq type='set' id='r'><query xmlns='jabber:iq:register'><x xmlns='jabber:x:data' type='submit'>"
      "<field var='FORM_TYPE'><value>jabber:iq:register</value></field>"
      "<field var='username'><value>juliet</value></field>"
      "<field var='password'><value>secret</value></field></x></query></iq>");
  EXPECT_THAT(client.received_text(), HasSubstr("type='result'"));
  EXPECT_TRUE(may_log_in("juliet", "secret"));
}

TEST_F(RegisterTest, ANameThatIsTakenIsAConflict) {
  make("juliet");
  EXPECT_THAT(make("JULIET"), HasSubstr("<conflict"));
}

TEST_F(RegisterTest, NamesAndPasswordsThatCannotBeAreNotAcceptable) {
  // Cyrillic look-alikes, alone and mixed with Latin; what passes for the operator; numbers that are not ours to give.
  const std::string long_name(100, 'a');
  for (const std::string& name :
       {std::string(), std::string("a b"), std::string("j@x"), std::string("\u0441\u043E\u0441\u043E"),
        std::string("p\u0430ul"), std::string("admin"), std::string("Root"), std::string("7"), std::string("010000"),
        long_name}) {
    EXPECT_THAT(make(name), HasSubstr("<not-acceptable")) << name;
  }
  EXPECT_THAT(make("juliet", ""), HasSubstr("<not-acceptable"));
  EXPECT_THAT(make("\u9E4A\u6865"), HasSubstr("type='result'"));
}

TEST_F(RegisterTest, TheNumberOfAClosedAccountIsNotGivenAgain) {
  EXPECT_THAT(make("10000"), HasSubstr("type='result'"));
  server.store().delete_account("10000", {});
  server.run();
  EXPECT_THAT(make("10000"), HasSubstr("<conflict"));
}

TEST_F(RegisterTest, AnAddressMakesAFewAccountsAnHour) {
  const auto from = [&](std::string address, std::string_view name) {
    TestClient client(server, std::move(address), false);
    client.open();
    client.received();
    client.send(wish(name, "secret"));
    return client.received_text();
  };
  EXPECT_THAT(from("192.0.2.1", "a1"), HasSubstr("type='result'"));
  EXPECT_THAT(from("192.0.2.1", "a2"), HasSubstr("type='result'"));
  EXPECT_THAT(from("192.0.2.1", "a3"), HasSubstr("<resource-constraint"));
  EXPECT_THAT(from("192.0.2.2", "a4"), HasSubstr("type='result'"));
  server.advance(std::chrono::hours(2));
  EXPECT_THAT(from("192.0.2.1", "a5"), HasSubstr("type='result'"));
}

TEST_F(RegisterTest, TheOwnerChangesThePasswordAndStaysLoggedIn) {
  auto juliet = server.login("juliet@localhost/balcony");
  juliet.send("<iq type='get' id='1'><query xmlns='jabber:iq:register'/></iq>");
  EXPECT_THAT(juliet.received_text(), HasSubstr("<registered/><username>juliet</username>"));
  juliet.send(wish("romeo", "new"));
  EXPECT_THAT(juliet.received_text(), HasSubstr("<not-allowed"));
  juliet.send(wish("juliet", ""));
  EXPECT_THAT(juliet.received_text(), HasSubstr("<not-acceptable"));
  juliet.send(wish("juliet", "new"));
  EXPECT_THAT(juliet.received_text(), HasSubstr("type='result'"));
  EXPECT_TRUE(may_log_in("juliet", "new"));
  EXPECT_FALSE(may_log_in("juliet", "secret"));
}

TEST_F(RegisterTest, TheOwnerClosesTheAccount) {
  auto balcony = server.login("juliet@localhost/balcony");
  auto chamber = server.login("juliet@localhost/chamber");
  chamber.received();
  balcony.send("<iq type='set' id='1'><query xmlns='jabber:iq:register'><remove/></query></iq>");
  EXPECT_THAT(balcony.received_text(), HasSubstr("type='result' id='1'"));
  EXPECT_THAT(chamber.received_text(), HasSubstr("<not-authorized"));
  EXPECT_TRUE(balcony.is_closed());
  EXPECT_FALSE(may_log_in("juliet", "secret"));
}

TEST(Register, IsClosedUnlessTheOperatorOpensIt) {
  TestServer server({"register"});
  TestClient client(server);
  client.open();
  EXPECT_THAT(client.received_text(), Not(HasSubstr("iq-register")));
  client.send(wish("juliet", "secret"));
  EXPECT_THAT(client.received_text(), HasSubstr("<not-authorized"));
}

}  // namespace queqiao::server::testing
