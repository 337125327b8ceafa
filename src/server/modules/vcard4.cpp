// XEP-0292 vCard4 Over XMPP 0.12, 4: a card that is published (the item "current" of the node urn:xmpp:vcard4) is the
// one that vcard-temp (XEP-0054) shows, and the other way round, in what both can say. What only one of them can say
// stays there as it was; pictures are the affair of XEP-0398.
#include <algorithm>
#include <array>
#include <utility>

#include "base/log.h"
#include "server/cards.h"
#include "server/shard.h"
#include "xml/parser.h"
#include "xml/writer.h"
#include "xmpp/xep/vcard.h"

namespace queqiao::server {
namespace {

// Our own writing, in which a client's may have grown.
constexpr xml::ParserLimits own_limits{.element_bytes = 16 << 20};

using Names = std::array<std::string_view, 13>;
// What xmpp::VCard has, in either format: the rest is kept.
constexpr Names temp_names{"FN",    "N",   "NICKNAME", "BDAY", "GENDER", "ADR", "TEL",
                           "EMAIL", "ORG", "TITLE",    "ROLE", "URL",    "DESC"};
constexpr Names new_names{"fn",    "n",   "nickname", "bday", "gender", "adr", "tel",
                          "email", "org", "title",    "role", "url",    "note"};

// The children of `converted`, then those of `old` that it cannot have.
std::string merged(const std::string& converted, const xml::Element& old, const Names& names) {
  xml::Document document;
  std::string card;
  if (xml::parse_element(converted, document, own_limits) != xml::ParseError::none) return converted;
  const auto root = document.root();
  xml::Writer writer(card);
  writer.open(root.name(), root.ns());
  const auto copy = [&](const xml::Element& child) {
    std::string text;
    xml::write(text, child, root.ns());
    writer.raw(text);
  };
  for (const auto child : root.children()) copy(child);
  if (old && old.ns() == root.ns()) {
    for (const auto child : old.children()) {
      if (std::find(names.begin(), names.end(), child.name()) == names.end()) copy(child);
    }
  }
  writer.close();
  return card;
}

std::string temp_of(const xmpp::VCard& card) {
  std::string text;
  xml::Writer writer(text);
  card.write_temp(writer);
  return text;
}

std::string vcard4_of(const xmpp::VCard& card) {
  std::string text;
  xml::Writer writer(text);
  card.write(writer);
  return text;
}

class VCard4 final : public Module {
 public:
  void attach(Shard& shard) override {
    shard_ = &shard;
    auto& hooks = shard.hooks();
    hooks.published.push_back([this](User& owner, const std::string& node, const storage::PubsubItem* item) {
      if (node == xmpp::vcard::node && item) published(owner, *item);
    });
    hooks.card_stored.push_back([this](User& user, const xml::Element& card) { card_stored(user, card); });
  }

 private:
  void published(User& owner, const storage::PubsubItem& item);
  void card_stored(User& user, const xml::Element& card);
  void publish(User& user, const xmpp::VCard& card, const xml::Element& old);
  void store(const std::string& user, std::string card);

  Shard* shard_ = nullptr;        // not owned
  TextMap<std::string> written_;  // by account: what is being published here, and is not to be converted back
};

// Everybody may read vcard-temp, so only what everybody may read gets into it.
void VCard4::published(User& owner, const storage::PubsubItem& item) {
  if (const auto own = written_.find(owner.name); own != written_.end() && own->second == item.payload) {
    written_.erase(own);
    return;
  }
  const auto* node = PersonalNodes::find(owner, xmpp::vcard::node);
  xml::Document document;
  if (!node || node->config.access != xmpp::AccessModel::open) return;
  if (xml::parse_element(item.payload, document, own_limits) != xml::ParseError::none) return;
  const auto card = xmpp::VCard::parse(document.root());
  if (!card) return;
  auto then = [this, user = owner.name, converted = temp_of(*card)](Result<std::optional<std::string>> stored) {
    if (!stored) return log::warning("the vCard of {} is not converted: {}", user, stored.error().message);
    xml::Document before;
    const bool is_read = *stored && xml::parse_element(**stored, before, own_limits) == xml::ParseError::none;
    store(user, merged(converted, is_read ? before.root() : xml::Element(), temp_names));
  };
  shard_->store().get_data(owner.name, std::string(cards::kind), std::string(cards::card),
                           {&shard_->loop(), std::move(then)});
}

void VCard4::store(const std::string& user, std::string card) {
  if (card.size() > shard_->config().private_bytes) return log::warning("the vCard of {} is too large", user);
  auto then = [this, user, card](Result<void> done) {
    xml::Document document;
    if (!done) return log::warning("the vCard of {} is not converted: {}", user, done.error().message);
    if (xml::parse_element(card, document, own_limits) != xml::ParseError::none) return;
    const auto profile = cards::profile_of(document.root());
    for (const auto& hook : shard_->hooks().profile_changed) hook(user, profile);
  };
  shard_->store().put_data(user, std::string(cards::kind), std::string(cards::card), card,
                           {&shard_->loop(), std::move(then)});
}

void VCard4::card_stored(User& user, const xml::Element& element) {
  auto card = xmpp::VCard::parse(element);
  if (!card) return;
  card->photo.reset();
  auto then = [this, name = user.name, card = *std::move(card)](Result<storage::PubsubPage> page) {
    User* there = page ? shard_->users().find(name) : nullptr;
    if (!there) return;
    xml::Document document;
    const bool has_one = !page->items.empty() &&
                         xml::parse_element(page->items.front().payload, document, own_limits) == xml::ParseError::none;
    publish(*there, card, has_one ? document.root() : xml::Element());
  };
  storage::PubsubQuery query;
  query.ids = {std::string(xmpp::vcard::item)};
  shard_->store().get_items(user.name, std::string(xmpp::vcard::node), std::move(query),
                            {&shard_->loop(), std::move(then)});
}

// A node that this makes is open, as the card is. One that is there stays as its owner wants it.
void VCard4::publish(User& user, const xmpp::VCard& card, const xml::Element& old) {
  const auto* there = PersonalNodes::find(user, xmpp::vcard::node);
  if (!there && user.nodes.size() >= shard_->config().pep_nodes) return;
  auto payload = merged(vcard4_of(card), old, new_names);
  if (payload.size() > shard_->config().pep_item_bytes) return;
  PersonalNode wanted = there ? *there : PersonalNode{.name = std::string(xmpp::vcard::node)};
  if (!there) wanted.config.access = xmpp::AccessModel::open;
  written_[user.name] = payload;
  shard_->nodes().publish(user, std::move(wanted), {std::string(xmpp::vcard::item), {}, std::move(payload)},
                          [this, name = user.name](Result<void> done) {
                            if (done) return;
                            written_.erase(name);
                            log::warning("the vCard of {} is not published: {}", name, done.error().message);
                          });
}

}  // namespace
}  // namespace queqiao::server

QUEQIAO_MODULE(vcard4, VCard4)
