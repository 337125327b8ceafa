// XEP-0054 vcard-temp 1.2: everybody here may read a user's card, the user alone may write it.
#include "base/text.h"
#include "base/time_text.h"
#include "server/shard.h"
#include "xml/writer.h"

namespace queqiao::server {
namespace {

constexpr std::string_view vcard_ns = "vcard-temp";
constexpr std::string_view kind = "vcard";

// What others find the user by. vcard-temp has no gender; clients that need one write this.
storage::ProfileChange profile_of(const xml::Element& card) {
  const auto text = [](const xml::Element& element) { return std::string(trim(element.text())); };
  const auto name = card.child("N");
  auto birthday = text(card.child("BDAY"));
  if (birthday.size() != 10 || !parse_date_time(birthday + "T00:00:00Z")) birthday.clear();
  auto first = text(name.child("GIVEN"));
  const auto last = text(name.child("FAMILY"));
  if (first.empty() && last.empty()) first = text(card.child("FN"));
  return {.nick = text(card.child("NICKNAME")),
          .first = first,
          .last = last,
          .city = text(card.child("ADR").child("LOCALITY")),
          .gender = ascii_lower(text(card.child("GENDER"))),
          .birthday = birthday,
          .is_found_by_user = {},
          .is_found_by_profile = {},
          .shows_online = {}};
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
  void get(IqRequest request) {
    const std::string name = request.user->name;
    auto then = [is_own = request.is_own_account(),
                 request = std::move(request)](Result<std::optional<std::string>> card) mutable {
      if (!card) return request.reply_error(card.error());
      if (card->has_value()) return request.reply(**card);
      // 3.1: one's own may be empty. 3.3: another's, without a card, is answered as if the account were not there.
      if (is_own) return request.reply("<vCard xmlns='vcard-temp'/>");
      request.reply_error(xmpp::StanzaCondition::service_unavailable);
    };
    shard_->store().get_data(name, std::string(kind), {}, {&shard_->loop(), std::move(then)});
  }

  void set(IqRequest request) {
    if (!request.is_own_account()) return request.reply_error(xmpp::StanzaCondition::forbidden);
    std::string card;
    xml::write(card, request.payload, {});
    if (card.size() > shard_->config().private_bytes) {
      return request.reply_error(xmpp::StanzaCondition::resource_constraint, "The card is too large.");
    }
    const std::string name = request.user->name;
    auto then = [this, name, profile = profile_of(request.payload),
                 request = std::move(request)](Result<void> done) mutable {
      if (!done) return request.reply_error(done.error());
      for (const auto& hook : shard_->hooks().profile_changed) hook(name, profile);
      request.reply();
    };
    shard_->store().put_data(name, std::string(kind), {}, std::move(card), {&shard_->loop(), std::move(then)});
  }

  Shard* shard_ = nullptr;  // not owned
};

}  // namespace
}  // namespace queqiao::server

QUEQIAO_MODULE(vcard, VCard)
