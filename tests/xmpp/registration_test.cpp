#include "xmpp/xep/registration.h"

#include <gtest/gtest.h>

#include "tests/xmpp/parsed.h"
#include "xmpp/xep/payload.h"
#include "xmpp/xep/roster.h"

namespace queqiao::xmpp {
namespace {

Registration parse(std::string_view xml) {
  const Parsed parsed(xml);
  return Registration::parse(parsed.root()).value_or(Registration());
}

TEST(Registration, AnswersTheFieldsOfOldServers) {
  const auto question = parse(
      "<query xmlns='jabber:iq:register'><instructions>Choose.</instructions><username/><password/><email/></query>");
  EXPECT_EQ(question.instructions, "Choose.");
  const auto answer = answer_registration(question, {{"username", "bill"}, {"password", "Calliope"}});
  EXPECT_EQ(answer.missing, std::vector<std::string>{"email"});
  EXPECT_EQ(answer.registration.value("username"), "bill");
}

// XEP-0077 4: where there is a form, it counts.
TEST(Registration, AnswersTheFormAndKeepsWhatItHides) {
  const auto question = parse(
      "<query xmlns='jabber:iq:register'><username/><password/><x xmlns='jabber:x:data' type='form'>"
      "<field type='hidden' var='FORM_TYPE'><value>jabber:iq:register</value></field>"
      "<field type='hidden' var='challenge'><value>token</value></field>"
      "<field type='text-single' var='username'><required/></field>"
      "<field type='text-private' var='password'><required/></field>"
      "<field type='text-single' var='invitation'><required/></field>"
      "<field type='text-single' var='nickname'/></x></query>");
  const auto answer = answer_registration(question, {{"username", "bill"}, {"password", "Calliope"}});
  EXPECT_EQ(answer.missing, std::vector<std::string>{"invitation"});
  const auto again = parse(to_xml(answer.registration));
  ASSERT_TRUE(again.form);
  EXPECT_EQ(again.form->type(), FormType::submit);
  EXPECT_EQ(again.value("challenge"), "token");
  EXPECT_EQ(again.value("password"), "Calliope");
  EXPECT_EQ(again.value("nickname"), std::nullopt);
}

TEST(Registration, TellsRemovalAndBeingRegistered) {
  EXPECT_TRUE(parse("<query xmlns='jabber:iq:register'><remove/></query>").is_removal);
  EXPECT_TRUE(parse("<query xmlns='jabber:iq:register'><registered/><username>a</username></query>").is_registered);
  const auto elsewhere = parse(
      "<query xmlns='jabber:iq:register'><x xmlns='jabber:x:oob'><url>https://capulet.lit/join</url></x></query>");
  EXPECT_EQ(elsewhere.url, "https://capulet.lit/join");
}

// RFC 6121 2.1.6; CVE-2016-9928.
TEST(Roster, APushIsTakenFromTheOwnAccountOnly) {
  const auto account = *Jid::parse("juliet@capulet.lit/balcony");
  const auto push = [](std::string_view from) {
    return Parsed("<iq xmlns='jabber:client' type='set' id='1'" + std::string(from) +
                  "><query xmlns='jabber:iq:roster' "
                  "ver='v2'><item jid='romeo@montague.lit' name='Romeo' subscription='both' ask='subscribe'>"
                  "<group>Friends</group></item></query></iq>");
  };
  for (const auto* from : {"", " from='juliet@capulet.lit'"}) {
    const auto parsed = push(from);
    const auto roster = read_roster_push(parsed.root(), account);
    ASSERT_TRUE(roster) << from;
    EXPECT_EQ(roster->version, "v2");
    ASSERT_EQ(roster->entries.size(), 1u);
    EXPECT_EQ(roster->entries[0].groups, std::vector<std::string>{"Friends"});
    EXPECT_TRUE(roster->entries[0].is_asking);
    const Parsed again(to_xml(*roster));
    EXPECT_EQ(to_xml(*RosterQuery::parse(again.root())), to_xml(*roster));
  }
  for (const auto* from : {" from='mallory@evil.lit'", " from='capulet.lit'"}) {
    const auto parsed = push(from);
    EXPECT_TRUE(claims_roster_push(parsed.root()));
    EXPECT_FALSE(read_roster_push(parsed.root(), account));
  }
}

}  // namespace
}  // namespace queqiao::xmpp
