#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pep_fixture.h"

namespace queqiao::server::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string node = "urn:xmpp:bookmarks:1";
const std::string key = "storage storage:bookmarks";

struct Bookmarks : Pep {
  TestClient juliet = server.login("juliet@localhost/balcony");

  std::string storage(std::string_view type, const std::string& content) {
    return ask(juliet, std::string(type), {}, "<query xmlns='jabber:iq:private'>" + in_storage(content) + "</query>");
  }
  static std::string in_storage(const std::string& content) {
    return "<storage xmlns='storage:bookmarks'>" + content + "</storage>";
  }
  static std::string set_request(const std::string& id, const std::string& content) {
    return "<iq type='set' id='" + id + "'><query xmlns='jabber:iq:private'>" + in_storage(content) + "</query></iq>";
  }
  static std::string conference(const std::string& room, const std::string& name = "A room") {
    return "<conference jid='" + room + "' name='" + name + "' autojoin='1'><nick>JC</nick></conference>";
  }
  std::string publish_room(const std::string& room, const std::string& content = {}) {
    return publish(juliet, node, room, options({{"access_model", "whitelist"}, {"max_items", "max"}}),
                   "<conference xmlns='urn:xmpp:bookmarks:1' name='Play' autojoin='true'>" + content + "</conference>");
  }
};

TEST_F(Bookmarks, WhatIsPublishedIsInPrivateStorage) {
  publish_room("play@rooms.localhost", "<nick>JC</nick><password>secret</password>");
  publish_room("orchard@rooms.localhost");
  const auto found = storage("get", {});
  EXPECT_THAT(found, HasSubstr("<storage xmlns='storage:bookmarks'><conference jid='play@rooms.localhost' name='Play' "
                               "autojoin='true'><nick>JC</nick><password>secret</password></conference>"));
  EXPECT_THAT(found, HasSubstr("jid='orchard@rooms.localhost'"));
}

TEST_F(Bookmarks, WhatIsStoredPrivatelyIsPublishedWhereItDiffers) {
  EXPECT_THAT(storage("set", conference("play@rooms.localhost") + conference("orchard@rooms.localhost")),
              HasSubstr("type='result'"));
  EXPECT_EQ(ids(items(juliet, node)), "play@rooms.localhostorchard@rooms.localhost");
  EXPECT_THAT(owner(juliet, "get", "<configure node='" + node + "'/>"), HasSubstr("<value>whitelist</value>"));
  auto phone = server.login("juliet@localhost/phone");
  appear(phone, {node});
  storage("set", conference("play@rooms.localhost") + conference("tomb@rooms.localhost"));
  const auto told = phone.received_text();
  EXPECT_THAT(told,
              AllOf(HasSubstr("<item id='tomb@rooms.localhost'>"), HasSubstr("<retract id='orchard@rooms.localhost'")));
  EXPECT_THAT(told, Not(HasSubstr("play@rooms"))) << "5.2.2: unchanged";
  EXPECT_EQ(ids(items(juliet, node)), "play@rooms.localhosttomb@rooms.localhost");
}

TEST_F(Bookmarks, WhatOtherClientsHavePutIntoAnItemStays) {
  publish_room("play@rooms.localhost", "<extensions><x xmlns='urn:x'/></extensions>");
  storage("set", conference("play@rooms.localhost", "Another name"));
  EXPECT_THAT(items(juliet, node), AllOf(HasSubstr("Another name"), HasSubstr("<x xmlns='urn:x'/>")));
}

TEST_F(Bookmarks, AddressesOfPagesStayInPrivateStorage) {
  storage("set", "<url name='Page' url='https://example.org/'/>" + conference("play@rooms.localhost"));
  EXPECT_THAT(storage("get", {}), AllOf(HasSubstr("https://example.org/"), HasSubstr("play@rooms.localhost")));
}

TEST_F(Bookmarks, ThoseOfBeforeArePublishedAtTheNextLogIn) {
  storage("set", "<url name='Page' url='https://example.org/'/>");  // so that it is noted
  server.store().put_data("juliet", "private", key, in_storage(conference("play@rooms.localhost")), {});
  server.run();
  auto phone = server.login("juliet@localhost/phone");
  EXPECT_EQ(ids(items(phone, node)), "play@rooms.localhost");
}

TEST_F(Bookmarks, WhatIsPrivateDoesNotGetIntoANodeThatOthersMayRead) {
  publish(juliet, node, "a@rooms.localhost", options({{"access_model", "open"}}),
          "<conference xmlns='urn:xmpp:bookmarks:1'/>");
  EXPECT_THAT(storage("set", conference("play@rooms.localhost")), HasSubstr("type='result'"));
  EXPECT_EQ(ids(items(juliet, node)), "a@rooms.localhost");
  const auto found = storage("get", {});
  EXPECT_THAT(found, HasSubstr("play@rooms.localhost")) << "it is kept where it was put";
  EXPECT_THAT(found, Not(HasSubstr("a@rooms.localhost")));
}

TEST_F(Bookmarks, TooManyAreRefusedBeforeAnyIsStored) {
  server.config().bookmarks = 2;
  const auto two = conference("a@rooms.localhost") + conference("b@rooms.localhost");
  EXPECT_THAT(storage("set", two + conference("c@rooms.localhost")),
              AllOf(HasSubstr("type='error'"), HasSubstr("policy-violation")));
  EXPECT_EQ(ids(items(juliet, node)), "");
  EXPECT_THAT(storage("get", {}), Not(HasSubstr("conference")));
  EXPECT_THAT(storage("set", two), HasSubstr("type='result'"));
}

TEST_F(Bookmarks, TheLastListCountsWhenTwoAreSentAtOnce) {
  juliet.give(set_request("1", conference("a@rooms.localhost") + conference("b@rooms.localhost")));
  juliet.send(set_request("2", conference("a@rooms.localhost")));
  EXPECT_THAT(juliet.received_text(), AllOf(HasSubstr("id='1'"), HasSubstr("id='2'"), Not(HasSubstr("type='error'"))));
  EXPECT_EQ(ids(items(juliet, node)), "a@rooms.localhost");
}

TEST_F(Bookmarks, ManyListsAtOnceLeaveTheLastOne) {
  for (const std::string room : {"a", "b", "c", "d", "e", "f"}) {
    juliet.give(set_request(
        room, "<url name='" + room + "' url='https://" + room + "/'/>" + conference(room + "@rooms.localhost")));
  }
  server.run();
  EXPECT_EQ(ids(items(juliet, node)), "f@rooms.localhost");
  EXPECT_THAT(storage("get", {}), AllOf(HasSubstr("https://f/"), Not(HasSubstr("https://e/"))));
}

TEST_F(Bookmarks, ThoseThatDoNotFitIntoAnAnswerAreNotShownInPart) {
  server.config().pep_answer_bytes = 200;
  const std::string long_extension = "<extensions><x xmlns='urn:x'>" + std::string(150, 'x') + "</x></extensions>";
  publish_room("play@rooms.localhost", long_extension);
  publish_room("tomb@rooms.localhost", long_extension);
  EXPECT_THAT(storage("get", {}), AllOf(HasSubstr("type='error'"), Not(HasSubstr("conference"))));
}

TEST_F(Bookmarks, ThoseThatWereRemovedDoNotComeBackWithThePrivateCopy) {
  storage("set",
          "<url name='Page' url='https://example.org/'/><x xmlns='urn:x'/>" + conference("play@rooms.localhost"));
  pubsub(juliet, "set", "<retract node='" + node + "'><item id='play@rooms.localhost'/></retract>");
  owner(juliet, "set", "<delete node='" + node + "'/>");
  const auto found = storage("get", {});
  EXPECT_THAT(found, AllOf(HasSubstr("https://example.org/"), HasSubstr("<x xmlns='urn:x'/>")));
  EXPECT_THAT(found, Not(HasSubstr("play@rooms.localhost")));
  auto phone = server.login("juliet@localhost/phone");
  EXPECT_EQ(ids(items(phone, node)), "");
}

TEST_F(Bookmarks, TheAccountSaysSo) {
  EXPECT_THAT(ask(juliet, "get", {}, "<query xmlns='http://jabber.org/protocol/disco#info'/>"),
              HasSubstr("var='urn:xmpp:bookmarks:1#compat'"));
}

}  // namespace
}  // namespace queqiao::server::testing
