#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pep_fixture.h"
#include "server/account_removal.h"

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
  storage::Profile profile() {
    storage::Profile found;
    auto& loop = server.loop(server.shards().home_of("juliet"));
    server.store().get_profile("juliet", {&loop, [&](Result<storage::Profile> profile) { found = *profile; }});
    server.run();
    return found;
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
  EXPECT_EQ(profile().nick, "Jule");
}

TEST_F(VCard4, WhatIsTheSameInBothIsNotWrittenAnew) {
  const std::string rich =
      "<fn><text>Juliet</text></fn><n><surname>Capulet</surname><given/><additional/><prefix>Lady</prefix></n>"
      "<nickname><text>Jule</text></nickname><nickname><text>Julietta</text></nickname>"
      "<adr><parameters><type><text>home</text></type></parameters><locality>Verona</locality></adr>"
      "<adr><locality>Mantua</locality></adr>"
      "<email><parameters><type><text>home</text></type></parameters><text>juliet@example.org</text></email>";
  publish_card(rich);
  store(
      "<FN>Juliet</FN><N><FAMILY>Capulet</FAMILY></N><NICKNAME>Jule</NICKNAME><ADR><LOCALITY>Verona</LOCALITY></ADR>"
      "<EMAIL><USERID>juliet@example.org</USERID></EMAIL><TITLE>Daughter</TITLE>");
  EXPECT_THAT(items(juliet, node), AllOf(HasSubstr("<prefix>Lady</prefix>"), HasSubstr("Julietta"),
                                         HasSubstr("<type><text>home</text></type>"), HasSubstr("Mantua"),
                                         HasSubstr("<title><text>Daughter</text></title>")));
}

TEST_F(VCard4, WhatTheOldCardSaysBetterStaysInIt) {
  store("<FN>Juliet</FN><GENDER>genderfluid</GENDER><ORG><ORGNAME>Capulets</ORGNAME><ORGUNIT>Balcony</ORGUNIT></ORG>");
  publish_card("<fn><text>Jule</text></fn><org><text>Capulets</text></org>");
  EXPECT_THAT(card(), AllOf(HasSubstr("<FN>Jule</FN>"), HasSubstr("genderfluid"), HasSubstr("Balcony")));
}

TEST_F(VCard4, TheLastOfTwoQuickWritesIsInBoth) {
  for (const std::string name : {"Julia", "Giulietta"}) {
    juliet.give("<iq type='set' id='" + name + "'><vCard xmlns='vcard-temp'><FN>" + name + "</FN></vCard></iq>");
  }
  server.run();
  EXPECT_THAT(card(), HasSubstr("Giulietta"));
  EXPECT_THAT(items(juliet, node), AllOf(HasSubstr("Giulietta"), Not(HasSubstr("Julia"))));
  for (const std::string name : {"Jule", "July"}) {
    juliet.give("<iq type='set' id='" + name + "'><pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='" +
                node + "'><item id='current'><vcard xmlns='urn:ietf:params:xml:ns:vcard-4.0'><fn><text>" + name +
                "</text></fn></vcard></item></publish></pubsub></iq>");
  }
  server.run();
  EXPECT_THAT(card(), HasSubstr("<FN>July</FN>"));
  EXPECT_THAT(items(juliet, node), HasSubstr("July"));
}

TEST_F(VCard4, AConversionThatAnAccountsEndInterruptsDoesNotReachTheNextOneOfTheName) {
  auto& shard = server.shards().at(server.shards().home_of("juliet"));
  shard.hooks().card_stored.push_back([&](User&, const xml::Element& card) {
    if (card.child("FN").text() == "Old") remove_account(shard, "juliet", [](const Result<void>&) {});
  });
  store("<FN>Old</FN>");
  auto again = server.login("juliet@localhost/again");
  EXPECT_THAT(ask(again, "get", {}, "<vCard xmlns='vcard-temp'/>"), Not(HasSubstr("Old")));
  EXPECT_THAT(items(again, node), Not(HasSubstr("Old")));
  ask(again, "set", {}, "<vCard xmlns='vcard-temp'><FN>New</FN></vCard>");
  EXPECT_THAT(items(again, node), HasSubstr("<fn><text>New</text></fn>"));
}

TEST_F(VCard4, OnlyTheCurrentItemIsTheCard) {
  publish_card("<fn><text>Juliet</text></fn>");
  publish(juliet, node, "other", {}, "<vcard xmlns='urn:ietf:params:xml:ns:vcard-4.0'><fn><text>X</text></fn></vcard>");
  EXPECT_THAT(card(), HasSubstr("<FN>Juliet</FN>"));
}

// How a card that was published for everybody may be taken away.
struct VCard4Withdrawn : VCard4, ::testing::WithParamInterface<std::string> {};

TEST_P(VCard4Withdrawn, IsNoLongerInTheOldCardNorFound) {
  store("<FN>Juliet</FN><JABBERID>juliet@localhost</JABBERID>");
  publish_card("<fn><text>Juliet</text></fn><nickname><text>Secret</text></nickname>");
  ASSERT_THAT(card(), HasSubstr("Secret"));
  if (GetParam() == "retracted") {
    pubsub(juliet, "set", "<retract node='" + node + "'><item id='current'/></retract>");
  } else {
    const auto form = options(whitelist, "http://jabber.org/protocol/pubsub#node_config");
    owner(juliet, "set",
          GetParam() == "restricted" ? "<configure node='" + node + "'>" + form + "</configure>"
                                     : "<" + GetParam() + " node='" + node + "'/>");
  }
  EXPECT_THAT(card(), AllOf(Not(HasSubstr("Secret")), HasSubstr("<FN>Juliet</FN>"), HasSubstr("<JABBERID>")))
      << "what the client wrote itself stays";
  EXPECT_EQ(profile().nick, "");
}

INSTANTIATE_TEST_SUITE_P(Ways, VCard4Withdrawn, ::testing::Values("retracted", "purge", "delete", "restricted"));

TEST_F(VCard4, ACardThatIsOpenedAfterwardsIsTakenThen) {
  publish_card("<fn><text>Juliet</text></fn>", options(whitelist));
  const auto form = options(open_node, "http://jabber.org/protocol/pubsub#node_config");
  owner(juliet, "set", "<configure node='" + node + "'>" + form + "</configure>");
  EXPECT_THAT(card(), HasSubstr("<FN>Juliet</FN>"));
}

}  // namespace
}  // namespace queqiao::server::testing
