#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pep_fixture.h"

namespace queqiao::server::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string node = "urn:xmpp:vcard4";
const auto open_node = std::vector<std::pair<std::string, std::string>>{{"access_model", "open"}};

struct VCard4 : Pep {
  TestClient juliet = server.login("juliet@localhost/balcony");

  std::string card() { return ask(juliet, "get", {}, "<vCard xmlns='vcard-temp'/>"); }
  std::string store(const std::string& content) {
    return ask(juliet, "set", {}, "<vCard xmlns='vcard-temp'>" + content + "</vCard>");
  }
  std::string publish_card(const std::string& content, const std::string& form = options(open_node)) {
    return publish(juliet, node, "current", form,
                   "<vcard xmlns='urn:ietf:params:xml:ns:vcard-4.0'>" + content + "</vcard>");
  }
};

TEST_F(VCard4, WhatIsPublishedIsInTheOldCard) {
  publish_card(
      "<fn><text>Juliet Capulet</text></fn><n><surname>Capulet</surname><given>Juliet</given></n>"
      "<email><text>juliet@example.org</text></email><org><text>Capulets</text></org><note><text>Wherefore</text></"
      "note>");
  EXPECT_THAT(card(), AllOf(HasSubstr("<FN>Juliet Capulet</FN>"), HasSubstr("<FAMILY>Capulet</FAMILY>"),
                            HasSubstr("<USERID>juliet@example.org</USERID>"), HasSubstr("<ORGNAME>Capulets</ORGNAME>"),
                            HasSubstr("<DESC>Wherefore</DESC>")));
}

TEST_F(VCard4, TheOldCardIsPublishedForEverybody) {
  EXPECT_THAT(store("<FN>Juliet</FN><NICKNAME>Jule</NICKNAME><TEL><NUMBER>123</NUMBER></TEL>"), HasSubstr("'result'"));
  auto paris = server.login("paris@localhost/tomb");
  EXPECT_THAT(items(paris, node, "juliet@localhost"),
              AllOf(HasSubstr("<item id='current'>"), HasSubstr("<fn><text>Juliet</text></fn>"),
                    HasSubstr("<nickname><text>Jule</text></nickname>"), HasSubstr("123")));
  EXPECT_THAT(card(), HasSubstr("<FN>Juliet</FN>"));
}

TEST_F(VCard4, WhatOnlyOneOfThemCanSayStays) {
  store("<FN>Juliet</FN><JABBERID>juliet@localhost</JABBERID><PHOTO><EXTVAL>http://p</EXTVAL></PHOTO>");
  publish_card("<fn><text>Jule</text></fn><lang><language-tag>it</language-tag></lang>");
  EXPECT_THAT(card(), AllOf(HasSubstr("<FN>Jule</FN>"), HasSubstr("<JABBERID>juliet@localhost</JABBERID>"),
                            HasSubstr("<EXTVAL>http://p</EXTVAL>"), Not(HasSubstr("<FN>Juliet</FN>"))));
  store("<FN>Julia</FN>");
  EXPECT_THAT(items(juliet, node), AllOf(HasSubstr("<fn><text>Julia</text></fn>"), HasSubstr("<language-tag>it")));
}

TEST_F(VCard4, WhatNotEverybodyMayReadIsNotInTheOldCard) {
  publish_card("<fn><text>Secret</text></fn>", options(whitelist));
  EXPECT_THAT(card(), Not(HasSubstr("Secret")));
}

TEST_F(VCard4, PeopleAreFoundByWhatIsPublished) {
  publish_card("<nickname><text>Jule</text></nickname>");
  std::string nick;
  auto& loop = server.loop(server.shards().home_of("juliet"));
  server.store().get_profile("juliet", {&loop, [&](Result<storage::Profile> profile) { nick = profile->nick; }});
  server.run();
  EXPECT_EQ(nick, "Jule");
}

}  // namespace
}  // namespace queqiao::server::testing
