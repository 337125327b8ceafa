#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pep_fixture.h"

namespace queqiao::server::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string node = "urn:xmpp:bookmarks:1";

struct Bookmarks : Pep {
  TestClient juliet = server.login("juliet@localhost/balcony");

  std::string storage(std::string_view type, const std::string& content) {
    return ask(juliet, std::string(type), {},
               "<query xmlns='jabber:iq:private'><storage xmlns='storage:bookmarks'>" + content + "</storage></query>");
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
  storage("set", conference("play@rooms.localhost"));
  owner(juliet, "set", "<delete node='" + node + "'/>");
  auto phone = server.login("juliet@localhost/phone");
  EXPECT_EQ(ids(items(phone, node)), "play@rooms.localhost");
}

TEST_F(Bookmarks, WhatIsPrivateDoesNotGetIntoANodeThatOthersMayRead) {
  publish(juliet, node, "a@rooms.localhost", options({{"access_model", "open"}}),
          "<conference xmlns='urn:xmpp:bookmarks:1'/>");
  EXPECT_THAT(storage("set", conference("play@rooms.localhost")), HasSubstr("type='result'"));
  EXPECT_EQ(ids(items(juliet, node)), "a@rooms.localhost");
}

TEST_F(Bookmarks, TheAccountSaysSo) {
  EXPECT_THAT(ask(juliet, "get", {}, "<query xmlns='http://jabber.org/protocol/disco#info'/>"),
              HasSubstr("var='urn:xmpp:bookmarks:1#compat'"));
}

}  // namespace
}  // namespace queqiao::server::testing
