#include "xmpp/xep/user_search.h"

#include <gtest/gtest.h>

#include "tests/xmpp/parsed.h"
#include "xmpp/xep/payload.h"

namespace queqiao::xmpp {
namespace {

std::string query(std::string_view content) {
  return "<query xmlns='jabber:iq:search'>" + std::string(content) + "</query>";
}

std::string form(std::string_view fields) {
  return query("<x xmlns='jabber:x:data' type='submit'>" + std::string(fields) + "</x>");
}

TEST(UserSearch, SurvivesWritingAndReading) {
  UserSearch search;
  search.user = "10001";
  search.city = "上海";
  search.gender = "female";
  search.age_from = 20;
  search.age_to = 30;
  search.is_online_only = true;
  search.page.max = 5;
  const Parsed parsed(to_xml(search));
  const auto read = UserSearch::parse(parsed.root());
  ASSERT_TRUE(std::holds_alternative<UserSearch>(read));
  EXPECT_EQ(to_xml(std::get<UserSearch>(read)), to_xml(search));
  EXPECT_TRUE(std::get<UserSearch>(read).has_form);
}

TEST(UserSearch, ReadsTheFieldsOfOldClients) {
  const Parsed parsed(query("<last> Capulet </last><nick>Juli</nick>"));
  const auto read = UserSearch::parse(parsed.root());
  ASSERT_TRUE(std::holds_alternative<UserSearch>(read));
  const auto& search = std::get<UserSearch>(read);
  EXPECT_EQ(search.last, "Capulet");
  EXPECT_EQ(search.nick, "Juli");
  EXPECT_FALSE(search.has_form);
}

TEST(UserSearch, RefusesWhatCannotBeRead) {
  for (const auto& xml : {form("<field var='age-from'><value>young</value></field>"),
                          form("<field var='age-to'><value>201</value></field>"),
                          form("<field var='gender'><value>x' OR 1=1</value></field>"),
                          query("<x xmlns='jabber:x:data' type='cancel'/>"), query("<x xmlns='jabber:x:data'/>"),
                          query("<set xmlns='http://jabber.org/protocol/rsm'><max>many</max></set>")}) {
    const Parsed parsed(xml);
    const auto read = UserSearch::parse(parsed.root());
    ASSERT_TRUE(std::holds_alternative<StanzaError>(read)) << xml;
    EXPECT_EQ(std::get<StanzaError>(read).condition, StanzaCondition::bad_request);
  }
}

TEST(FoundUsers, SurviveWritingAndReadingInBothForms) {
  FoundUsers found;
  found.users.push_back({.jid = *Jid::parse("10001@capulet.lit"),
                         .user = "10001",
                         .nick = "朱丽叶",
                         .first = "Juliet",
                         .last = "Capulet",
                         .city = "Verona",
                         .gender = "female",
                         .age = 13,
                         .is_online = true});
  found.page.first = found.page.last = "10001";
  found.page.count = 1;
  for (const bool has_form : {true, false}) {
    found.has_form = has_form;
    const auto read = FoundUsers::parse(Parsed(to_xml(found)).root());
    ASSERT_TRUE(read);
    EXPECT_EQ(to_xml(*read), to_xml(found));
    EXPECT_EQ(read->has_form, has_form);
  }
}

TEST(FoundUsers, RowsWithoutAnAddressAreLeftOut) {
  const Parsed parsed(
      query("<x xmlns='jabber:x:data' type='result'><item><field var='nick'><value>x</value></field>"
            "</item></x>"));
  const auto read = FoundUsers::parse(parsed.root());
  ASSERT_TRUE(read);
  EXPECT_TRUE(read->users.empty());
}

// 2: nobody found is an empty query.
TEST(FoundUsers, NobodyIsAnEmptyAnswerForOldClients) {
  FoundUsers nobody;
  nobody.has_form = false;
  EXPECT_EQ(to_xml(nobody), "<query xmlns='jabber:iq:search'/>");
}

TEST(ProfilePrivacy, ChangesOnlyWhatTheFormNames) {
  const Parsed parsed(
      "<privacy xmlns='urn:queqiao:profile-privacy:0'><x xmlns='jabber:x:data' type='submit'>"
      "<field var='found-by-profile'><value>0</value></field></x></privacy>");
  const auto read = ProfilePrivacy::parse(parsed.root(), {.is_found_by_user = false});
  ASSERT_TRUE(read);
  EXPECT_FALSE(read->is_found_by_user);
  EXPECT_FALSE(read->is_found_by_profile);
  EXPECT_TRUE(read->shows_online);
  EXPECT_EQ(to_xml(*ProfilePrivacy::parse(Parsed(to_xml(*read)).root())), to_xml(*read));
}

TEST(ProfilePrivacy, RefusesWhatIsNoBoolean) {
  const Parsed parsed(
      "<privacy xmlns='urn:queqiao:profile-privacy:0'><x xmlns='jabber:x:data' type='submit'>"
      "<field var='found-by-user'><value>maybe</value></field></x></privacy>");
  EXPECT_FALSE(ProfilePrivacy::parse(parsed.root()));
}

}  // namespace
}  // namespace queqiao::xmpp
