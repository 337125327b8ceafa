#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../test_server.h"
#include "storage/store.h"
#include "xmpp/namespaces.h"

namespace queqiao::server::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string chat(std::string_view to, std::string_view body, std::string_view extra = {}) {
  return "<message type='chat' to='" + std::string(to) + "'><body>" + std::string(body) + "</body>" +
         std::string(extra) + "</message>";
}

// The answer to one query: the messages that came, and the <fin/>.
struct Page {
  std::vector<std::string> bodies, ids;
  std::string fin;
  std::string all;
};

Page query(TestClient& client, std::string_view content = {}) {
  client.received();
  client.send("<iq type='set' id='q'><query xmlns='urn:xmpp:mam:2' queryid='f'>" + std::string(content) +
              "</query></iq>");
  Page page;
  for (const auto& stanza : client.received()) {
    page.all += stanza.text();
    EXPECT_TRUE(page.fin.empty()) << "nothing follows the end";
    if (stanza.element().name() == "iq") {
      page.fin = stanza.text();
      continue;
    }
    const auto result = stanza.element().child("result", xmpp::ns::archive);
    EXPECT_EQ(result.attribute("queryid"), "f");
    EXPECT_EQ(stanza.element().attribute("from"), xmpp::Jid::parse(client.jid())->bare_text());
    page.ids.emplace_back(result.attribute("id"));
    const auto message = result.child("forwarded", xmpp::ns::forward).child("message", xmpp::ns::client);
    page.bodies.push_back(message.child("body").text());
  }
  return page;
}

std::string form(std::string_view fields) {
  return "<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'><value>urn:xmpp:mam:2</value></field>" +
         std::string(fields) + "</x>";
}

std::string field(std::string_view name, std::string_view value) {
  return "<field var='" + std::string(name) + "'><value>" + std::string(value) + "</value></field>";
}

std::string paging(std::string_view content) {
  return "<set xmlns='http://jabber.org/protocol/rsm'>" + std::string(content) + "</set>";
}

using Strings = std::vector<std::string>;

struct ArchiveTest : ::testing::Test {
  TestServer server{std::initializer_list<std::string_view>{"archive", "presence"}};
  TestClient juliet = server.login("juliet@localhost/balcony");
  TestClient romeo = server.login("romeo@localhost/orchard");

  // Three messages, there and back.
  void talk() {
    juliet.send(chat("romeo@localhost", "one"));
    romeo.send(chat("juliet@localhost", "two"));
    juliet.send(chat("romeo@localhost", "three"));
  }
};

}  // namespace

TEST_F(ArchiveTest, BothSidesHaveTheConversationInOrder) {
  talk();
  EXPECT_EQ(query(juliet).bodies, (Strings{"one", "two", "three"}));
  const auto page = query(romeo);
  EXPECT_EQ(page.bodies, (Strings{"one", "two", "three"}));
  EXPECT_THAT(page.fin, HasSubstr("complete='true'"));
  EXPECT_THAT(page.fin, HasSubstr(page.ids.front()));
}

TEST_F(ArchiveTest, PagesGoForwardAndBackward) {
  talk();
  auto page = query(juliet, paging("<max>2</max>"));
  EXPECT_EQ(page.bodies, (Strings{"one", "two"}));
  EXPECT_THAT(page.fin, Not(HasSubstr("complete")));
  page = query(juliet, paging("<max>2</max><after>" + page.ids.back() + "</after>"));
  EXPECT_EQ(page.bodies, Strings{"three"});
  const auto last = query(juliet, paging("<max>2</max><before/>"));
  EXPECT_EQ(last.bodies, (Strings{"two", "three"}));
  EXPECT_EQ(query(juliet, paging("<max>2</max><before>" + last.ids.front() + "</before>")).bodies, Strings{"one"});
  EXPECT_EQ(query(juliet, paging("<before/>") + "<flip-page/>").bodies, (Strings{"three", "two", "one"}));
  EXPECT_THAT(query(juliet, paging("<max>0</max>")).fin, HasSubstr("<count>3</count>"));
}

TEST_F(ArchiveTest, FiltersByPartnerTimeAndId) {
  talk();
  juliet.send(chat("nurse@localhost", "nobody there"));
  EXPECT_EQ(query(juliet, form(field("with", "romeo@localhost"))).bodies.size(), 3u);
  EXPECT_EQ(query(juliet, form(field("with", "romeo@localhost/orchard"))).bodies, Strings{"two"});
  EXPECT_EQ(query(juliet, form(field("start", "2038-01-01T00:00:00Z"))).bodies, Strings{});
  EXPECT_EQ(query(juliet, form(field("end", "2000-01-01T00:00:00Z"))).bodies, Strings{});
  const auto ids = query(juliet, form(field("with", "romeo@localhost"))).ids;
  EXPECT_EQ(query(juliet, form(field("with", "romeo@localhost") + field("after-id", ids[0]))).bodies,
            (Strings{"two", "three"}));
  EXPECT_EQ(query(juliet, form(field("before-id", ids[1]))).bodies, Strings{"one"});
  EXPECT_EQ(query(juliet, form(field("ids", ids[1]))).bodies, Strings{"two"});
}

// XEP-0431.
TEST_F(ArchiveTest, FindsMessagesByTheirWords) {
  talk();
  server.create_account("nurse");
  juliet.send(chat("romeo@localhost", "金风玉露一相逢"));
  juliet.send(chat("nurse@localhost", "one more"));
  const std::string words = "{urn:xmpp:fulltext:0}fulltext";
  EXPECT_EQ(query(juliet, form(field(words, "玉露"))).bodies, Strings{"金风玉露一相逢"});
  EXPECT_EQ(query(juliet, form(field(words, "ONE"))).bodies, (Strings{"one", "one more"}));
  EXPECT_EQ(query(juliet, form(field(words, "one") + field("with", "romeo@localhost"))).bodies, Strings{"one"});
  EXPECT_EQ(query(juliet, form(field(words, "one")) + paging("<max>1</max><before/>")).bodies, Strings{"one more"});
  EXPECT_EQ(query(juliet, form(field(words, ""))).bodies.size(), 5u) << "an empty field filters nothing";
  EXPECT_EQ(query(juliet, form(field(words, "\" OR *"))).bodies, Strings{});
}

TEST_F(ArchiveTest, TheSearchIsOfferedOnlyWhereItIs) {
  const std::string asked = "<iq type='get' id='1'><query xmlns='urn:xmpp:mam:2'/></iq>";
  juliet.send(asked);
  EXPECT_THAT(juliet.received_text(), HasSubstr("{urn:xmpp:fulltext:0}fulltext"));
  server.config().has_archive_search = false;
  juliet.send(asked);
  EXPECT_THAT(juliet.received_text(), Not(HasSubstr("fulltext")));
  EXPECT_THAT(query(juliet, form(field("{urn:xmpp:fulltext:0}fulltext", "one"))).fin,
              HasSubstr("feature-not-implemented"));
}

TEST_F(ArchiveTest, UnknownBordersAreItemNotFound) {
  talk();
  for (const auto& content : {paging("<after>12</after>"), paging("<before>x</before>"), form(field("ids", "12")),
                              form(field("after-id", "12")), form(field("before-id", "abc"))}) {
    EXPECT_THAT(query(juliet, content).fin, HasSubstr("item-not-found")) << content;
  }
  EXPECT_THAT(query(juliet, form(field("colour", "red"))).fin, HasSubstr("feature-not-implemented"));
  EXPECT_THAT(query(juliet, form(field("start", "noon"))).fin, HasSubstr("bad-request"));
}

TEST_F(ArchiveTest, OddQueriesAreAnsweredAsTheySay) {
  talk();
  const auto typed = [](const std::string& type) {
    return "<x xmlns='jabber:x:data' type='" + type +
           "'><field var='FORM_TYPE'><value>urn:xmpp:mam:2</value></field></x>";
  };
  EXPECT_EQ(query(juliet, typed("submit")).bodies.size(), 3u);
  for (const auto& content :
       {typed("cancel"), typed("form"), typed("result"), typed("other"), paging("<max>-1</max>"),
        paging("<max>many</max>"), paging("<after/><before/>"), form(field("end", "")), form(field("with", "a@@b")),
        form("<field var='with'/>"), form(field("start", "2020-13-01T00:00:00Z")),
        std::string("<x xmlns='jabber:x:data' type='submit'/>")}) {
    EXPECT_THAT(query(juliet, content).fin, HasSubstr("<bad-request")) << content;
  }
  EXPECT_EQ(query(juliet, paging("<max>99999999999</max>")).bodies.size(), 3u);
  EXPECT_EQ(query(juliet, paging("<max>2</max><after/>")).bodies, (Strings{"one", "two"}));
  EXPECT_THAT(query(juliet, paging("<index>1</index>")).fin, HasSubstr("<feature-not-implemented"));
}

TEST_F(ArchiveTest, NobodyReadsAnothersArchive) {
  talk();
  auto nurse = server.login("nurse@localhost/house");
  for (const std::string payload :
       {"<query xmlns='urn:xmpp:mam:2'/>", "<metadata xmlns='urn:xmpp:mam:2'/>", "<prefs xmlns='urn:xmpp:mam:2'/>"}) {
    nurse.send("<iq type='set' to='juliet@localhost' id='1'>" + payload + "</iq>");
    const auto answer = nurse.received();
    ASSERT_EQ(answer.size(), 1u);
    EXPECT_THAT(answer[0].text(), HasSubstr("<forbidden"));
  }
}

TEST_F(ArchiveTest, APageIsBoundedInMessagesAndBytes) {
  server.config().archive_page_max = 2;
  talk();
  EXPECT_EQ(query(juliet, paging("<max>100</max>")).bodies.size(), 2u);
  server.config().archive_page_bytes = 1;
  const auto page = query(juliet, paging("<max>2</max><before/>"));
  EXPECT_EQ(page.bodies, Strings{"three"});
  EXPECT_THAT(page.fin, Not(HasSubstr("complete")));
}

TEST_F(ArchiveTest, GivesItsFormAndItsBorders) {
  romeo.send("<iq type='get' id='1'><query xmlns='urn:xmpp:mam:2'/></iq>");
  EXPECT_THAT(romeo.received_text(), HasSubstr("before-id"));
  talk();
  romeo.received();
  romeo.send("<iq type='get' id='1'><metadata xmlns='urn:xmpp:mam:2'/></iq>");
  const auto text = romeo.received_text();
  EXPECT_THAT(text, HasSubstr("<start id="));
  EXPECT_THAT(text, HasSubstr("<end id="));
}

TEST_F(ArchiveTest, KeepsWhatHasMeaningLater) {
  const std::string start = "<message to='romeo@localhost' type='chat'>";
  romeo.available();
  juliet.send(start + "<composing xmlns='http://jabber.org/protocol/chatstates'/></message>");
  juliet.send(start + "<body>secret</body><no-store xmlns='urn:xmpp:hints'/></message>");
  juliet.send(start + "<received xmlns='urn:xmpp:receipts' id='1'/></message>");
  juliet.send(start + "<x xmlns='urn:example'/><store xmlns='urn:xmpp:hints'/></message>");
  juliet.send("<message to='romeo@localhost' type='headline'><body>news</body></message>");
  juliet.send("<message to='romeo@localhost/orchard' type='groupchat'><body>room</body></message>");
  juliet.send("<message to='romeo@localhost/orchard' type='error'><body>oh</body></message>");
  EXPECT_EQ(query(juliet).bodies.size(), 2u);
}

TEST_F(ArchiveTest, TheRecipientHearsTheIdAndTheSenderDoesNot) {
  romeo.available();
  juliet.send(chat("romeo@localhost", "hi", "<stanza-id xmlns='urn:xmpp:sid:0' by='romeo@localhost' id='forged'/>"));
  const auto got = romeo.received();
  ASSERT_EQ(got.size(), 1u);
  EXPECT_THAT(got[0].text(), HasSubstr("by='romeo@localhost'"));
  EXPECT_THAT(got[0].text(), Not(HasSubstr("forged")));
  EXPECT_THAT(query(juliet).all, Not(HasSubstr("stanza-id")));
}

TEST_F(ArchiveTest, PreferencesOfEitherSideCount) {
  juliet.send(
      "<iq type='set' id='1'><prefs xmlns='urn:xmpp:mam:2' default='always'><always/><never>"
      "<jid>romeo@localhost</jid></never></prefs></iq>");
  EXPECT_THAT(juliet.received_text(), HasSubstr("type='result'"));
  juliet.available();
  talk();
  EXPECT_EQ(query(romeo).bodies.size(), 3u);
  EXPECT_EQ(query(juliet).bodies.size(), 0u);
  juliet.send("<iq type='get' id='1'><prefs xmlns='urn:xmpp:mam:2'/></iq>");
  EXPECT_THAT(juliet.received_text(), HasSubstr("<jid>romeo@localhost</jid>"));
}

TEST_F(ArchiveTest, BadPreferencesAreRefused) {
  juliet.send("<iq type='set' id='1'><prefs xmlns='urn:xmpp:mam:2' default='sometimes'/></iq>");
  EXPECT_THAT(juliet.received_text(), HasSubstr("bad-request"));
  juliet.send(
      "<iq type='set' id='1'><prefs xmlns='urn:xmpp:mam:2' default='never'><always><jid>@</jid></always></prefs></iq>");
  EXPECT_THAT(juliet.received_text(), HasSubstr("jid-malformed"));
}

TEST_F(ArchiveTest, ARetryIsNotDeliveredTwice) {
  romeo.available();
  const auto message = chat("romeo@localhost", "once", "<origin-id xmlns='urn:xmpp:sid:0' id='o1'/>");
  juliet.send(message);
  juliet.break_connection();
  auto again = server.login("juliet@localhost/balcony");
  again.send(message);
  EXPECT_EQ(romeo.received().size(), 1u);
  EXPECT_EQ(query(romeo).bodies, Strings{"once"});
  again.send(chat("romeo@localhost", "twice", "<origin-id xmlns='urn:xmpp:sid:0' id='o2'/>"));
  EXPECT_EQ(query(romeo).bodies.size(), 2u);
}

TEST_F(ArchiveTest, OfflineMessagesComeOnceInOrderWithTheirTime) {
  server.config().offline_batch = 2;
  for (const auto* body : {"1", "2", "3", "4", "5"}) juliet.send(chat("romeo@localhost", body));
  romeo.send("<presence><priority>-1</priority></presence>");
  EXPECT_THAT(romeo.received_text(), Not(HasSubstr("<body>"))) << "negative priority";
  romeo.send("<presence/>");
  Strings bodies;
  for (const auto& stanza : romeo.received()) {
    if (stanza.element().name() != "message") continue;
    bodies.push_back(stanza.element().child("body").text());
    EXPECT_EQ(stanza.element().child("delay", xmpp::ns::delay).attribute("from"), "localhost");
    EXPECT_FALSE(stanza.element().child("stanza-id", xmpp::ns::stanza_ids).attribute("id").empty());
  }
  EXPECT_EQ(bodies, (Strings{"1", "2", "3", "4", "5"}));
  auto second = server.login("romeo@localhost/second");
  second.send("<presence/>");
  EXPECT_THAT(second.received_text(), Not(HasSubstr("<body>")));
  juliet.send(chat("romeo@localhost", "live"));
  EXPECT_THAT(romeo.received_text(), HasSubstr("live"));
}

TEST_F(ArchiveTest, ServedMessagesAreNotServedAgainAfterALaterLogin) {
  juliet.send(chat("romeo@localhost", "1"));
  romeo.available();
  server.advance(std::chrono::seconds(1));
  romeo.send("</stream:stream>");
  juliet.send(chat("romeo@localhost", "2"));
  auto again = server.login("romeo@localhost/again");
  again.send("<presence/>");
  const auto text = again.received_text();
  EXPECT_THAT(text, HasSubstr("<body>2</body>"));
  EXPECT_THAT(text, Not(HasSubstr("<body>1</body>")));
}

TEST(Archive, WithoutOneMessagesAreKeptForThoseWhoAreAwayAndOnlyForThem) {
  Config config;
  config.has_archive = false;
  TestServer server({"archive", "presence"}, config);
  auto juliet = server.login("juliet@localhost/balcony");
  auto romeo = server.login("romeo@localhost/orchard");
  juliet.send(chat("romeo@localhost", "away"));
  romeo.send("<presence/>");
  EXPECT_THAT(romeo.received_text(), HasSubstr("away"));
  juliet.send(chat("romeo@localhost", "there"));
  const auto text = romeo.received_text();
  EXPECT_THAT(text, HasSubstr("there"));
  EXPECT_THAT(text, Not(HasSubstr("stanza-id"))) << "it is in no archive";
  EXPECT_THAT(query(romeo).fin, HasSubstr("service-unavailable"));
}

TEST(Archive, WithoutOneNothingStaysOfWhatWasServed) {
  Config config;
  config.has_archive = false;
  TestServer server({"archive", "presence"}, config);
  auto juliet = server.login("juliet@localhost/balcony");
  server.create_account("romeo");
  juliet.send(chat("romeo@localhost", "away"));
  const auto stored = [&] {
    std::size_t count = 0;
    auto then = [&count](Result<std::vector<storage::ArchivedMessage>> found) { count = found->size(); };
    server.store().undelivered("romeo", 0, 10, {&server.loop(0), then});
    server.run();
    return count;
  };
  server.advance(std::chrono::minutes(3));
  EXPECT_EQ(stored(), 1u) << "it waits for him";
  auto romeo = server.online("romeo@localhost/orchard");
  server.advance(std::chrono::seconds(1));
  server.advance(std::chrono::minutes(3));
  EXPECT_EQ(stored(), 0u);
}

TEST(Archive, OldMessagesExpire) {
  Config config;
  config.archive_keep = std::chrono::hours(24);
  TestServer server({"archive"}, config);
  auto juliet = server.login("juliet@localhost/balcony");
  juliet.send(chat("juliet@localhost", "old"));
  EXPECT_EQ(query(juliet).bodies.size(), 1u);
  server.advance(std::chrono::hours(25));
  server.advance(std::chrono::hours(2));
  auto later = server.login("juliet@localhost/later");
  EXPECT_EQ(query(later).bodies.size(), 0u);
}

}  // namespace queqiao::server::testing
