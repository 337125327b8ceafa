#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pep_fixture.h"

namespace queqiao::server::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

TEST_F(Pep, PublishingMakesTheNodeAndTheItemCanBeRead) {
  auto juliet = server.login("juliet@localhost/balcony");
  EXPECT_THAT(publish(juliet, "n", "a"), HasSubstr("type='result'"));
  const auto answer = items(juliet, "n");
  EXPECT_THAT(answer, HasSubstr("<items node='n'><item id='a'><tune"));
  EXPECT_THAT(answer, Not(HasSubstr("rsm")));
}

TEST_F(Pep, AnItemWithoutAnIdGetsOne) {
  auto juliet = server.login("juliet@localhost/balcony");
  const auto answer = pubsub(juliet, "set", "<publish node='n'><item>" + std::string(tune) + "</item></publish>");
  EXPECT_THAT(answer, HasSubstr("<publish node='n'><item id='"));
  EXPECT_EQ(ids(answer).size(), 22u);
  EXPECT_EQ(ids(items(juliet, "n")), ids(answer));
}

TEST_F(Pep, APublicationThatIsNoneIsRefused) {
  auto juliet = server.login("juliet@localhost/balcony");
  const std::string item = "<item>" + std::string(tune) + "</item>";
  EXPECT_THAT(pubsub(juliet, "set", "<publish>" + item + "</publish>"), HasSubstr("<nodeid-required"));
  EXPECT_THAT(pubsub(juliet, "set", "<publish node='n'/>"), HasSubstr("<item-required"));
  EXPECT_THAT(pubsub(juliet, "set", "<publish node='n'>" + item + item + "</publish>"),
              HasSubstr("<max-items-exceeded"));
  EXPECT_THAT(pubsub(juliet, "set", "<publish node='n'><item>text</item></publish>"), HasSubstr("<payload-required"));
  EXPECT_THAT(pubsub(juliet, "get", "<publish node='n'>" + item + "</publish>"), HasSubstr("<bad-request"));
  EXPECT_THAT(pubsub(juliet, "set", "<bake node='n'/>"), HasSubstr("<unsupported"));
  const auto large = "<a xmlns='b'>" + std::string(2'000, 'x') + "</a>";
  EXPECT_THAT(publish(juliet, "n", "a", {}, large), HasSubstr("<payload-too-big"));
  EXPECT_THAT(items(juliet, "n"), HasSubstr("<item-not-found"));
}

TEST_F(Pep, NodesAreLimited) {
  auto juliet = server.login("juliet@localhost/balcony");
  for (const char* node : {"a", "b", "c", "d"}) EXPECT_THAT(publish(juliet, node, "1"), HasSubstr("'result'"));
  EXPECT_THAT(publish(juliet, "e", "1"), HasSubstr("<max-nodes-exceeded"));
  EXPECT_THAT(pubsub(juliet, "set", "<create node='e'/>"), HasSubstr("<max-nodes-exceeded"));
}

TEST_F(Pep, OnlyTheOwnerPublishesAndManages) {
  befriend("juliet", "romeo");
  auto juliet = server.login("juliet@localhost/balcony");
  auto romeo = server.login("romeo@localhost/orchard");
  publish(juliet, "n", "a", options({{"access_model", "open"}}));
  const std::string to = "juliet@localhost";
  EXPECT_THAT(pubsub(romeo, "set", "<publish node='n'><item>" + std::string(tune) + "</item></publish>", to),
              HasSubstr("<forbidden"));
  EXPECT_THAT(pubsub(romeo, "set", "<retract node='n'><item id='a'/></retract>", to), HasSubstr("<forbidden"));
  EXPECT_THAT(pubsub(romeo, "set", "<create node='m'/>", to), HasSubstr("<forbidden"));
  for (const char* action : {"configure", "delete", "purge", "affiliations", "subscriptions"}) {
    const auto answer = owner(romeo, "set", "<" + std::string(action) + " node='n'/>", to);
    EXPECT_THAT(answer, HasSubstr("<forbidden")) << action;
  }
  EXPECT_EQ(ids(items(juliet, "n")), "a");
}

TEST_F(Pep, WhoMayReadSaysTheAccessModel) {
  befriend("juliet", "romeo");
  subscribe("juliet", "nurse", storage::Subscription::to, {"Servants"});
  auto juliet = server.login("juliet@localhost/balcony");
  auto romeo = server.login("romeo@localhost/orchard");
  auto nurse = server.login("nurse@localhost/chamber");
  auto paris = server.login("paris@localhost/tomb");
  const auto reads = [](TestClient& who, const std::string& node) { return items(who, node, "juliet@localhost"); };

  publish(juliet, "o", "a", options({{"access_model", "open"}}));
  EXPECT_EQ(ids(reads(paris, "o")), "a");
  publish(juliet, "p", "a");
  EXPECT_EQ(ids(reads(romeo, "p")), "a");
  EXPECT_THAT(reads(nurse, "p"), HasSubstr("<service-unavailable"));
  EXPECT_THAT(reads(paris, "p"), HasSubstr("<service-unavailable"));
  publish(juliet, "r", "a", options({{"access_model", "roster"}, {"roster_groups_allowed", "Servants"}}));
  EXPECT_EQ(ids(reads(nurse, "r")), "a");
  EXPECT_THAT(reads(romeo, "r"), HasSubstr("<not-in-roster-group"));
  publish(juliet, "w", "a", options(whitelist));
  EXPECT_THAT(reads(romeo, "w"), AllOf(HasSubstr("<not-allowed"), HasSubstr("<closed-node")));
  owner(juliet, "set",
        "<affiliations node='w'><affiliation jid='paris@localhost' affiliation='member'/></affiliations>");
  EXPECT_EQ(ids(reads(paris, "w")), "a");
  EXPECT_THAT(reads(romeo, "w"), HasSubstr("<closed-node"));
  EXPECT_THAT(reads(romeo, "none"), HasSubstr("<item-not-found"));
}

// RFC 6121 8.5.1: whether there is such an account is not for strangers to know.
TEST_F(Pep, WhoMaySeeNothingIsAnsweredAsIfThereWereNoAccount) {
  auto juliet = server.login("juliet@localhost/balcony");
  auto paris = server.login("paris@localhost/tomb");
  publish(juliet, "p", "a");
  for (const std::string asked :
       {"<items node='p'/>", "<items node='none'/>", "<subscriptions/>", "<affiliations/>", "<bake/>"}) {
    const auto nobody = pubsub(paris, "get", asked, "nobody@localhost");
    auto told = pubsub(paris, "get", asked, "juliet@localhost");
    told.replace(told.find("juliet"), 6, "nobody");
    EXPECT_EQ(told, nobody) << asked;
  }
  for (const std::string wanted :
       {"<subscribe node='p' jid='paris@localhost'/>", "<create node='x'/>", "<publish node='p'/>"}) {
    EXPECT_THAT(pubsub(paris, "set", wanted, "juliet@localhost"), HasSubstr("<service-unavailable")) << wanted;
  }
  EXPECT_THAT(owner(paris, "get", "<configure node='p'/>", "juliet@localhost"), HasSubstr("<service-unavailable"));
}

// CVE-2018-6591, XEP-0223: options that are not honoured publish private data.
TEST_F(Pep, PublishOptionsAreMetOrNothingIsPublished) {
  auto juliet = server.login("juliet@localhost/balcony");
  publish(juliet, "n", "a");
  EXPECT_THAT(publish(juliet, "n", "b", options(whitelist)),
              AllOf(HasSubstr("<conflict"), HasSubstr("<precondition-not-met")));
  EXPECT_EQ(ids(items(juliet, "n")), "a");
  EXPECT_THAT(publish(juliet, "n", "b", options({{"access_model", "presence"}, {"persist_items", "1"}})),
              HasSubstr("'result'"));
  for (const auto& [name, value] : std::vector<std::pair<std::string, std::string>>{
           {"access_model", "authorize"}, {"secrecy", "high"}, {"max_items", "6"}, {"max_items", "x"}}) {
    EXPECT_THAT(publish(juliet, "new", "a", options({{name, value}})), HasSubstr("<precondition-not-met")) << name;
  }
  EXPECT_THAT(publish(juliet, "new", "a", options(whitelist, "urn:other")), HasSubstr("<bad-request"));
  EXPECT_THAT(publish(juliet, "new", "a", "<x/>"), HasSubstr("<bad-request"));
  EXPECT_THAT(items(juliet, "new"), HasSubstr("<item-not-found"));
}

TEST_F(Pep, ANodeIsPrivateFromItsFirstItemOn) {
  befriend("juliet", "romeo");
  auto romeo = server.login("romeo@localhost/orchard");
  appear(romeo, {"storage:bookmarks"});
  auto juliet = server.login("juliet@localhost/balcony");
  publish(juliet, "storage:bookmarks", "a", options(whitelist));
  EXPECT_THAT(romeo.received_text(), Not(HasSubstr("bookmarks")));
  EXPECT_THAT(items(romeo, "storage:bookmarks", "juliet@localhost"), HasSubstr("<closed-node"));
}

// Both are on their way to the store when the second comes: it must not find a node with the defaults.
TEST_F(Pep, TheSecondOfTwoPublicationsAtOnceKeepsTheOptionsOfTheFirst) {
  auto juliet = server.login("juliet@localhost/balcony");
  const std::string item = "<item id='a'>" + std::string(tune) + "</item>";
  juliet.give("<iq type='set' id='1'><pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='n'>" + item +
              "</publish><publish-options>" + options(whitelist) + "</publish-options></pubsub></iq>");
  juliet.give("<iq type='set' id='2'><pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='n'>" + item +
              "</publish></pubsub></iq>");
  server.run();
  EXPECT_THAT(owner(juliet, "get", "<configure node='n'/>"), HasSubstr("<value>whitelist</value><option>"));
}

// XEP-0402 and XEP-0490 keep one item for each room or chat.
TEST_F(Pep, MaxMeansAsManyItemsAsTheServerKeeps) {
  auto juliet = server.login("juliet@localhost/balcony");
  const auto wanted = options({{"persist_items", "true"},
                               {"max_items", "max"},
                               {"send_last_published_item", "never"},
                               {"access_model", "whitelist"}});
  for (const char* id : {"a", "b", "c", "d", "e", "f"}) {
    EXPECT_THAT(publish(juliet, "urn:xmpp:bookmarks:1", id, wanted), HasSubstr("'result'"));
  }
  EXPECT_EQ(ids(items(juliet, "urn:xmpp:bookmarks:1")), "bcdef");
  publish(juliet, "urn:xmpp:bookmarks:1", "b", wanted);
  EXPECT_EQ(ids(items(juliet, "urn:xmpp:bookmarks:1")), "cdefb");
}

TEST_F(Pep, ItemsAreReadById) {
  auto juliet = server.login("juliet@localhost/balcony");
  for (const char* id : {"a", "b", "c"}) publish(juliet, "n", id, options({{"max_items", "max"}}));
  EXPECT_EQ(ids(pubsub(juliet, "get", "<items node='n'><item id='c'/><item id='x'/><item id='a'/></items>")), "ca");
  EXPECT_EQ(ids(pubsub(juliet, "get", "<items node='n' max_items='2'/>")), "bc");
  EXPECT_THAT(pubsub(juliet, "get", "<items node='n' max_items='many'/>"), HasSubstr("<bad-request"));
}

TEST_F(Pep, ItemsAreReadInPages) {
  auto juliet = server.login("juliet@localhost/balcony");
  for (const char* id : {"a", "b", "c"}) publish(juliet, "n", id, options({{"max_items", "max"}}));
  const auto page = [&](const std::string& set) {
    return items(juliet, "n", {}, "<set xmlns='http://jabber.org/protocol/rsm'>" + set + "</set>");
  };
  const auto first = page("<max>2</max>");
  EXPECT_EQ(ids(first), "ab");
  EXPECT_THAT(first, HasSubstr("<first index='0'>a</first><last>b</last><count>3</count>"));
  EXPECT_EQ(ids(page("<max>2</max><after>b</after>")), "c");
  EXPECT_EQ(ids(page("<max>2</max><before/>")), "bc");
  EXPECT_EQ(ids(page("<max>1</max><before>c</before>")), "b");
  EXPECT_THAT(page("<max>0</max>"), HasSubstr("<count>3</count>"));
  EXPECT_THAT(page("<max>2</max><after>x</after>"), HasSubstr("<item-not-found"));
  EXPECT_THAT(page("<max>2</max><index>1</index>"), HasSubstr("<feature-not-implemented"));
}

TEST_F(Pep, AnItemThatIsNotKeptIsToldAndForgotten) {
  auto juliet = server.login("juliet@localhost/balcony");
  appear(juliet, {"n"});
  publish(juliet, "m", "x");
  juliet.received();
  juliet.send(
      "<iq type='set' id='1'><pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='n'><item id='a'>" +
      std::string(tune) + "</item></publish><publish-options>" + options({{"persist_items", "0"}}) +
      "</publish-options></pubsub></iq>");
  EXPECT_THAT(juliet.received_text(), HasSubstr("#event'><items node='n'><item id='a'>"));
  EXPECT_EQ(ids(items(juliet, "n")), "");
  EXPECT_THAT(owner(juliet, "set", "<purge node='n'/>"), HasSubstr("<unsupported"));
}

TEST_F(Pep, ANodeIsCreatedAndConfigured) {
  auto juliet = server.login("juliet@localhost/balcony");
  const auto form = [](const std::vector<std::pair<std::string, std::string>>& fields) {
    return "<configure node='n'>" + options(fields, "http://jabber.org/protocol/pubsub#node_config") + "</configure>";
  };
  EXPECT_THAT(pubsub(juliet, "set", "<create/>"), HasSubstr("<nodeid-required"));
  EXPECT_THAT(pubsub(juliet, "set", "<create node='n'/>" + form({{"title", "Tunes"}})), HasSubstr("'result'"));
  EXPECT_THAT(pubsub(juliet, "set", "<create node='n'/>"), HasSubstr("<conflict"));
  EXPECT_THAT(owner(juliet, "get", "<configure node='n'/>"), HasSubstr("<value>Tunes</value>"));
  EXPECT_THAT(owner(juliet, "set", form({{"max_items", "2"}, {"access_model", "open"}})), HasSubstr("'result'"));
  EXPECT_THAT(owner(juliet, "get", "<configure node='n'/>"), HasSubstr("<value>open</value>"));
  EXPECT_THAT(owner(juliet, "set", form({{"max_items", "6"}})), HasSubstr("<not-acceptable"));
  EXPECT_THAT(owner(juliet, "set", form({{"access_model", "authorize"}})), HasSubstr("<not-acceptable"));
  EXPECT_THAT(owner(juliet, "get", "<default/>"), HasSubstr("<value>presence</value>"));
  for (const char* id : {"a", "b", "c"}) publish(juliet, "n", id);
  EXPECT_EQ(ids(items(juliet, "n")), "bc");
  owner(juliet, "set", form({{"max_items", "1"}}));
  EXPECT_EQ(ids(items(juliet, "n")), "c");
}

TEST_F(Pep, TheWhitelistIsManaged) {
  auto juliet = server.login("juliet@localhost/balcony");
  publish(juliet, "n", "a", options(whitelist));
  const auto set = [&](const std::string& lines) {
    return owner(juliet, "set", "<affiliations node='n'>" + lines + "</affiliations>");
  };
  EXPECT_THAT(set("<affiliation jid='a@localhost/x' affiliation='member'/>"), HasSubstr("'result'"));
  EXPECT_THAT(owner(juliet, "get", "<affiliations node='n'/>"),
              AllOf(HasSubstr("jid='juliet@localhost' affiliation='owner'"),
                    HasSubstr("jid='a@localhost' affiliation='member'")));
  EXPECT_THAT(set("<affiliation jid='b@localhost' affiliation='publisher'/>"), HasSubstr("<not-acceptable"));
  EXPECT_THAT(set("<affiliation jid='juliet@localhost' affiliation='none'/>"), HasSubstr("<not-acceptable"));
  const std::string many =
      "<affiliation jid='b@localhost' affiliation='member'/><affiliation jid='c@localhost' affiliation='member'/>";
  EXPECT_THAT(set(many), HasSubstr("<policy-violation"));
  EXPECT_THAT(set("<affiliation jid='a@localhost' affiliation='none'/>"), HasSubstr("'result'"));
  EXPECT_THAT(owner(juliet, "get", "<affiliations node='n'/>"), Not(HasSubstr("a@localhost")));
}

TEST_F(Pep, DiscoveryShowsTheServiceAndTheNodesThatOneMayRead) {
  befriend("juliet", "romeo");
  auto juliet = server.login("juliet@localhost/balcony");
  auto romeo = server.login("romeo@localhost/orchard");
  auto paris = server.login("paris@localhost/tomb");
  const std::string info = "<query xmlns='http://jabber.org/protocol/disco#info'",
                    list = "<query xmlns='http://jabber.org/protocol/disco#items'";
  EXPECT_THAT(ask(juliet, "get", {}, info + "/>"),
              AllOf(HasSubstr("category='pubsub' type='pep'"), HasSubstr("pubsub#publish-options'"),
                    HasSubstr("type='registered'")));
  EXPECT_THAT(ask(paris, "get", "juliet@localhost", list + "/>"), HasSubstr("<service-unavailable"));
  publish(juliet, "p", "a");
  publish(juliet, "w", "b", options(whitelist));
  EXPECT_THAT(ask(juliet, "get", "juliet@localhost", list + "/>"), AllOf(HasSubstr("node='p'"), HasSubstr("node='w'")));
  EXPECT_THAT(ask(romeo, "get", "juliet@localhost", list + "/>"),
              AllOf(HasSubstr("node='p'"), Not(HasSubstr("node='w'"))));
  EXPECT_THAT(ask(paris, "get", "juliet@localhost", list + "/>"), HasSubstr("<service-unavailable"));
  EXPECT_THAT(ask(romeo, "get", "juliet@localhost", list + " node='p'/>"), HasSubstr("name='a'"));
  EXPECT_THAT(ask(romeo, "get", "juliet@localhost", list + " node='w'/>"), HasSubstr("<item-not-found"));
  EXPECT_THAT(ask(romeo, "get", "juliet@localhost", info + " node='p'/>"), HasSubstr("category='pubsub' type='leaf'"));
  EXPECT_THAT(ask(romeo, "get", "juliet@localhost", info + " node='w'/>"), HasSubstr("<item-not-found"));
  EXPECT_THAT(ask(paris, "get", "juliet@localhost", info + " node='p'/>"), HasSubstr("<service-unavailable"));
}

// XEP-0030 3.3: a list of items may come in pages, so one that is cut says where it is.
TEST_F(Pep, DiscoveryOfItemsThatIsCutSaysSoAndGoesOn) {
  auto juliet = server.login("juliet@localhost/balcony");
  for (const char* id : {"a", "b", "c"}) publish(juliet, "n", id, options({{"max_items", "max"}}));
  const auto list = [&](const std::string& set = {}) {
    return ask(juliet, "get", "juliet@localhost",
               "<query xmlns='http://jabber.org/protocol/disco#items' node='n'>" + set + "</query>");
  };
  EXPECT_THAT(list(), Not(HasSubstr("<set"))) << "all of them";
  const std::string set = "<set xmlns='http://jabber.org/protocol/rsm'>";
  const auto page = list(set + "<max>2</max></set>");
  EXPECT_THAT(page, AllOf(HasSubstr("name='b'"), Not(HasSubstr("name='c'"))));
  EXPECT_THAT(page, HasSubstr("<first index='0'>a</first><last>b</last><count>3</count>"));
  server.config().pep_answer_bytes = tune.size();
  EXPECT_THAT(list(), AllOf(HasSubstr("name='c'"), HasSubstr("<first index='2'>c</first><last>c</last><count>3")));
  EXPECT_THAT(list(set + "<before>c</before></set>"), AllOf(HasSubstr("name='b'"), Not(HasSubstr("name='c'"))));
  EXPECT_THAT(list(set + "<max>many</max></set>"), HasSubstr("<bad-request"));
}

TEST_F(Pep, DiscoveryDoesNotTellOthersTheGroupsOfTheRoster) {
  befriend("romeo", "juliet");
  subscribe("juliet", "romeo", storage::Subscription::both, {"Lovers"});
  auto juliet = server.login("juliet@localhost/balcony");
  publish(juliet, "n", "a", options({{"access_model", "roster"}, {"roster_groups_allowed", "Lovers"}}));
  auto romeo = server.login("romeo@localhost/orchard");
  const std::string info = "<query xmlns='http://jabber.org/protocol/disco#info' node='n'/>";
  EXPECT_THAT(ask(romeo, "get", "juliet@localhost", info), AllOf(HasSubstr("type='leaf'"), Not(HasSubstr("Lovers"))));
  EXPECT_THAT(ask(juliet, "get", "juliet@localhost", info), HasSubstr("<value>Lovers</value>"));
}

TEST_F(Pep, NodesAreThereAfterTheAccountWasLoadedAnew) {
  auto juliet = server.login("juliet@localhost/balcony");
  publish(juliet, "n", "a", options({{"access_model", "roster"}, {"roster_groups_allowed", "A &amp; B"}}));
  owner(juliet, "set", "<affiliations node='n'><affiliation jid='a@localhost' affiliation='member'/></affiliations>");
  juliet.send("</stream:stream>");
  auto& shard = server.shards().at(server.shards().home_of("juliet"));
  shard.users().forget("juliet");
  auto again = server.login("juliet@localhost/balcony");
  EXPECT_THAT(owner(again, "get", "<configure node='n'/>"),
              AllOf(HasSubstr("<value>roster</value>"), HasSubstr("<value>A &amp; B</value>")));
  EXPECT_THAT(owner(again, "get", "<affiliations node='n'/>"), HasSubstr("a@localhost"));
  EXPECT_EQ(ids(items(again, "n")), "a");
}

// A client that holds on until its user's account is full finds that nothing has changed.
TEST_F(Pep, WhatTheStoreRefusesDidNotHappen) {
  auto config = Pep::config();
  config.pep_bytes = 300;
  TestServer small({"pep"}, config);
  auto juliet = small.login("juliet@localhost/balcony");
  const auto large = "<a xmlns='b'>" + std::string(200, 'x') + "</a>";
  EXPECT_THAT(publish(juliet, "n", "a", {}, large), HasSubstr("<resource-constraint"));
  EXPECT_THAT(items(juliet, "n"), HasSubstr("<item-not-found"));
  EXPECT_THAT(publish(juliet, "n", "a", options({{"access_model", "open"}})), HasSubstr("'result'"));
  EXPECT_THAT(publish(juliet, "n", "b", {}, large), HasSubstr("<resource-constraint"));
  EXPECT_EQ(ids(items(juliet, "n")), "a");
}

}  // namespace
}  // namespace queqiao::server::testing
