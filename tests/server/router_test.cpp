#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "test_server.h"

namespace queqiao::server::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// RFC 6121 8.5.4, the rows of its table. What a letter stands for: D, to the one; A, to all with a non-negative priority;
// E, an error comes back; S, silence or an error.
constexpr const char* normal = "normal";
constexpr const char* chat = "chat";
constexpr const char* groupchat = "groupchat";
constexpr const char* headline = "headline";

struct RouterRules : ::testing::Test {
  TestServer server{std::initializer_list<std::string_view>{"presence", "ping"}};
  TestClient juliet = server.online("juliet@localhost/balcony");

  // What comes back to the sender.
  std::string send(std::string_view type, std::string_view to) {
    juliet.received();
    return juliet.send("<message id='m' type='" + std::string(type) + "' to='" + std::string(to) + "'><x/></message>")
        .received_text();
  }
  void expect_error(std::string_view type, std::string_view to) {
    EXPECT_THAT(send(type, to), HasSubstr("<service-unavailable")) << type << " to " << to;
  }
  void expect_delivery(std::string_view type, std::string_view to, std::initializer_list<TestClient*> receivers) {
    EXPECT_EQ(send(type, to), "") << type << " to " << to;
    for (auto* receiver : receivers) EXPECT_EQ(receiver->received().size(), 1u) << type << " to " << to;
  }
};

TEST_F(RouterRules, TheAccountDoesNotExist) {
  for (const auto* type : {normal, chat, groupchat}) {
    expect_error(type, "nobody@localhost");
    expect_error(type, "nobody@localhost/x");
  }
  EXPECT_EQ(send(headline, "nobody@localhost"), "");
  EXPECT_EQ(send("error", "nobody@localhost"), "");
  EXPECT_THAT(juliet.send("<iq type='get' id='1' to='nobody@localhost'><ping xmlns='urn:xmpp:ping'/></iq>").received_text(),
              HasSubstr("<service-unavailable"));
  EXPECT_THAT(juliet.send("<presence to='nobody@localhost'/>").received(), IsEmpty());
}

TEST_F(RouterRules, TheAccountHasNoResource) {
  server.create_account("mercutio");
  for (const auto* type : {normal, chat, groupchat}) expect_error(type, "mercutio@localhost");
  expect_error(normal, "mercutio@localhost/x");
  expect_error(chat, "mercutio@localhost/x");
  EXPECT_EQ(send(headline, "mercutio@localhost"), "");
  EXPECT_EQ(send("error", "mercutio@localhost"), "");
}

TEST_F(RouterRules, OnlyNegativePriorities) {
  auto mercutio = server.online("mercutio@localhost/orchard", -1);
  for (const auto* type : {normal, chat, groupchat}) expect_error(type, "mercutio@localhost");
  EXPECT_EQ(send(headline, "mercutio@localhost"), "");
  for (const auto* type : {normal, chat, groupchat, headline}) expect_delivery(type, "mercutio@localhost/orchard", {&mercutio});
  expect_error(chat, "mercutio@localhost/x");
  EXPECT_THAT(mercutio.received(), IsEmpty());
}

TEST_F(RouterRules, OneNonNegativePriority) {
  auto mercutio = server.online("mercutio@localhost/orchard");
  for (const auto* type : {normal, chat, headline}) expect_delivery(type, "mercutio@localhost", {&mercutio});
  for (const auto* type : {normal, chat, groupchat, headline}) expect_delivery(type, "mercutio@localhost/orchard", {&mercutio});
  expect_error(groupchat, "mercutio@localhost");
  expect_error(normal, "mercutio@localhost/x");
  expect_error(groupchat, "mercutio@localhost/x");
  EXPECT_EQ(send(headline, "mercutio@localhost/x"), "");
  EXPECT_EQ(send("error", "mercutio@localhost"), "");
  EXPECT_THAT(mercutio.received(), IsEmpty());
  expect_delivery(chat, "mercutio@localhost/x", {&mercutio});
}

TEST_F(RouterRules, ManyPriorities) {
  auto orchard = server.online("mercutio@localhost/orchard", 0);
  auto street = server.online("mercutio@localhost/street", 5);
  auto hidden = server.online("mercutio@localhost/hidden", -1);
  auto silent = server.login("mercutio@localhost/silent");
  orchard.received();
  street.received();
  hidden.received();
  for (const auto* type : {normal, chat, headline}) expect_delivery(type, "mercutio@localhost", {&orchard, &street});
  expect_delivery(normal, "mercutio@localhost/street", {&street});
  expect_delivery(normal, "mercutio@localhost/silent", {&silent});  // connected is enough for a full JID
  expect_delivery(chat, "mercutio@localhost/x", {&orchard, &street});
  for (auto* other : {&orchard, &street, &hidden, &silent}) EXPECT_THAT(other->received(), IsEmpty());
}

TEST_F(RouterRules, ANoteToOneselfIsForTheOtherDevices) {
  EXPECT_EQ(juliet.send("<message to='juliet@localhost'><body>a</body></message>").received().size(), 1u);
  auto phone = server.online("juliet@localhost/phone", -1);
  juliet.received();
  // The phone takes no messages, so there is no other device yet.
  EXPECT_EQ(juliet.send("<message to='juliet@localhost'><body>a</body></message>").received().size(), 1u);
  auto desk = server.online("juliet@localhost/desk");
  juliet.received();
  EXPECT_EQ(juliet.send("<message to='juliet@localhost'><body>b</body></message>").received().size(), 0u);
  EXPECT_EQ(desk.received().size(), 1u);
}

TEST_F(RouterRules, IqGoesToTheResourceThatIsNamed) {
  auto mercutio = server.login("mercutio@localhost/orchard");
  const auto ping = [](std::string_view to) {
    return "<iq type='get' id='1' to='" + std::string(to) + "'><ping xmlns='urn:xmpp:ping'/></iq>";
  };
  EXPECT_EQ(juliet.send(ping("mercutio@localhost/orchard")).received_text(), "");
  EXPECT_EQ(mercutio.received().size(), 1u);
  EXPECT_THAT(juliet.send(ping("mercutio@localhost/x")).received_text(), HasSubstr("<service-unavailable"));
  EXPECT_EQ(juliet.send("<iq type='result' id='1' to='mercutio@localhost/x'/>").received_text(), "");
}

TEST_F(RouterRules, PresenceGoesToAllAvailableResourcesOrToTheOne) {
  auto orchard = server.online("mercutio@localhost/orchard", -1);
  auto street = server.online("mercutio@localhost/street");
  auto silent = server.login("mercutio@localhost/silent");
  orchard.received();
  juliet.send("<presence to='mercutio@localhost'/>");
  EXPECT_EQ(orchard.received().size(), 1u);
  EXPECT_EQ(street.received().size(), 1u);
  EXPECT_THAT(silent.received(), IsEmpty());
  juliet.send("<presence to='mercutio@localhost/street'/><presence to='mercutio@localhost/x'/>");
  EXPECT_EQ(street.received().size(), 1u);
  EXPECT_THAT(orchard.received(), IsEmpty());
}

// XEP-0203 6: recipients believe the server that holds their mail; what clients say in their own name stays.
TEST_F(RouterRules, NobodySpeaksForTheServerAboutDelays) {
  auto romeo = server.online("romeo@localhost/orchard");
  juliet.send(
      "<message to='romeo@localhost/orchard'><delay xmlns='urn:xmpp:delay' from='localhost' stamp='2001-01-01T00:00:00Z'/>"
      "<delay xmlns='urn:xmpp:delay' from='juliet@localhost' stamp='2002-01-01T00:00:00Z'/><body>hi</body></message>");
  const auto got = romeo.received_text();
  EXPECT_THAT(got, Not(HasSubstr("2001")));
  EXPECT_THAT(got, HasSubstr("2002"));
}

// The largest stanza that may come in is larger when it goes out, with its addresses; its sender hears all the same.
TEST_F(RouterRules, WhatIsAsLongAsMayBeIsAnswered) {
  const std::string start = "<message id='m' to='nobody@localhost'><body>", end = "</body></message>";
  const std::string body(Config{}.after_login.element_bytes - start.size() - end.size(), 'x');
  EXPECT_THAT(juliet.send(start + body + end).received_text(), HasSubstr("<service-unavailable"));
}

// RFC 6120 4.8.5 lets stanzas use what the header declares; what is written for others declares it at each use.
TEST_F(RouterRules, SmallStanzasDoNotGrowLarge) {
  auto romeo = server.online("romeo@localhost/orchard");
  const std::string quotes(100'000, '\'');
  juliet.send("<message to='romeo@localhost/orchard' xml:lang=\"" + quotes + "\"><body>hi</body></message>");
  EXPECT_THAT(juliet.received_text(), HasSubstr("<policy-violation"));
  EXPECT_THAT(romeo.received(), IsEmpty());
}

}  // namespace
}  // namespace queqiao::server::testing
