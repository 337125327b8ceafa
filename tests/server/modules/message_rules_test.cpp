// What becomes of each kind of message: XEP-0313 5.1.1, XEP-0160 3, XEP-0280 6.1, XEP-0334, and what each payload's own
// specification says.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../test_server.h"

namespace queqiao::server::testing {
namespace {

struct Rule {
  std::string_view name, type, content;
  bool is_archived, is_kept_for_later, is_copied;
};

const Rule rules[] = {
    {"Chat", "chat", "<body>hi</body>", true, true, true},
    {"NormalWithBody", "normal", "<body>hi</body>", true, true, true},
    {"NormalWithoutBody", "normal", "<x xmlns='urn:example'/>", false, false, false},
    {"Headline", "headline", "<body>hi</body>", false, false, false},
    {"ChatState", "chat", "<composing xmlns='http://jabber.org/protocol/chatstates'/>", false, false, true},
    {"ChatStateWithThread", "chat", "<active xmlns='http://jabber.org/protocol/chatstates'/><thread>t</thread>", false,
     false, true},
    {"ChatStateWithBody", "chat", "<body>hi</body><active xmlns='http://jabber.org/protocol/chatstates'/>", true, true,
     true},
    {"ReceiptRequest", "chat", "<body>hi</body><request xmlns='urn:xmpp:receipts'/>", true, true, true},
    {"Receipt", "chat", "<received xmlns='urn:xmpp:receipts' id='1'/>", true, true, true},
    {"NormalReceipt", "normal", "<received xmlns='urn:xmpp:receipts' id='1'/>", true, true, true},
    {"DisplayedMarker", "chat", "<displayed xmlns='urn:xmpp:chat-markers:0' id='1'/>", true, true, true},
    {"Correction", "chat", "<body>ho</body><replace xmlns='urn:xmpp:message-correct:0' id='1'/>", true, true, true},
    {"Retraction", "chat", "<retract xmlns='urn:xmpp:message-retract:1' id='1'/>", true, true, true},
    {"NormalRetraction", "normal", "<retract xmlns='urn:xmpp:message-retract:1' id='1'/>", true, true, true},
    {"Reactions", "chat", "<reactions xmlns='urn:xmpp:reactions:0' id='1'><reaction>x</reaction></reactions>", true,
     true, true},
    {"ReactionsTakenBack", "normal", "<reactions xmlns='urn:xmpp:reactions:0' id='1'/>", true, true, true},
    {"Reply", "chat", "<body>ho</body><reply xmlns='urn:xmpp:reply:0' id='1'/>", true, true, true},
    {"Attention", "chat", "<attention xmlns='urn:xmpp:attention:0'/>", false, false, true},
    {"AttentionWithBody", "chat", "<body>hi</body><attention xmlns='urn:xmpp:attention:0'/>", true, true, true},
    {"AttentionHeadline", "headline", "<attention xmlns='urn:xmpp:attention:0'/>", false, false, false},
    {"Invitation", "normal", "<x xmlns='jabber:x:conference' jid='room@conference.localhost'/>", true, true, true},
    {"Encrypted", "chat", "<encrypted xmlns='eu.siacs.conversations.axolotl'/>", true, true, true},
    {"Game", "chat", "<move xmlns='urn:queqiao:game:1'/>", true, true, true},
    {"HintStore", "chat", "<x xmlns='urn:example'/><store xmlns='urn:xmpp:hints'/>", true, true, true},
    {"HintNoStore", "chat", "<body>hi</body><no-store xmlns='urn:xmpp:hints'/>", false, false, true},
    {"HintNoCopy", "chat", "<body>hi</body><no-copy xmlns='urn:xmpp:hints'/>", true, true, false},
    {"Private", "chat", "<body>hi</body><private xmlns='urn:xmpp:carbons:2'/><no-copy xmlns='urn:xmpp:hints'/>", true,
     true, false},
};

void PrintTo(const Rule& rule, std::ostream* out) {
  *out << rule.name;
}

class MessageRules : public ::testing::TestWithParam<Rule> {
 protected:
  TestServer server{
      std::initializer_list<std::string_view>{"archive", "attention", "carbons", "presence", "retraction"}};
  TestClient romeo = server.online("romeo@localhost/orchard");

  std::string message(std::string_view to) const {
    return "<message id='m' to='" + std::string(to) + "' type='" + std::string(GetParam().type) + "'>" +
           std::string(GetParam().content) + "</message>";
  }
  static std::size_t results(TestClient& client) {
    client.received();
    client.send("<iq type='set' id='q'><query xmlns='urn:xmpp:mam:2'/></iq>");
    std::size_t count = 0;
    for (const auto& stanza : client.received()) count += stanza.element().child("result", "urn:xmpp:mam:2") ? 1 : 0;
    return count;
  }
};
INSTANTIATE_TEST_SUITE_P(Every, MessageRules, ::testing::ValuesIn(rules),
                         [](const auto& rule) { return std::string(rule.param.name); });

TEST_P(MessageRules, WhatReachesSomebodyIsArchivedAndCopied) {
  auto desk = server.online("juliet@localhost/desk", -1);
  auto phone = server.online("juliet@localhost/phone", -1);
  phone.enable_carbons().received();
  desk.received();
  romeo.send(message("juliet@localhost/desk"));
  EXPECT_EQ(desk.received().size(), 1u) << "all of them pass";
  EXPECT_EQ(!phone.received().empty(), GetParam().is_copied);
  EXPECT_EQ(results(desk), GetParam().is_archived ? 1u : 0u);
  EXPECT_EQ(results(romeo), GetParam().is_archived ? 1u : 0u);
}

TEST_P(MessageRules, WhatComesForSomebodyWhoIsAwayIsKeptOrNot) {
  server.create_account("juliet");
  romeo.send(message("juliet@localhost"));
  auto juliet = server.login("juliet@localhost/phone");
  juliet.send("<presence/>");
  std::size_t messages = 0;
  for (const auto& stanza : juliet.received()) messages += stanza.element().name() == "message" ? 1 : 0;
  EXPECT_EQ(messages, GetParam().is_kept_for_later ? 1u : 0u);
}

}  // namespace
}  // namespace queqiao::server::testing
