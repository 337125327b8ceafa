#include <utility>

#include "client/core/profile_book.h"
#include "client/core/profile_card.h"
#include "client/core/qt_text.h"
#include "client/core/session.h"
#include "client/core/stream_end_text.h"
#include "xml/writer.h"
#include "xmpp/xep/avatar.h"
#include "xmpp/xep/payload.h"
#include "xmpp/xep/pubsub.h"

// What ProfileBook writes: the user's own card and avatar.
namespace queqiao::client {
namespace {

constexpr std::string_view nick_ns = "http://jabber.org/protocol/nick";
// XEP-0398: the server copies an avatar between the events and the card itself.
constexpr std::string_view conversion = "urn:xmpp:pep-vcard-conversion:0";
constexpr int avatar_side = 192;

std::string nick_payload(const QString& nickname) {
  std::string out;
  xml::Writer(out).open("nick", nick_ns).text(to_utf8(nickname)).close();
  return out;
}

}  // namespace

void ProfileBook::publish(std::string_view node, std::string_view item, const std::string& payload, Done done) {
  xmpp::PubsubPublication publication;
  publication.node = node;
  publication.items.push_back({std::string(item), payload, {}, {}});
  session_.request(xmpp::IqType::set, {}, xmpp::to_xml(publication),
                   [done = std::move(done)](const xmpp::IqAnswer& answer) { done(explain(answer)); });
}

// The card is read first, since it is written whole: the picture, and what other programs put there, stay.
void ProfileBook::save_own(const Profile& profile, Done done) {
  ask_card(own(), [this, profile, done](const std::optional<xmpp::VCard>& before, const QString& error) {
    if (!before) return done(error);
    auto card = *before;
    put_into(card, profile);
    store_card(card, [this, profile, card, done](const QString& problem) {
      if (!problem.isEmpty()) return done(problem);
      put(own(), profile);
      if (!session_.has_personal_events()) return done({});
      publish(nick_ns, "current", nick_payload(profile.nickname), [](const QString&) {});
      publish(xmpp::vcard::node, xmpp::vcard::item, xmpp::to_xml(card), done);
    });
  });
}

void ProfileBook::store_card(const xmpp::VCard& card, Done done) {
  std::string payload;
  xml::Writer writer(payload);
  card.write_temp(writer);
  session_.request(xmpp::IqType::set, {}, payload,
                   [done = std::move(done)](const xmpp::IqAnswer& answer) { done(explain(answer)); });
}

void ProfileBook::set_own_avatar(const QImage& image, Done done) {
  const auto picture = image.isNull() ? QByteArray() : encode_avatar(image);
  const auto finish = [this, picture, done](const QString& error) {
    if (error.isEmpty()) set_avatar(own(), picture.isEmpty() ? QString() : avatars_.put(picture));
    done(error);
  };
  if (!session_.has_personal_events()) return store_photo(picture, finish);
  publish_avatar(picture, [this, picture, finish](const QString& error) {
    if (!error.isEmpty() || session_.account_has(conversion)) return finish(error);
    store_photo(picture, finish);
  });
}

// XEP-0084 3.1 and 3.2: first the picture, then the word that it is there. 3.5: no picture is an empty word.
void ProfileBook::publish_avatar(const QByteArray& picture, Done done) {
  xmpp::AvatarMetadata metadata;
  if (picture.isEmpty()) return publish(xmpp::avatar::metadata_ns, "current", xmpp::to_xml(metadata), std::move(done));
  const auto id = xmpp::avatar::id_of(view_of(picture));
  metadata.infos.push_back({id, "image/png", static_cast<std::uint32_t>(picture.size()), avatar_side, avatar_side, {}});
  const xmpp::AvatarImage payload{std::string(view_of(picture))};
  publish(xmpp::avatar::data_ns, id, xmpp::to_xml(payload), [this, id, metadata, done](const QString& error) {
    if (!error.isEmpty()) return done(error);
    publish(xmpp::avatar::metadata_ns, id, xmpp::to_xml(metadata), done);
  });
}

void ProfileBook::store_photo(const QByteArray& picture, Done done) {
  ask_card(own(), [this, picture, done](const std::optional<xmpp::VCard>& before, const QString& error) {
    if (!before) return done(error);
    auto card = *before;
    card.photo.reset();
    if (!picture.isEmpty()) card.photo = xmpp::VCardPhoto{"image/png", std::string(view_of(picture))};
    store_card(card, done);
  });
}

}  // namespace queqiao::client
