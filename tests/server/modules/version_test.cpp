#include <gtest/gtest.h>

#include "../test_server.h"

namespace queqiao::server::testing {
namespace {

std::string answer(Config config) {
  TestServer server({"version"}, std::move(config));
  auto juliet = server.login("juliet@localhost/balcony");
  return juliet.send("<iq type='get' id='1' to='localhost'><query xmlns='jabber:iq:version'/></iq>").received_text();
}

TEST(Version, TheOperatingSystemIsToldOnlyWhenConfigured) {
  EXPECT_NE(answer({}).find("<name>Queqiao</name><version>" QUEQIAO_VERSION "</version></query>"), std::string::npos);
  Config config;
  config.shown_os = "Debian";
  EXPECT_NE(answer(std::move(config)).find("<os>Debian</os>"), std::string::npos);
}

}  // namespace
}  // namespace queqiao::server::testing
