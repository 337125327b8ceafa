// XEP-0054 vcard-temp 1.3.0: everybody here may read a user's card, the user alone may write it. The photo may come
// from the user's avatar instead (see cards.h).
#include <memory>
#include <utility>

#include "server/cards.h"
#include "server/shard.h"
#include "server/stored_xml.h"
#include "xml/parser.h"
#include "xml/writer.h"

namespace queqiao::server {
namespace {

constexpr std::string_view vcard_ns = "vcard-temp";

using Value = std::optional<std::string>;

// The card with `photo` in place of its own.
std::string with_photo(const std::string& card, const std::string& photo) {
  xml::Document document;
  std::string merged;
  xml::Writer writer(merged);
  writer.open("vCard", vcard_ns);
  if (xml::parse_element(card, document, stored_xml_limits) == xml::ParseError::none) {
    for (const auto child : document.root().children()) {
      if (child.is("PHOTO", vcard_ns)) continue;
      std::string property;
      xml::write(property, child, vcard_ns);
      writer.raw(property);
    }
  }
  writer.raw(photo).close();
  return merged;
}

// Nothing when there is neither card nor photo.
Value merged(const Value& card, const Value& photo) {
  if (!photo || (photo->empty() && !card)) return card;
  return with_photo(card.value_or(std::string()), *photo);
}

class VCard final : public Module {
 public:
  void attach(Shard& shard) override {
    shard_ = &shard;
    shard.advertise(vcard_ns);
    shard.advertise_account(vcard_ns);
    const auto answer = [this](IqRequest request) {
      if (request.is_set()) return set(std::move(request));
      get(std::move(request));
    };
    // 3.3: everybody may read a card.
    shard.on_iq(iq_target::own_account | iq_target::other_account, "vCard", vcard_ns, answer,
                {.get = std::nullopt, .set = xmpp::StanzaCondition::forbidden});
  }

 private:
  using Then = UniqueFunction<void(Result<Value>)>;

  void read(const std::string& user, std::string_view key, Then then) {
    shard_->store().get_data(user, std::string(cards::kind), std::string(key), {&shard_->loop(), std::move(then)});
  }

  void get(IqRequest request) {
    const std::string name = request.user->name;
    auto then = [this, name, request = std::move(request)](Result<Value> photo) mutable {
      if (!photo) return request.reply_error(photo.error());
      read(name, cards::card,
           [photo = *std::move(photo), request = std::move(request), name](Result<Value> card) mutable {
             if (!card) return request.reply_error(card.error());
             if (const auto whole = merged(*card, photo)) return request.reply(*whole);
             // 3.1: one's own may be empty. 3.3: another's, without a card, is answered as if the account were not
             // there.
             if (request.from().local() == name) return request.reply("<vCard xmlns='vcard-temp'/>");
             request.reply_error(xmpp::StanzaCondition::service_unavailable);
           });
    };
    read(name, cards::photo, std::move(then));
  }

  // The card is as the client wrote it from now on, photo included.
  void set(IqRequest request) {
    if (!request.is_own_account()) return request.reply_error(xmpp::StanzaCondition::forbidden);
    std::string card;
    xml::write(card, request.payload, {});
    if (card.size() > shard_->config().private_bytes) {
      return request.reply_error(xmpp::StanzaCondition::resource_constraint, "The card is too large.");
    }
    const std::string name = request.user->name;
    const auto outcome = std::make_shared<Result<void>>();
    storage::Reply<void> written{&shard_->loop(), [outcome](Result<void> done) { *outcome = std::move(done); }};
    auto then = [this, name, card, outcome, profile = cards::profile_of(request.payload),
                 request = std::move(request)](Result<void> done) mutable {
      if (!*outcome) return request.reply_error(outcome->error());
      if (!done) return request.reply_error(done.error());
      for (const auto& hook : shard_->hooks().profile_changed) hook(name, profile);
      request.reply();
      tell_modules(name, card);
    };
    auto& store = shard_->store();
    store.put_data(name, std::string(cards::kind), std::string(cards::card), std::move(card), std::move(written));
    store.remove_data(name, std::string(cards::kind), std::string(cards::photo), {&shard_->loop(), std::move(then)});
  }

  void tell_modules(const std::string& name, const std::string& card) {
    User* user = shard_->users().find(name);
    xml::Document document;
    if (!user || xml::parse_element(card, document, stored_xml_limits) != xml::ParseError::none) return;
    for (const auto& hook : shard_->hooks().card_stored) hook(*user, document.root());
  }

  Shard* shard_ = nullptr;  // not owned
};

}  // namespace
}  // namespace queqiao::server

QUEQIAO_MODULE(vcard, VCard)
