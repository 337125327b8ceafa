// XEP-0398 User Avatar to vCard-Based Avatars Conversion 1.0.0: an avatar that is published by XEP-0084 is the photo of
// the vCard, a photo of the vCard is published as an avatar, and presence says which it is (XEP-0153) without the
// client's help.
#include <algorithm>
#include <utility>

#include "base/log.h"
#include "server/cards.h"
#include "server/shard.h"
#include "server/stored_xml.h"
#include "xml/parser.h"
#include "xmpp/xep/avatar.h"
#include "xmpp/xep/payload.h"
#include "xmpp/xep/vcard.h"

namespace queqiao::server {
namespace {

using xmpp::AvatarMetadata;
using xmpp::AvatarUpdate;

// Of login_data: the id of the user's avatar; empty when it was taken away, absent when there never was one.
constexpr std::string_view photo_key = "photo";

std::string raw_update(const xml::Element& presence) {
  const auto x = presence.child("x", xmpp::avatar::update_ns);
  if (!x) return {};
  if (!presence.document().uses_outer_prefix) return std::string(x.raw());
  std::string rewritten;  // as the server writes what used a prefix of the stream's header
  xml::write(rewritten, x, "jabber:client");
  return rewritten;
}

// 4: the hash of the photo in an available presence, unless the client says on purpose that it shows none.
void put_photo(std::string& stanza, const xml::Element& presence, const std::string& photo) {
  const auto said = AvatarUpdate::find(presence);
  if (said && said->photo && said->photo->empty()) return;
  if (!said && photo.empty()) return;
  const auto update = xmpp::to_xml(AvatarUpdate{photo});
  const auto old = raw_update(presence);
  if (const auto place = old.empty() ? std::string::npos : stanza.find(old); place != std::string::npos) {
    stanza.replace(place, old.size(), update);
    return;
  }
  constexpr std::string_view end = "</presence>";
  if (stanza.ends_with(end)) stanza.insert(stanza.size() - end.size(), update);
}

// The card is for everybody: what only some of those who see the owner's presence may read does not get into it.
bool is_public(User& owner, std::string_view name) {
  const auto* node = PersonalNodes::find(owner, name);
  return !node || node->config.access == xmpp::AccessModel::open || node->config.access == xmpp::AccessModel::presence;
}

bool is_avatar_public(User& owner) {
  return is_public(owner, xmpp::avatar::metadata_ns) && is_public(owner, xmpp::avatar::data_ns);
}

class Avatar final : public Module {
 public:
  void attach(Shard& shard) override {
    shard_ = &shard;
    shard.advertise_account("urn:xmpp:pep-vcard-conversion:0");
    auto& hooks = shard.hooks();
    hooks.appearance.push_back([](Session& session, const xml::Element& presence, std::string& stanza) {
      const auto photo = session.user().login_data.find(photo_key);
      if (photo != session.user().login_data.end()) put_photo(stanza, presence, photo->second);
    });
    hooks.published.push_back([this](User& owner, const std::string& node, const storage::PubsubItem* item) {
      if (node == xmpp::avatar::metadata_ns) published(owner, item);
    });
    hooks.card_stored.push_back([this](User& user, const xml::Element& card) { card_stored(user, card); });
  }

 private:
  void published(User& owner, const storage::PubsubItem* item);
  void take(User& owner, const std::string& payload);
  void fetch(User& owner, const xmpp::AvatarInfo& info);
  void take_photo(User& owner, const std::string& photo_xml, const std::string& id);
  void card_stored(User& user, const xml::Element& card);
  void publish(User& user, const xmpp::VCardPhoto& photo, const std::string& id);
  void put(User& user, std::string_view node, const std::string& id, std::string payload);
  bool note(User& user, const std::string& id);
  void show(User& user);

  Shard* shard_ = nullptr;  // not owned
};

// True: it is another one than before.
bool Avatar::note(User& user, const std::string& id) {
  auto& known = user.login_data[std::string(photo_key)];
  if (known == id) return false;
  known = id;
  shard_->store().put_data(user.name, "login", std::string(photo_key), id, {});
  return true;
}

// To those who see the user. Directed presence is the clients' affair (5).
void Avatar::show(User& user) {
  const auto photo = user.login_data[std::string(photo_key)];
  for (const auto& session : user.sessions) {
    if (!session->is_available()) continue;
    xml::Document document;
    auto stanza = session->presence();
    if (xml::parse_element(session->presence(), document, stored_xml_limits, "jabber:client") != xml::ParseError::none)
      continue;
    put_photo(stanza, document.root(), photo);
    if (stanza == session->presence()) continue;
    session->set_presence(std::move(stanza), session->priority());
    for (const auto& hook : shard_->hooks().reannounce) hook(*session);
  }
}

// 3.1. Whether the nodes are public is asked again when the store has answered: the owner may have changed them.
void Avatar::published(User& owner, const storage::PubsubItem* item) {
  if (item) return take(owner, item->payload);
  // Something was removed: what is the newest now?
  auto then = [this, user = owner.name](Result<storage::PubsubPage> page) {
    User* there = page ? shard_->users().find(user) : nullptr;
    if (there) take(*there, page->items.empty() ? xmpp::to_xml(AvatarMetadata{}) : page->items.front().payload);
  };
  storage::PubsubQuery query;
  query.is_last_page = true;
  query.limit = 1;
  shard_->store().get_items(owner.name, std::string(xmpp::avatar::metadata_ns), std::move(query),
                            {&shard_->loop(), std::move(then)});
}

void Avatar::take(User& owner, const std::string& payload) {
  if (!is_public(owner, xmpp::avatar::metadata_ns)) return;
  xml::Document document;
  const bool is_read = xml::parse_element(payload, document, stored_xml_limits) == xml::ParseError::none;
  const auto metadata = is_read ? AvatarMetadata::parse(document.root()) : std::nullopt;
  if (!metadata) return;
  if (metadata->infos.empty()) return take_photo(owner, {}, {});
  const auto* info = metadata->in_band();
  const auto known = owner.login_data.find(photo_key);
  if (info && (known == owner.login_data.end() || known->second != info->id)) fetch(owner, *info);
}

void Avatar::fetch(User& owner, const xmpp::AvatarInfo& info) {
  auto then = [this, user = owner.name, info](Result<storage::PubsubPage> page) {
    User* there = page && !page->items.empty() ? shard_->users().find(user) : nullptr;
    xml::Document document;
    if (!there || !is_avatar_public(*there)) return;
    if (xml::parse_element(page->items.front().payload, document, stored_xml_limits) != xml::ParseError::none) return;
    const auto data = xmpp::AvatarImage::parse(document.root());
    // What it is not, it shall not be taken for.
    if (!data || xmpp::avatar::id_of(data->image) != info.id) return;
    std::string photo;
    xml::Writer writer(photo);
    xmpp::write_photo(writer, {info.type, data->image});
    take_photo(*there, photo, info.id);
  };
  storage::PubsubQuery query;
  query.ids = {info.id};
  shard_->store().get_items(owner.name, std::string(xmpp::avatar::data_ns), std::move(query),
                            {&shard_->loop(), std::move(then)});
}

void Avatar::take_photo(User& owner, const std::string& photo_xml, const std::string& id) {
  auto then = [this, user = owner.name, id](Result<void> outcome) {
    User* there = shard_->users().find(user);
    if (!outcome) return log::warning("the avatar of {} is not in the vCard: {}", user, outcome.error().message);
    if (there && note(*there, id)) show(*there);
  };
  shard_->store().put_data(owner.name, std::string(cards::kind), std::string(cards::photo), photo_xml,
                           {&shard_->loop(), std::move(then)});
}

// 3.2. A card without a photo means that there is none any more (XEP-0153 4.2).
void Avatar::card_stored(User& user, const xml::Element& card) {
  const auto photo = xmpp::read_photo(card);
  const auto id = photo ? xmpp::avatar::id_of(photo->image) : std::string();
  const bool had_one = user.login_data.contains(photo_key);
  if (!photo && !had_one) return;
  if (!note(user, id)) return;
  if (photo) {
    publish(user, *photo, id);
  } else if (PersonalNodes::find(user, xmpp::avatar::metadata_ns)) {
    put(user, xmpp::avatar::metadata_ns, "none", xmpp::to_xml(AvatarMetadata{}));
  }
  show(user);
}

void Avatar::publish(User& user, const xmpp::VCardPhoto& photo, const std::string& id) {
  auto data = xmpp::to_xml(xmpp::AvatarImage{photo.image});
  if (data.size() > shard_->config().pep_item_bytes) return;
  put(user, xmpp::avatar::data_ns, id, std::move(data));
  AvatarMetadata metadata;
  metadata.infos.push_back({id, photo.type, static_cast<std::uint32_t>(photo.image.size()), {}, {}, {}});
  put(user, xmpp::avatar::metadata_ns, id, xmpp::to_xml(metadata));
}

// A node that this makes is open, as the card is. One that is there stays as its owner wants it.
void Avatar::put(User& user, std::string_view node, const std::string& id, std::string payload) {
  const auto* there = PersonalNodes::find(user, node);
  PersonalNode wanted = there ? *there : PersonalNode{.name = std::string(node)};
  if (!there) wanted.config.access = xmpp::AccessModel::open;
  shard_->nodes().publish(user, std::move(wanted), {id, {}, std::move(payload)},
                          [name = user.name, node = std::string(node)](Result<void> outcome) {
                            if (!outcome) log::warning("{} of {}: {}", node, name, outcome.error().message);
                          });
}

}  // namespace
}  // namespace queqiao::server

QUEQIAO_MODULE(avatar, Avatar)
