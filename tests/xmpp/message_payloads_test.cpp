#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/time_text.h"
#include "tests/xmpp/parsed.h"
#include "xmpp/xep/message_references.h"
#include "xmpp/xep/message_signals.h"
#include "xmpp/xep/payload.h"

namespace queqiao::xmpp {
namespace {

using testing::ElementsAre;

Parsed message(std::string_view content, std::string_view attributes = "") {
  return Parsed("<message xmlns='jabber:client' " + std::string(attributes) + ">" + std::string(content) +
                "</message>");
}

template <class Write>
std::string written(Write write) {
  std::string out;
  xml::Writer writer(out);
  write(writer);
  return out;
}

TEST(ChatState, EveryOneSurvivesWritingAndReading) {
  for (const auto state :
       {ChatState::active, ChatState::composing, ChatState::paused, ChatState::inactive, ChatState::gone}) {
    const auto parsed = message(written([&](auto& writer) { write_chat_state(writer, state); }));
    EXPECT_EQ(read_chat_state(parsed.root()), state);
  }
  EXPECT_FALSE(read_chat_state(message("<composing xmlns='jabber:x:event'/>").root()));
}

TEST(Receipt, IsAskedForOnlyWithAnId) {
  const auto request = written([](auto& writer) { write_receipt_request(writer); });
  EXPECT_TRUE(asks_for_receipt(message(request, "id='1'").root()));
  EXPECT_FALSE(asks_for_receipt(message(request).root()));
  EXPECT_FALSE(asks_for_receipt(message(request, "id='1' type='error'").root()))
      << "a bounced message comes back whole";
}

TEST(Receipt, NamesTheMessageThatArrived) {
  const auto receipt = written([](auto& writer) { write_receipt(writer, "a'b"); });
  EXPECT_EQ(receipt_of(message(receipt).root()), "a'b");
  EXPECT_EQ(receipt_of(message(receipt, "type='error'").root()), "");
  EXPECT_EQ(receipt_of(message("<body>x</body>").root()), "");
}

TEST(ChatMarker, SurvivesWritingAndReading) {
  for (const auto kind : {MarkerKind::received, MarkerKind::displayed, MarkerKind::acknowledged}) {
    const auto parsed = message(to_xml(ChatMarker{kind, "7"}));
    const auto read = ChatMarker::find(parsed.root());
    ASSERT_TRUE(read);
    EXPECT_EQ(read->kind, kind);
    EXPECT_EQ(read->id, "7");
  }
  EXPECT_FALSE(ChatMarker::find(message("<displayed xmlns='urn:xmpp:chat-markers:0'/>").root()));
  EXPECT_FALSE(is_markable(message(written([](auto& writer) { write_markable(writer); })).root())) << "without an id";
}

// XEP-0224, business rule 3.
TEST(Attention, IsNothingWhenItComesLate) {
  const auto attention = written([](auto& writer) { write_attention(writer); });
  EXPECT_TRUE(wants_attention(message(attention).root()));
  EXPECT_FALSE(
      wants_attention(message(attention + "<delay xmlns='urn:xmpp:delay' stamp='2002-09-10T23:08:25Z'/>").root()));
  EXPECT_FALSE(wants_attention(message(attention, "type='error'").root()));
}

TEST(Correction, NamesTheMessage) {
  EXPECT_EQ(corrected_id(message(written([](auto& writer) { write_correction(writer, "1"); })).root()), "1");
  EXPECT_EQ(corrected_id(message("<replace xmlns='urn:x' id='1'/>").root()), "");
}

TEST(Retraction, ComesWithATextForOldClientsAndTheHintToStoreIt) {
  const auto parsed = message(written([](auto& writer) { write_retraction(writer, "1", "Taken back."); }));
  EXPECT_EQ(retracted_id(parsed.root()), "1");
  EXPECT_EQ(parsed.root().child("body").text(), "Taken back.");
  EXPECT_TRUE(parsed.root().child("store", "urn:xmpp:hints"));
  EXPECT_EQ(body_without_fallback(parsed.root(), ns::retraction), "");
}

TEST(Tombstone, SurvivesWritingAndReading) {
  const Tombstone tombstone{"r1", *parse_date_time("2019-09-20T23:09:32Z")};
  const auto read = Tombstone::find(message(to_xml(tombstone)).root());
  ASSERT_TRUE(read);
  EXPECT_EQ(read->retraction_id, "r1");
  EXPECT_EQ(read->stamp, tombstone.stamp);
  EXPECT_TRUE(Tombstone::find(message("<retracted xmlns='urn:xmpp:message-retract:1'/>").root())) << "both may lack";
}

TEST(Reactions, AreReadOnceEach) {
  const auto parsed = message(
      "<reactions xmlns='urn:xmpp:reactions:0' id='1'><reaction>👋</reaction><reaction>🐢</reaction>"
      "<reaction>👋</reaction><reaction/></reactions>");
  const auto reactions = Reactions::find(parsed.root());
  ASSERT_TRUE(reactions);
  EXPECT_THAT(reactions->emojis, ElementsAre("👋", "🐢"));
  EXPECT_EQ(to_xml(*Reactions::find(message(to_xml(*reactions)).root())), to_xml(*reactions));
}

TEST(Reactions, NoneTakesThemBack) {
  const auto reactions = Reactions::find(message(to_xml(Reactions{"1", {}})).root());
  ASSERT_TRUE(reactions);
  EXPECT_TRUE(reactions->emojis.empty());
}

TEST(Reactions, OfOneMessageAreBounded) {
  std::string many = "<reactions xmlns='urn:xmpp:reactions:0' id='1'>";
  for (int i = 0; i < 100; ++i) many += "<reaction>" + std::to_string(i) + "</reaction>";
  EXPECT_EQ(Reactions::find(message(many + "</reactions>").root())->emojis.size(), Reactions::most);
}

TEST(Reply, SurvivesWritingAndReading) {
  const ReplyTo reply{"1", Jid::parse("anna@example.com/tablet")};
  const auto read = ReplyTo::find(message(to_xml(reply)).root());
  ASSERT_TRUE(read);
  EXPECT_EQ(read->author, reply.author);
  const auto bad = ReplyTo::find(message("<reply xmlns='urn:xmpp:reply:0' id='1' to='@'/>").root());
  ASSERT_TRUE(bad);
  EXPECT_FALSE(bad->author);
  EXPECT_FALSE(ReplyTo::find(message("<reply xmlns='urn:xmpp:reply:0'/>").root()));
}

// XEP-0426: characters are code points.
TEST(Fallback, IsCutOutByCharactersNotBytes) {
  const auto fallback = written([](auto& writer) { write_fallback(writer, ns::replies, 5); });
  EXPECT_EQ(body_without_fallback(message("<body>&gt; 鹊桥\n好</body>" + fallback).root(), ns::replies), "好");
  EXPECT_EQ(body_without_fallback(message("<body>text</body>" + fallback).root(), ns::retraction), "text");
}

TEST(Fallback, PartsThatOverlapOrLieOutsideDoNoHarm) {
  const auto fallback = [](std::string_view parts) {
    return "<body>0123456789</body><fallback xmlns='urn:xmpp:fallback:0' for='f'>" + std::string(parts) + "</fallback>";
  };
  EXPECT_EQ(
      body_without_fallback(
          message(fallback("<body start='0' end='4'/><body start='2' end='6'/><body start='8' end='99'/>")).root(),
          "f"),
      "67");
  EXPECT_EQ(body_without_fallback(message(fallback("<body start='6' end='2'/>")).root(), "f"), "0123456789");
  EXPECT_EQ(body_without_fallback(message(fallback("<subject/>")).root(), "f"), "0123456789");
  EXPECT_EQ(body_without_fallback(message(fallback("")).root(), "f"), "");
}

}  // namespace
}  // namespace queqiao::xmpp
