#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../test_server.h"
#include "base/time_text.h"
#include "server/modules/user_search/ages.h"
#include "xmpp/xep/user_search.h"

namespace queqiao::server::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::string field(std::string_view name, std::string_view value) {
  return "<field var='" + std::string(name) + "'><value>" + std::string(value) + "</value></field>";
}

struct UserSearchTest : ::testing::Test {
  TestServer server{std::initializer_list<std::string_view>{"blocking", "disco", "presence", "user_search", "vcard"}};
  TestClient romeo = server.login("romeo@localhost/orchard");

  // Makes an account with a card, which is offline afterwards.
  void add(std::string_view user, std::string_view card) {
    auto client = server.login(std::string(user) + "@localhost/setup");
    client.send("<iq type='set' id='1'><vCard xmlns='vcard-temp'>" + std::string(card) + "</vCard></iq>");
    client.break_connection();
    server.run();
  }
  std::string ask(std::string_view fields, std::string_view paging = {}) {
    romeo.received();
    romeo.send(
        "<iq type='set' to='localhost' id='s'><query xmlns='jabber:iq:search'><x xmlns='jabber:x:data' type='submit'>" +
        field("FORM_TYPE", "jabber:iq:search") + std::string(fields) + "</x>" + std::string(paging) + "</query></iq>");
    return romeo.received_text();
  }
  xmpp::FoundUsers found(std::string_view fields, std::string_view paging = {}) {
    const auto text = ask(fields, paging);
    xml::Document document;
    EXPECT_EQ(xml::parse_element(text, document, {}, "jabber:client"), xml::ParseError::none);
    auto users = xmpp::FoundUsers::parse(document.root().child("query", "jabber:iq:search"));
    EXPECT_TRUE(users) << text;
    return users.value_or(xmpp::FoundUsers{});
  }
  std::vector<std::string> names(std::string_view fields, std::string_view paging = {}) {
    std::vector<std::string> all;
    for (const auto& user : found(fields, paging).users) all.push_back(user.user);
    return all;
  }
  static std::string privacy(std::string_view fields) {
    return "<iq type='set' id='p'><privacy xmlns='urn:queqiao:profile-privacy:0'><x xmlns='jabber:x:data' "
           "type='submit'>" +
           std::string(fields) + "</x></privacy></iq>";
  }
};

constexpr std::string_view juliets_card =
    "<FN>Juliet Capulet</FN><N><FAMILY>Capulet</FAMILY><GIVEN>Juliet</GIVEN></N><NICKNAME>朱丽叶</NICKNAME>"
    "<ADR><LOCALITY>Verona</LOCALITY></ADR><GENDER>Female</GENDER><BDAY>1990-06-15</BDAY>";

}  // namespace

TEST(UserSearchAges, CountBirthdays) {
  const auto at = [](std::string_view day) { return *parse_date_time(std::string(day) + "T12:00:00Z"); };
  EXPECT_EQ(user_search::age_of("1990-06-15", at("2020-06-14")), 29u);
  EXPECT_EQ(user_search::age_of("1990-06-15", at("2020-06-15")), 30u);
  EXPECT_EQ(user_search::age_of("2000-02-29", at("2021-02-28")), 20u);
  EXPECT_EQ(user_search::age_of("2000-02-29", at("2021-03-01")), 21u);
  for (const auto* none : {"", "1990", "1990-13-01", "2021-02-29", "15 June", "2999-01-01"}) {
    EXPECT_FALSE(user_search::age_of(none, at("2020-06-15"))) << none;
  }
}

// Whoever the borders let in has the age, and nobody else.
TEST(UserSearchAges, BordersAgreeWithAges) {
  for (const auto* day : {"2024-02-28", "2024-02-29", "2024-03-01", "2023-03-01", "2023-12-31"}) {
    const auto now = *parse_date_time(std::string(day) + "T00:00:00Z");
    const auto first = user_search::first_birthday_at(20, now), last = user_search::last_birthday_at(20, now);
    for (const auto* born : {"2002-12-31", "2003-02-27", "2003-02-28", "2003-03-01", "2003-03-02", "2004-02-28",
                             "2004-02-29", "2004-03-01", "2003-12-31", "2004-01-01", "2003-01-01"}) {
      const bool is_inside = born >= first && born <= last;
      EXPECT_EQ(is_inside, user_search::age_of(born, now) == 20u) << born << " on " << day;
    }
  }
}

TEST_F(UserSearchTest, IsFoundOutByDiscoAndByAskingForTheForm) {
  romeo.send("<iq type='get' to='localhost' id='1'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>");
  EXPECT_THAT(romeo.received_text(), HasSubstr("'jabber:iq:search'"));
  romeo.send("<iq type='get' to='localhost' id='2'><query xmlns='jabber:iq:search'/></iq>");
  EXPECT_THAT(romeo.received_text(),
              AllOf(HasSubstr("<nick/>"), HasSubstr("type='form'"), HasSubstr("var='age-from'")));
}

TEST_F(UserSearchTest, FindsByWhatACardSays) {
  add("juliet", juliets_card);
  const auto all =
      found(field("nick", "朱丽") + field("last", "cap") + field("city", "VERONA") + field("gender", "female"));
  ASSERT_EQ(all.users.size(), 1u);
  const auto& juliet = all.users[0];
  EXPECT_EQ(juliet.jid.text(), "juliet@localhost");
  EXPECT_EQ(juliet.first, "Juliet");
  EXPECT_EQ(juliet.city, "Verona");
  EXPECT_TRUE(juliet.age);
  EXPECT_FALSE(juliet.is_online);
  EXPECT_THAT(names(field("nick", "朱丽") + field("city", "Mantua")), IsEmpty());
}

TEST_F(UserSearchTest, ANewCardReplacesTheOld) {
  add("juliet", juliets_card);
  add("juliet", "<NICKNAME>Juli</NICKNAME>");
  EXPECT_THAT(names(field("city", "Verona")), IsEmpty());
  EXPECT_THAT(names(field("nick", "juli")), ElementsAre("juliet"));
}

TEST_F(UserSearchTest, FindsByExactNumberOrNameWithoutACard) {
  server.create_account("10001");
  EXPECT_THAT(names(field("user", "10001")), ElementsAre("10001"));
  EXPECT_THAT(names(field("user", "10001@localhost")), ElementsAre("10001"));
  EXPECT_THAT(names(field("user", "10001@elsewhere.lit")), IsEmpty());
  EXPECT_THAT(names(field("user", "1000")), IsEmpty());
  EXPECT_THAT(names(field("user", "ROMEO")), ElementsAre("romeo"));
}

TEST_F(UserSearchTest, AnswersOldClientsAsTheyAsk) {
  add("juliet", juliets_card);
  romeo.send("<iq type='set' to='localhost' id='s'><query xmlns='jabber:iq:search'><last>Capulet</last></query></iq>");
  EXPECT_THAT(romeo.received_text(), AllOf(HasSubstr("<item jid='juliet@localhost'>"),
                                           HasSubstr("<first>Juliet</first>"), Not(HasSubstr("<x "))));
  romeo.send("<iq type='set' to='localhost' id='s'><query xmlns='jabber:iq:search'><last>Nobody</last></query></iq>");
  EXPECT_THAT(romeo.received_text(), HasSubstr("<query xmlns='jabber:iq:search'/>"));
}

TEST_F(UserSearchTest, TellsWhoIsOnlineOnWhateverShardTheyLive) {
  std::vector<TestClient> online;
  for (const char* user : {"user1", "user2", "user3", "user4"}) {
    add(user, "<NICKNAME>same</NICKNAME>");
    if (user[4] <= '2') online.push_back(server.online(std::string(user) + "@localhost/phone"));
  }
  EXPECT_THAT(names(field("nick", "same")), ElementsAre("user1", "user2", "user3", "user4"));
  EXPECT_THAT(names(field("nick", "same") + field("online", "1")), ElementsAre("user1", "user2"));
}

TEST_F(UserSearchTest, LooksFurtherWhenFewAreOnline) {
  server.config().search_page = 2;
  for (const char* user : {"user1", "user2", "user3", "user4", "user5"}) add(user, "<NICKNAME>same</NICKNAME>");
  auto online = server.online("user5@localhost/phone");
  EXPECT_THAT(names(field("nick", "same") + field("online", "1")), ElementsAre("user5"));
}

// XEP-0191 3: to somebody blocked, a user looks offline.
TEST_F(UserSearchTest, WhoHasBlockedTheAskerLooksOffline) {
  add("juliet", juliets_card);
  auto juliet = server.online("juliet@localhost/balcony");
  juliet.send("<iq type='set' id='b'><block xmlns='urn:xmpp:blocking'><item jid='romeo@localhost'/></block></iq>");
  EXPECT_FALSE(found(field("user", "juliet")).users.at(0).is_online);
}

TEST_F(UserSearchTest, FindsByAge) {
  add("juliet", juliets_card);
  add("nurse", "<BDAY>1950-01-01</BDAY><NICKNAME>Angelica</NICKNAME><ADR><LOCALITY>Verona</LOCALITY></ADR>");
  add("paris", "<ADR><LOCALITY>Verona</LOCALITY></ADR><BDAY>15 June</BDAY>");
  const auto age = found(field("user", "juliet")).users.at(0).age.value();
  const auto years = std::to_string(age);
  EXPECT_THAT(names(field("city", "Verona") + field("age-from", years) + field("age-to", years)),
              ElementsAre("juliet"));
  EXPECT_THAT(names(field("city", "Verona") + field("age-from", std::to_string(age + 1))), ElementsAre("nurse"));
  EXPECT_THAT(names(field("city", "Verona") + field("age-to", years)), ElementsAre("juliet"));
}

TEST_F(UserSearchTest, PagesGoForward) {
  for (const char* user : {"a", "b", "c"}) add(user, "<NICKNAME>same</NICKNAME>");
  const auto paging = [](std::string_view content) {
    return "<set xmlns='http://jabber.org/protocol/rsm'>" + std::string(content) + "</set>";
  };
  const auto first = found(field("nick", "same"), paging("<max>2</max>"));
  ASSERT_EQ(first.users.size(), 2u);
  EXPECT_EQ(first.page.last, "b");
  EXPECT_THAT(names(field("nick", "same"), paging("<max>2</max><after>b</after>")), ElementsAre("c"));
  EXPECT_THAT(names(field("nick", "same"), paging("<max>0</max>")), IsEmpty());
  EXPECT_THAT(ask(field("nick", "same"), paging("<before/>")), HasSubstr("<feature-not-implemented"));
}

TEST_F(UserSearchTest, AnAnswerHasALimitWhateverIsAskedFor) {
  server.config().search_page = 2;
  for (const char* user : {"a", "b", "c"}) add(user, "<NICKNAME>same</NICKNAME>");
  EXPECT_EQ(found(field("nick", "same"), "<set xmlns='http://jabber.org/protocol/rsm'><max>9</max></set>").users.size(),
            2u);
}

TEST_F(UserSearchTest, NobodyCollectsEverybody) {
  add("juliet", juliets_card);
  for (const auto& fields :
       {std::string(), field("nick", ""), field("nick", "j"), field("nick", "朱"), field("city", " v "),
        field("online", "1"), field("gender", "female"), field("age-from", "1")}) {
    EXPECT_THAT(ask(fields), HasSubstr("<not-acceptable")) << fields;
  }
  EXPECT_THAT(ask(field("gender", "?")), HasSubstr("<bad-request"));
}

TEST_F(UserSearchTest, OneAccountSearchesAFewTimesAMinute) {
  server.config().searches_per_minute = 2;
  for (int i = 0; i < 2; ++i) EXPECT_THAT(ask(field("user", "romeo")), HasSubstr("type='result'"));
  EXPECT_THAT(ask(field("user", "romeo")), AllOf(HasSubstr("<policy-violation"), HasSubstr("type='wait'")));
  server.advance(std::chrono::minutes(1));
  EXPECT_THAT(ask(field("user", "romeo")), HasSubstr("type='result'"));
}

TEST_F(UserSearchTest, PeopleChooseHowTheyAreFound) {
  add("juliet", juliets_card);
  auto juliet = server.online("juliet@localhost/balcony");
  juliet.send(privacy(field("found-by-profile", "0")));
  EXPECT_THAT(juliet.received_text(), HasSubstr("type='result'"));
  EXPECT_THAT(names(field("city", "Verona")), IsEmpty());
  const auto by_name = found(field("user", "juliet"));
  ASSERT_EQ(by_name.users.size(), 1u);
  EXPECT_EQ(by_name.users[0].city, "") << "nor does the answer show it";
  EXPECT_TRUE(by_name.users[0].is_online);

  juliet.send(privacy(field("shows-online", "0")));
  EXPECT_FALSE(found(field("user", "juliet")).users.at(0).is_online);
  juliet.send(privacy(field("found-by-user", "0")));
  EXPECT_THAT(names(field("user", "juliet")), IsEmpty());

  juliet.received();
  juliet.send("<iq type='get' id='g'><privacy xmlns='urn:queqiao:profile-privacy:0'/></iq>");
  xml::Document document;
  ASSERT_EQ(xml::parse_element(juliet.received_text(), document, {}, "jabber:client"), xml::ParseError::none);
  const auto kept = xmpp::ProfilePrivacy::parse(document.root().child("privacy", "urn:queqiao:profile-privacy:0"));
  ASSERT_TRUE(kept);
  EXPECT_FALSE(kept->is_found_by_user || kept->is_found_by_profile || kept->shows_online);
}

TEST_F(UserSearchTest, ANewCardLeavesTheChoices) {
  add("juliet", juliets_card);
  auto juliet = server.login("juliet@localhost/balcony");
  juliet.send(privacy(field("found-by-profile", "0")));
  juliet.send("<iq type='set' id='1'><vCard xmlns='vcard-temp'>" + std::string(juliets_card) + "</vCard></iq>");
  EXPECT_THAT(names(field("city", "Verona")), IsEmpty());
}

TEST_F(UserSearchTest, AFormWithoutSenseChangesNothing) {
  romeo.send(privacy(field("found-by-user", "perhaps")));
  EXPECT_THAT(romeo.received_text(), HasSubstr("<bad-request"));
  EXPECT_THAT(names(field("user", "romeo")), ElementsAre("romeo"));
}

TEST_F(UserSearchTest, NobodyChoosesForOthers) {
  server.create_account("juliet");
  romeo.send(
      "<iq type='set' to='juliet@localhost' id='p'><privacy xmlns='urn:queqiao:profile-privacy:0'>"
      "<x xmlns='jabber:x:data' type='submit'/></privacy></iq>");
  EXPECT_THAT(romeo.received_text(), HasSubstr("<service-unavailable"));
}

}  // namespace queqiao::server::testing
