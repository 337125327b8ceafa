#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../test_server.h"

namespace queqiao::server::testing {
namespace {

using ::testing::HasSubstr;

struct VCardTest : ::testing::Test {
  TestServer server{{"vcard"}};
  TestClient juliet = server.login("juliet@localhost/balcony");
  TestClient romeo = server.login("romeo@localhost/orchard");

  static std::string iq(std::string_view type, std::string_view to, std::string_view content) {
    const auto address = to.empty() ? std::string() : " to='" + std::string(to) + "'";
    return "<iq type='" + std::string(type) + "' id='1'" + address + "><vCard xmlns='vcard-temp'>" +
           std::string(content) + "</vCard></iq>";
  }
};

}  // namespace

TEST_F(VCardTest, OneWritesOnesOwnAndEverybodyReadsIt) {
  juliet.send(iq("get", "", ""));
  EXPECT_THAT(juliet.received_text(), HasSubstr("<vCard xmlns='vcard-temp'/>"));
  romeo.send(iq("get", "juliet@localhost", ""));
  EXPECT_THAT(romeo.received_text(), HasSubstr("<service-unavailable"));
  juliet.send(iq("set", "", "<FN>Juliet</FN>"));
  EXPECT_THAT(juliet.received_text(), HasSubstr("type='result'"));
  romeo.send(iq("get", "juliet@localhost", ""));
  EXPECT_THAT(romeo.received_text(), HasSubstr("<FN>Juliet</FN>"));
}

TEST_F(VCardTest, NobodyWritesAnothers) {
  romeo.send(iq("set", "juliet@localhost", "<FN>Fool</FN>"));
  EXPECT_THAT(romeo.received_text(), HasSubstr("<forbidden"));
}

TEST_F(VCardTest, ACardHasALimit) {
  server.config().private_bytes = 100;
  juliet.send(iq("set", "", "<NOTE>" + std::string(200, 'x') + "</NOTE>"));
  EXPECT_THAT(juliet.received_text(), HasSubstr("<resource-constraint"));
}

}  // namespace queqiao::server::testing
