#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../test_server.h"
#include "base/encoding.h"
#include "xmpp/xep/avatar.h"
#include "xmpp/xep/payload.h"

namespace queqiao::server::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr std::string_view update = "<x xmlns='vcard-temp:x:update'>";

struct Avatar : ::testing::Test {
  TestServer server{{"avatar", "pep", "vcard", "presence", "disco"}};
  const std::string image = "not really a picture";
  const std::string id = xmpp::avatar::id_of(image);
  const std::string said = std::string(update) + "<photo>" + id + "</photo></x>";

  Avatar() {
    for (const auto& [owner, contact] : {std::pair("juliet", "romeo"), std::pair("romeo", "juliet")}) {
      server.create_account(owner);
      storage::RosterItem item;
      item.jid = std::string(contact) + "@localhost";
      item.subscription = storage::Subscription::both;
      server.store().put_roster_item(owner, item, {});
    }
    server.run();
  }

  static std::string ask(TestClient& client, const std::string& type, const std::string& payload,
                         const std::string& to = {}) {
    client.received();
    client.send("<iq type='" + type + "' id='q'" + (to.empty() ? "" : " to='" + to + "'") + ">" + payload + "</iq>");
    for (const auto& stanza : client.received()) {
      if (stanza.element().attribute("id") == "q") return stanza.text();
    }
    return {};
  }
  static std::string publish(TestClient& client, std::string_view node, const std::string& item,
                             const std::string& payload, const std::string& access = "presence") {
    return ask(
        client, "set",
        "<pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='" + std::string(node) + "'><item id='" +
            item + "'>" + payload +
            "</item></publish><publish-options><x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'><value>"
            "http://jabber.org/protocol/pubsub#publish-options</value></field><field var='pubsub#access_model'>"
            "<value>" +
            access + "</value></field></x></publish-options></pubsub>");
  }
  void publish_avatar(TestClient& client, const std::string& access = "presence") {
    publish(client, xmpp::avatar::data_ns, id, xmpp::to_xml(xmpp::AvatarImage{image}), access);
    xmpp::AvatarMetadata metadata;
    metadata.infos.push_back({"ff", "image/gif", 1, {}, {}, "https://pictures.example/1"});
    metadata.infos.push_back({id, "image/png", static_cast<std::uint32_t>(image.size()), {}, {}, {}});
    EXPECT_THAT(publish(client, xmpp::avatar::metadata_ns, id, xmpp::to_xml(metadata), access), HasSubstr("'result'"));
  }
  static std::string card(TestClient& client, const std::string& to = {}) {
    return ask(client, "get", "<vCard xmlns='vcard-temp'/>", to);
  }
  static std::string set_card(TestClient& client, const std::string& content) {
    return ask(client, "set", "<vCard xmlns='vcard-temp'>" + content + "</vCard>");
  }
  std::string photo() const {
    return "<PHOTO><TYPE>image/png</TYPE><BINVAL>" + base64_encode(image) + "</BINVAL></PHOTO>";
  }
  static std::string items(TestClient& client, std::string_view node, const std::string& to = {}) {
    return ask(client, "get",
               "<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='" + std::string(node) + "'/></pubsub>",
               to);
  }
};

TEST_F(Avatar, APublishedAvatarIsThePhotoOfTheCard) {
  auto juliet = server.online("juliet@localhost/balcony");
  set_card(juliet, "<FN>Juliet</FN>");
  publish_avatar(juliet);
  auto paris = server.login("paris@localhost/tomb");
  const auto shown = card(paris, "juliet@localhost");
  EXPECT_THAT(shown, AllOf(HasSubstr("<FN>Juliet</FN>"), HasSubstr(photo())));
  EXPECT_EQ(shown.find("<PHOTO>"), shown.rfind("<PHOTO>"));
}

TEST_F(Avatar, AnAvatarIsAPhotoEvenWithoutACard) {
  auto juliet = server.online("juliet@localhost/balcony");
  publish_avatar(juliet);
  EXPECT_THAT(card(juliet), HasSubstr("<vCard xmlns='vcard-temp'>" + photo() + "</vCard>"));
}

TEST_F(Avatar, AnImageWithAnotherHashIsNotTaken) {
  auto juliet = server.online("juliet@localhost/balcony");
  publish(juliet, xmpp::avatar::data_ns, id, xmpp::to_xml(xmpp::AvatarImage{"something else"}));
  xmpp::AvatarMetadata metadata;
  metadata.infos.push_back({id, "image/png", 1, {}, {}, {}});
  publish(juliet, xmpp::avatar::metadata_ns, id, xmpp::to_xml(metadata));
  EXPECT_THAT(card(juliet), Not(HasSubstr("PHOTO")));
}

TEST_F(Avatar, WhatOnlyTheOwnerMayReadIsNotMadePublic) {
  auto juliet = server.online("juliet@localhost/balcony");
  publish_avatar(juliet, "whitelist");
  EXPECT_THAT(card(juliet), Not(HasSubstr("PHOTO")));
  auto romeo = server.login("romeo@localhost/orchard");
  romeo.send("<presence/>");
  EXPECT_THAT(romeo.received_text(), Not(HasSubstr(id)));
}

TEST_F(Avatar, WhatSomeContactsMayReadIsNotMadePublic) {
  auto juliet = server.online("juliet@localhost/balcony");
  publish_avatar(juliet, "roster");
  EXPECT_THAT(card(juliet), Not(HasSubstr("PHOTO")));
}

TEST_F(Avatar, AnImageThatOnlyTheOwnerMayReadIsNotMadePublicByItsMetadata) {
  auto juliet = server.online("juliet@localhost/balcony");
  publish(juliet, xmpp::avatar::data_ns, id, xmpp::to_xml(xmpp::AvatarImage{image}), "whitelist");
  publish_avatar(juliet);
  EXPECT_THAT(card(juliet), Not(HasSubstr("PHOTO")));
}

TEST_F(Avatar, TheAvatarGoesWhenItIsTakenBack) {
  auto juliet = server.online("juliet@localhost/balcony");
  set_card(juliet, "<FN>Juliet</FN>");
  publish_avatar(juliet);
  publish(juliet, xmpp::avatar::metadata_ns, "none", "<metadata xmlns='urn:xmpp:avatar:metadata'/>");
  EXPECT_THAT(card(juliet), AllOf(HasSubstr("<FN>Juliet</FN>"), Not(HasSubstr("PHOTO"))));
  publish_avatar(juliet);
  EXPECT_THAT(card(juliet), HasSubstr("PHOTO"));
  ask(juliet, "set",
      "<pubsub xmlns='http://jabber.org/protocol/pubsub#owner'><delete node='urn:xmpp:avatar:metadata'/></pubsub>");
  EXPECT_THAT(card(juliet), AllOf(HasSubstr("<FN>Juliet</FN>"), Not(HasSubstr("PHOTO"))));
}

TEST_F(Avatar, APhotoOfTheCardIsPublishedAsAnAvatar) {
  auto juliet = server.online("juliet@localhost/balcony");
  EXPECT_THAT(set_card(juliet, "<FN>Juliet</FN>" + photo()), HasSubstr("'result'"));
  auto paris = server.login("paris@localhost/tomb");
  EXPECT_THAT(items(paris, xmpp::avatar::metadata_ns, "juliet@localhost"),
              AllOf(HasSubstr("<item id='" + id + "'>"), HasSubstr("type='image/png'"), HasSubstr("bytes='20'")));
  EXPECT_THAT(items(paris, xmpp::avatar::data_ns, "juliet@localhost"), HasSubstr(base64_encode(image)));
}

TEST_F(Avatar, ANodeThatIsThereKeepsItsAccessModel) {
  auto juliet = server.online("juliet@localhost/balcony");
  publish_avatar(juliet);
  set_card(juliet, "<PHOTO><BINVAL>Zm9v</BINVAL></PHOTO>");
  EXPECT_THAT(items(juliet, xmpp::avatar::data_ns), HasSubstr("Zm9v"));
  auto paris = server.login("paris@localhost/tomb");
  EXPECT_THAT(items(paris, xmpp::avatar::data_ns, "juliet@localhost"), HasSubstr("<service-unavailable"));
}

TEST_F(Avatar, ACardWithoutAPhotoTakesTheAvatarAway) {
  auto juliet = server.online("juliet@localhost/balcony");
  set_card(juliet, photo());
  set_card(juliet, "<FN>Juliet</FN>");
  EXPECT_THAT(items(juliet, xmpp::avatar::metadata_ns), HasSubstr("<metadata xmlns='urn:xmpp:avatar:metadata'/>"));
  EXPECT_THAT(card(juliet), Not(HasSubstr("PHOTO")));
}

TEST_F(Avatar, WritingTheCardBackChangesNothing) {
  auto juliet = server.online("juliet@localhost/balcony");
  publish_avatar(juliet);
  set_card(juliet, "<FN>Juliet</FN>" + photo());
  EXPECT_THAT(items(juliet, xmpp::avatar::metadata_ns), HasSubstr("https://pictures.example/1"))
      << "as it was published";
  EXPECT_THAT(card(juliet), HasSubstr(photo()));
}

TEST_F(Avatar, PresenceSaysWhichAvatarItIs) {
  auto romeo = server.online("romeo@localhost/orchard");
  auto paris = server.online("paris@localhost/tomb");
  auto juliet = server.online("juliet@localhost/balcony");
  romeo.received();
  publish_avatar(juliet);
  EXPECT_THAT(romeo.received_text(), HasSubstr(said)) << "at once";
  const auto sends = [&](const std::string& content) {
    juliet.send("<presence>" + content + "</presence>");
    return romeo.received_text();
  };
  EXPECT_THAT(sends("<show>away</show>"), AllOf(HasSubstr("<show>away</show>"), HasSubstr(said)));
  EXPECT_THAT(sends("<x xmlns='vcard-temp:x:update'/>"), HasSubstr(said));
  const auto other = sends("<x xmlns='vcard-temp:x:update'><photo>ffff</photo></x>");
  EXPECT_THAT(other, AllOf(HasSubstr(said), Not(HasSubstr("ffff"))));
  const auto none = sends("<x xmlns='vcard-temp:x:update'><photo/></x>");
  EXPECT_THAT(none, AllOf(HasSubstr("<photo/>"), Not(HasSubstr(id)))) << "on purpose";
  juliet.send("<presence to='paris@localhost/tomb'/>");
  EXPECT_THAT(paris.received_text(), HasSubstr(said));
}

TEST_F(Avatar, PresenceWithoutAnAvatarIsLeftAlone) {
  auto romeo = server.online("romeo@localhost/orchard");
  auto juliet = server.login("juliet@localhost/balcony");
  juliet.send("<presence><x xmlns='vcard-temp:x:update'/></presence>");
  EXPECT_THAT(romeo.received_text(), AllOf(HasSubstr("<x xmlns='vcard-temp:x:update'/>"), Not(HasSubstr("photo"))));
}

TEST_F(Avatar, PresenceSaysSoWhenTheAvatarIsGone) {
  auto romeo = server.online("romeo@localhost/orchard");
  auto juliet = server.online("juliet@localhost/balcony");
  publish_avatar(juliet);
  romeo.received();
  publish(juliet, xmpp::avatar::metadata_ns, "none", "<metadata xmlns='urn:xmpp:avatar:metadata'/>");
  EXPECT_THAT(romeo.received_text(), HasSubstr(std::string(update) + "<photo/></x>"));
}

TEST_F(Avatar, TheAvatarIsKnownAtTheNextLogin) {
  {
    auto juliet = server.online("juliet@localhost/balcony");
    publish_avatar(juliet);
    juliet.send("</stream:stream>");
  }
  auto romeo = server.online("romeo@localhost/orchard");
  auto juliet = server.login("juliet@localhost/balcony");
  juliet.send("<presence/>");
  EXPECT_THAT(romeo.received_text(), HasSubstr(said));
}

TEST_F(Avatar, TheAccountSaysThatItConverts) {
  auto juliet = server.login("juliet@localhost/balcony");
  EXPECT_THAT(ask(juliet, "get", "<query xmlns='http://jabber.org/protocol/disco#info'/>"),
              HasSubstr("urn:xmpp:pep-vcard-conversion:0"));
}

}  // namespace
}  // namespace queqiao::server::testing
