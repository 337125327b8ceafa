#include "xmpp/xep/pubsub.h"

#include <gtest/gtest.h>

#include "tests/xmpp/parsed.h"
#include "xmpp/xep/payload.h"
#include "xmpp/xep/pubsub_config.h"

namespace queqiao::xmpp {
namespace {

constexpr std::string_view tune = "<tune xmlns='http://jabber.org/protocol/tune'><title>T</title></tune>";

TEST(Pubsub, APublicationSurvivesWritingAndReading) {
  PubsubPublication publication{"n", {{"i", std::string(tune), {}, {}}}, NodeConfig{}.form(FormType::submit)};
  const auto written = to_xml(publication);
  const Parsed read(written);
  const auto again = PubsubPublication::parse(read.root());
  ASSERT_TRUE(again);
  EXPECT_EQ(to_xml(*again), written);
  EXPECT_EQ(again->items.at(0).element.child("title").text(), "T");
}

// XEP-0060 7.1.1: without a namespace nobody can tell what it is.
TEST(Pubsub, APayloadWithoutANamespaceOfItsOwnIsNone) {
  for (const std::string payload : {"<a/>", "<a xmlns=''/>", "text"}) {
    const Parsed read("<pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='n'><item>" + payload +
                      "</item></publish></pubsub>");
    const auto publication = PubsubPublication::parse(read.root());
    ASSERT_EQ(publication->items.size(), 1u);
    EXPECT_TRUE(publication->items[0].payload.empty()) << payload;
  }
}

TEST(Pubsub, RequestsAndAnswersSurviveWritingAndReading) {
  PubsubItemsRequest request{"n", {"a", "b"}, 3, {}};
  request.page.after = "x";
  const Parsed asked(to_xml(request));
  EXPECT_EQ(to_xml(*PubsubItemsRequest::parse(asked.root())), to_xml(request));
  const PubsubItems answer{"n", {{"a", std::string(tune), {}, {}}}, ResultSet{"a", "a", 0, 7}};
  const Parsed answered(to_xml(answer));
  EXPECT_EQ(to_xml(*PubsubItems::parse(answered.root())), to_xml(answer));
  const PubsubRetraction retraction{"n", {"a"}, true};
  const Parsed retracted(to_xml(retraction));
  EXPECT_EQ(to_xml(*PubsubRetraction::parse(retracted.root())), to_xml(retraction));
}

TEST(Pubsub, ANumberThatIsNoneMakesNoRequest) {
  const Parsed read("<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='n' max_items='-1'/></pubsub>");
  EXPECT_FALSE(PubsubItemsRequest::parse(read.root()));
}

TEST(Pubsub, EveryKindOfEventSurvivesWritingAndReading) {
  using Kind = PubsubEvent::Kind;
  for (const auto kind : {Kind::items, Kind::purged, Kind::deleted, Kind::configured}) {
    PubsubEvent event{kind, "n", {}, {}};
    if (kind == Kind::items) {
      event.items = {{"a", std::string(tune), {}, {}}};
      event.retracted = {"b"};
    }
    const Parsed message("<message xmlns='jabber:client'>" + to_xml(event) + "</message>");
    const auto again = PubsubEvent::find(message.root());
    ASSERT_TRUE(again);
    EXPECT_EQ(again->kind, kind);
    EXPECT_EQ(to_xml(*again), to_xml(event));
  }
}

DataForm options(std::string_view field, std::string_view value) {
  return DataForm(FormType::submit, pubsub::publish_options_form).add(field, value);
}

TEST(NodeConfig, AFormChangesWhatItNamesAndNothingElse) {
  NodeConfig config;
  EXPECT_FALSE(config.apply(options("pubsub#max_items", "max").add("pubsub#access_model", "whitelist"), true));
  NodeConfig wanted;
  wanted.max_items = NodeConfig::all_items;
  wanted.access = AccessModel::whitelist;
  EXPECT_EQ(config, wanted);
}

TEST(NodeConfig, AValueThatCannotBeHadChangesNothing) {
  NodeConfig config;
  for (const auto& [field, value] : std::initializer_list<std::pair<std::string_view, std::string_view>>{
           {"pubsub#access_model", "authorize"},
           {"pubsub#access_model", ""},
           {"pubsub#max_items", "0"},
           {"pubsub#max_items", "many"},
           {"pubsub#persist_items", ""},
           {"pubsub#publish_model", "open"},
           {"pubsub#node_type", "collection"},
           {"pubsub#send_last_published_item", "always"}}) {
    EXPECT_EQ(config.apply(options("pubsub#title", "new").add(field, value), false), field);
    EXPECT_EQ(config, NodeConfig{});
  }
}

// XEP-0223: an option that is passed over may be the one that keeps private data private.
TEST(NodeConfig, AStrictFormHasNoUnknownFields) {
  NodeConfig config;
  EXPECT_EQ(config.apply(options("pubsub#secrecy", "high"), true), "pubsub#secrecy");
  EXPECT_FALSE(config.apply(options("pubsub#secrecy", "high"), false));
  EXPECT_FALSE(config.meets(options("pubsub#secrecy", "high")));
}

TEST(NodeConfig, OptionsAreMetWhenTheySayWhatIs) {
  const NodeConfig config;
  EXPECT_TRUE(config.meets(options("pubsub#access_model", "presence").add("pubsub#persist_items", "true")));
  EXPECT_FALSE(config.meets(options("pubsub#access_model", "open")));
  EXPECT_FALSE(config.meets(options("pubsub#access_model", "authorize")));
}

TEST(NodeConfig, ItsFormSaysEverything) {
  NodeConfig config;
  config.access = AccessModel::roster;
  config.roster_groups = {"a", "b"};
  config.is_headline = false;
  config.delivers_payloads = false;
  config.title = "T";
  NodeConfig again;
  EXPECT_FALSE(again.apply(config.form(FormType::form), true));
  EXPECT_EQ(again, config);
}

}  // namespace
}  // namespace queqiao::xmpp
