#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../test_server.h"
#include "xmpp/namespaces.h"
#include "xmpp/xep/disco.h"

namespace queqiao::server::testing {
namespace {

using ::testing::HasSubstr;

struct DiscoTest : ::testing::Test {
  TestServer server{std::initializer_list<std::string_view>{"archive", "disco", "ping"}};
  TestClient juliet = server.login("juliet@localhost/balcony");

  std::string ask(std::string_view to, std::string_view what = "info", std::string_view attributes = {}) {
    juliet.received();
    juliet.send("<iq type='get' id='1' to='" + std::string(to) + "'><query xmlns='http://jabber.org/protocol/disco#" +
                std::string(what) + "' " + std::string(attributes) + "/></iq>");
    return juliet.received_text();
  }
};

}  // namespace

TEST_F(DiscoTest, TheServerSaysWhatItIsAndCanDo) {
  const auto text = ask("localhost");
  EXPECT_THAT(text, HasSubstr("<identity category='server' type='im'"));
  EXPECT_THAT(text, HasSubstr("<feature var='urn:xmpp:ping'/>"));
  EXPECT_THAT(text, HasSubstr("<feature var='http://jabber.org/protocol/disco#info'/>"));
  EXPECT_THAT(ask("localhost", "items"), HasSubstr("type='result'"));
}

TEST_F(DiscoTest, AnAccountSaysWhatItIsToItsOwner) {
  const auto text = ask("juliet@localhost");
  EXPECT_THAT(text, HasSubstr("<identity category='account' type='registered'/>"));
  EXPECT_THAT(text, HasSubstr("<feature var='urn:xmpp:mam:2'/>"));
}

TEST_F(DiscoTest, StrangersDoNotLearnWhetherThereIsAnAccount) {
  server.create_account("romeo");
  for (const auto* to : {"romeo@localhost", "nobody@localhost"}) {
    EXPECT_THAT(ask(to), HasSubstr("<service-unavailable")) << to;
    EXPECT_THAT(ask(to, "items"), HasSubstr("<service-unavailable")) << to;
  }
}

TEST_F(DiscoTest, TheVersionInTheStreamsFeaturesIsThatOfTheAnswer) {
  TestClient client(server);
  client.open().authenticate("juliet", "secret");
  client.received();
  client.open();
  const auto features = client.received();
  ASSERT_EQ(features.size(), 1u);
  const auto caps = xmpp::Capabilities::find(features[0].element());
  ASSERT_TRUE(caps);
  juliet.received();
  juliet.send("<iq type='get' id='1' to='localhost'><query xmlns='http://jabber.org/protocol/disco#info' node='" +
              caps->node + "#" + caps->version + "'/></iq>");
  const auto answer = juliet.received();
  ASSERT_EQ(answer.size(), 1u);
  const auto info = xmpp::DiscoInfo::parse(answer[0].element().first_child());
  ASSERT_TRUE(info);
  EXPECT_EQ(xmpp::capabilities_version(*info), caps->version);
}

TEST_F(DiscoTest, OtherNodesAreNotFound) {
  EXPECT_THAT(ask("localhost", "info", "node='x'"), HasSubstr("<item-not-found"));
  EXPECT_THAT(ask("localhost", "items", "node='x'"), HasSubstr("<item-not-found"));
}

}  // namespace queqiao::server::testing
