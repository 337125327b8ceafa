#include "client/core/profile_book.h"

#include <utility>

#include "client/core/profile_card.h"
#include "client/core/qt_text.h"
#include "client/core/session.h"
#include "client/core/stream_end_text.h"
#include "xml/writer.h"
#include "xmpp/stanza.h"
#include "xmpp/xep/avatar.h"
#include "xmpp/xep/payload.h"
#include "xmpp/xep/pubsub.h"

namespace queqiao::client {
namespace {

constexpr std::string_view nick_ns = "http://jabber.org/protocol/nick";
constexpr int most_profiles = 1000;
constexpr qsizetype most_fetches = 200;
constexpr qsizetype longest_nickname = 100;

}  // namespace

QString read_nickname(const xml::Element& items) {
  const auto nick = items.child("item").child("nick", nick_ns);
  return to_qt(nick.text()).simplified().left(longest_nickname);
}

ProfileBook::ProfileBook(Session& session, const QString& avatar_folder, QObject* parent)
    : Profiles(parent), session_(session), avatars_(avatar_folder), profiles_(most_profiles) {
  session_.advertise(nick_ns);
  session_.on_event(nick_ns, [this](const auto& from, const auto& items) { take_nickname(from, items); });
  session_.on_event(xmpp::avatar::metadata_ns,
                    [this](const auto& from, const auto& items) { take_avatar_news(from, items); });
  session_.on_presence([this](const xml::Element& presence) { return take_presence(presence); });
  connect(&session_, &Session::features_known, this, &ProfileBook::began_session);
}

QString ProfileBook::own() const {
  return bare(session_.account());
}

void ProfileBook::began_session() {
  has_avatar_news_.clear();
  fetching_.clear();
  request(own());
}

std::optional<Profile> ProfileBook::profile(const QString& jid) const {
  const auto* known = profiles_.object(jid);
  return known ? std::optional(*known) : std::nullopt;
}

// Requests about the own account have no 'to' (XEP-0054 3.1).
xmpp::Jid ProfileBook::address_of(const QString& jid) const {
  return jid == own() ? xmpp::Jid() : to_jid(jid).bare();
}

void ProfileBook::request(const QString& jid) {
  ask_card(jid, [this, jid](const std::optional<xmpp::VCard>& card, const QString& error) {
    if (!error.isEmpty()) emit request_failed(jid, error);
    if (card) take_card(jid, *card);
  });
}

// A person without a card is answered by an error or by an empty one, as servers like it (XEP-0054 3.3).
void ProfileBook::ask_card(const QString& jid, WithCard then) {
  std::string question;
  xml::Writer(question).open("vCard", xmpp::vcard::temp_ns).close();
  session_.request(xmpp::IqType::get, address_of(jid), question, [then](const xmpp::IqAnswer& answer) {
    const bool is_missing =
        answer.kind == xmpp::IqAnswer::Kind::error && answer.error.condition == xmpp::StanzaCondition::item_not_found;
    if (!answer.is_result() && !is_missing) return then(std::nullopt, explain(answer));
    then(xmpp::VCard::parse(answer.iq.child("vCard", xmpp::vcard::temp_ns)).value_or(xmpp::VCard()), {});
  });
}

void ProfileBook::take_card(const QString& jid, const xmpp::VCard& card) {
  auto profile = to_profile(card);
  if (const auto* known = profiles_.object(jid)) {
    if (profile.nickname.isEmpty()) profile.nickname = known->nickname;  // of XEP-0172
    if (profile.gender == Gender::unknown) profile.gender = known->gender;
  }
  if (!has_avatar_news_.contains(jid)) {
    set_avatar(jid, card.photo ? avatars_.put(to_bytes(card.photo->image)) : QString());
  }
  put(jid, profile);
  ask_gender(jid);
}

// vcard-temp has no word for it; the newer card, which only personal events carry, has.
void ProfileBook::ask_gender(const QString& jid) {
  if (!session_.has_personal_events()) return;
  xmpp::PubsubItemsRequest question;
  question.node = xmpp::vcard::node;
  question.max_items = 1;
  session_.request(xmpp::IqType::get, address_of(jid), xmpp::to_xml(question),
                   [this, jid](const xmpp::IqAnswer& answer) {
                     if (!answer.is_result()) return;
                     const auto items = answer.iq.child("pubsub", xmpp::pubsub::ns).child("items", xmpp::pubsub::ns);
                     const auto card = xmpp::VCard::parse(items.child("item").first_child());
                     const auto* known = profiles_.object(jid);
                     if (!card || !known) return;
                     auto profile = *known;
                     profile.gender = to_profile(*card).gender;
                     if (profile.gender != known->gender) put(jid, profile);
                   });
}

void ProfileBook::put(const QString& jid, const Profile& profile) {
  profiles_.insert(jid, new Profile(profile));
  if (!profile.nickname.isEmpty()) emit nickname_changed(jid, profile.nickname);
  emit profile_changed(jid);
}

void ProfileBook::take_nickname(const xmpp::Jid& from, const xml::Element& items) {
  const auto jid = bare(from);
  const auto* known = profiles_.object(jid);
  auto profile = known ? *known : Profile();
  profile.nickname = read_nickname(items);
  put(jid, profile);
}

void ProfileBook::take_avatar_news(const xmpp::Jid& from, const xml::Element& items) {
  const auto metadata = xmpp::AvatarMetadata::parse(items.child("item").first_child());
  if (!metadata) return;
  const auto jid = bare(from);
  has_avatar_news_.insert(jid);
  const auto* info = metadata->in_band();
  if (!info) return set_avatar(jid, {});
  const auto hash = to_qt(info->id);
  if (avatars_.has(hash)) return set_avatar(jid, hash);
  fetch_avatar(jid, hash);
}

void ProfileBook::fetch_avatar(const QString& jid, const QString& hash) {
  if (fetching_.contains(jid) || fetching_.size() >= most_fetches) return;
  fetching_.insert(jid);
  xmpp::PubsubItemsRequest question;
  question.node = xmpp::avatar::data_ns;
  question.ids = {to_utf8(hash)};
  session_.request(xmpp::IqType::get, address_of(jid), xmpp::to_xml(question),
                   [this, jid, hash](const xmpp::IqAnswer& answer) {
                     fetching_.remove(jid);
                     if (!answer.is_result()) return;
                     const auto items = answer.iq.child("pubsub", xmpp::pubsub::ns).child("items", xmpp::pubsub::ns);
                     const auto picture = xmpp::AvatarImage::parse(items.child("item").first_child());
                     // XEP-0084 4.2.1: the id is the hash, so what has another one is not what was announced.
                     const auto found = picture ? avatars_.put(to_bytes(picture->image)) : QString();
                     if (!found.isEmpty() && found == hash) set_avatar(jid, hash);
                   });
}

// XEP-0153 4.3. Others read the same presences.
bool ProfileBook::take_presence(const xml::Element& presence) {
  const auto from = xmpp::Jid::parse(presence.attribute("from"));
  const auto update = xmpp::AvatarUpdate::find(presence);
  if (!from || !update || !update->photo || !presence.attribute("type").empty()) return false;
  const auto jid = bare(*from);
  const auto hash = to_qt(*update->photo).toLower();
  if (has_avatar_news_.contains(jid) || avatars_.hash_of(jid) == hash) return false;
  if (hash.isEmpty() || avatars_.has(hash)) {
    set_avatar(jid, hash);
  } else if (!fetching_.contains(jid) && fetching_.size() < most_fetches) {
    fetching_.insert(jid);
    ask_card(jid, [this, jid](const std::optional<xmpp::VCard>& card, const QString&) {
      fetching_.remove(jid);
      if (card) take_card(jid, *card);
    });
  }
  return false;
}

void ProfileBook::set_avatar(const QString& jid, const QString& hash) {
  const bool is_change = avatars_.set(jid, hash);
  if (jid == own()) set_own_hash(to_utf8(hash));
  if (is_change) emit avatar_changed(jid);
}

void ProfileBook::set_own_hash(std::optional<std::string> hash) {
  if (own_avatar_ == hash) return;
  own_avatar_ = std::move(hash);
  emit own_avatar_changed();
}

}  // namespace queqiao::client
