#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../test_server.h"

namespace queqiao::server::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

struct PrivateStorageTest : ::testing::Test {
  TestServer server{{"private_storage"}};
  TestClient juliet = server.login("juliet@localhost/balcony");

  std::string ask(std::string_view type, std::string_view content, std::string_view to = "juliet@localhost") {
    juliet.send("<iq type='" + std::string(type) + "' id='1' to='" + std::string(to) +
                "'><query xmlns='jabber:iq:private'>" + std::string(content) + "</query></iq>");
    return juliet.received_text();
  }
};

}  // namespace

TEST_F(PrivateStorageTest, KeepsAnElementForEachNameAndNamespace) {
  EXPECT_THAT(ask("get", "<prefs xmlns='a'/>"),
              HasSubstr("<query xmlns='jabber:iq:private'><prefs xmlns='a'/></query>"));
  EXPECT_THAT(ask("set", "<prefs xmlns='a'><x/></prefs>"), HasSubstr("type='result'"));
  EXPECT_THAT(ask("set", "<prefs xmlns='b'><y/></prefs>"), HasSubstr("type='result'"));
  EXPECT_THAT(ask("get", "<prefs xmlns='a'/>"), HasSubstr("<x/>"));
  EXPECT_THAT(ask("get", "<prefs xmlns='b'/>"), HasSubstr("<y/>"));
}

TEST_F(PrivateStorageTest, BadRequestsAreRefused) {
  EXPECT_THAT(ask("get", ""), HasSubstr("<bad-request"));
  EXPECT_THAT(ask("set", "<prefs/>"), HasSubstr("<not-acceptable"));
  server.create_account("romeo");
  EXPECT_THAT(ask("get", "<prefs xmlns='a'/>", "romeo@localhost"), HasSubstr("<forbidden"));
}

TEST_F(PrivateStorageTest, IsBounded) {
  server.config().private_bytes = 100;
  EXPECT_THAT(ask("set", "<prefs xmlns='a'>" + std::string(200, 'x') + "</prefs>"), HasSubstr("<resource-constraint"));
  server.config().private_elements = 2;
  for (const std::string name : {"a", "b", "c"}) ask("set", "<" + name + " xmlns='n'/>");
  EXPECT_THAT(ask("set", "<d xmlns='n'/>"), HasSubstr("<resource-constraint"));
  EXPECT_THAT(ask("set", "<a xmlns='n'/>"), HasSubstr("type='result'"));
}

}  // namespace queqiao::server::testing
