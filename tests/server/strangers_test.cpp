// Nobody finds out by asking who has an account here: RFC 6120 13.11, RFC 6121 8.5.1 and 4.3.2.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

#include "test_server.h"

namespace queqiao::server::testing {
namespace {

using ::testing::HasSubstr;

struct Strangers : ::testing::Test {
  Strangers() {
    for (const auto* user : {"romeo", "mercutio"}) server.create_account(user);
  }

  // The answer with every name of an account made the same.
  std::string ask(std::string_view type, std::string_view payload, const std::string& name) {
    juliet.received();
    juliet.send("<iq id='1' type='" + std::string(type) + "' to='" + name + "@localhost'>" + std::string(payload) +
                "</iq>");
    return std::regex_replace(juliet.received_text(), std::regex(name), "somebody");
  }

  TestServer server;
  TestClient juliet = server.online("juliet@localhost/balcony");
};

constexpr std::pair<std::string_view, std::string_view> questions[] = {
    {"get", "<query xmlns='jabber:iq:roster'/>"},
    {"set", "<query xmlns='jabber:iq:roster'><item jid='a@localhost'/></query>"},
    {"get", "<vCard xmlns='vcard-temp'/>"},
    {"set", "<vCard xmlns='vcard-temp'/>"},
    {"get", "<query xmlns='jabber:iq:last'/>"},
    {"get", "<query xmlns='http://jabber.org/protocol/disco#info'/>"},
    {"get", "<query xmlns='http://jabber.org/protocol/disco#items'/>"},
    {"set", "<query xmlns='http://jabber.org/protocol/disco#items'/>"},
    {"set", "<query xmlns='urn:xmpp:mam:2'/>"},
    {"get", "<metadata xmlns='urn:xmpp:mam:2'/>"},
    {"get", "<prefs xmlns='urn:xmpp:mam:2'/>"},
    {"get", "<ping xmlns='urn:xmpp:ping'/>"},
    {"get", "<query xmlns='jabber:iq:version'/>"},
    {"get", "<query xmlns='jabber:iq:private'><a xmlns='b'/></query>"},
    {"get", "<blocklist xmlns='urn:xmpp:blocking'/>"},
    {"get", "<query xmlns='jabber:iq:register'/>"},
    {"get", "<something xmlns='urn:nobody:knows'/>"},
};

TEST_F(Strangers, HearTheSameOfAnAccountAndOfNone) {
  for (const auto& [type, payload] : questions) {
    const auto of_account = ask(type, payload, "romeo");
    EXPECT_THAT(of_account, HasSubstr("type='error'")) << payload;
    EXPECT_EQ(of_account, ask(type, payload, "nobody")) << payload;
  }
}

TEST_F(Strangers, HearNoMoreAfterTheyHaveAskedToSubscribe) {
  const auto probe = [this](const std::string& name) {
    juliet.send("<iq id='r' type='get'><query xmlns='jabber:iq:roster'/></iq><presence type='subscribe' to='" + name +
                "@localhost'/>");
    juliet.received();
    juliet.send("<presence type='probe' to='" + name + "@localhost'/>");
    auto text = std::regex_replace(juliet.received_text(), std::regex(name), "somebody");
    return std::regex_replace(text, std::regex(" (id|ver)='[^']*'"), "");
  };
  const auto of_account = probe("romeo");
  EXPECT_THAT(of_account, HasSubstr("type='unsubscribed'"));
  EXPECT_EQ(of_account, probe("nobody"));
}

TEST_F(Strangers, SubscribersAreAnsweredAsBefore) {
  auto romeo = server.online("romeo@localhost/orchard");
  juliet.send("<presence type='subscribe' to='romeo@localhost'/>");
  romeo.send("<presence type='subscribed' to='juliet@localhost'/>");
  EXPECT_THAT(ask("get", "<query xmlns='http://jabber.org/protocol/disco#info'/>", "romeo"),
              HasSubstr("type='result'"));
  EXPECT_THAT(ask("get", "<query xmlns='jabber:iq:last'/>", "romeo"), HasSubstr("seconds='0'"));
  EXPECT_THAT(ask("get", "<query xmlns='jabber:iq:roster'/>", "romeo"), HasSubstr("<forbidden"));
}

}  // namespace
}  // namespace queqiao::server::testing
