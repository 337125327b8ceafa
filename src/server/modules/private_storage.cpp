// XEP-0049 Private XML Storage 1.2: elements that a user's clients keep for themselves, one for each name and
// namespace.
#include <algorithm>

#include "base/text.h"
#include "server/private_data.h"
#include "server/shard.h"
#include "server/stored_xml.h"
#include "xml/parser.h"
#include "xml/writer.h"

namespace queqiao::server {
namespace {

constexpr std::string_view private_ns = "jabber:iq:private";
using xmpp::StanzaCondition;

std::string key_of(const xml::Element& element) {
  return private_data::key_of(element.name(), element.ns());
}

class PrivateStorage final : public Module {
 public:
  void attach(Shard& shard) override {
    shard_ = &shard;
    shard.advertise(private_ns);
    const auto answer = [this](IqRequest request) {
      if (!request.is_own_account()) return request.reply_error(StanzaCondition::forbidden);
      const auto element = request.payload.first_child();
      // One element at a time, which must have a namespace of its own (4, error cases).
      const bool is_one = element && ++request.payload.children().begin() == request.payload.children().end();
      if (!is_one) return request.reply_error(StanzaCondition::bad_request);
      const bool has_namespace = !element.ns().empty() && element.ns() != private_ns;
      const bool is_sane = element.ns().size() <= 512 && element.ns().find('\n') == std::string_view::npos;
      if (!has_namespace || !is_sane) return request.reply_error(StanzaCondition::not_acceptable);
      if (request.is_set()) return set(std::move(request), element);
      get(std::move(request), element);
    };
    shard.on_iq(iq_target::own_account | iq_target::other_account, "query", private_ns, answer,
                {.get = StanzaCondition::forbidden, .set = StanzaCondition::forbidden});
  }

 private:
  void get(IqRequest request, const xml::Element& element) {
    for (const auto& hook : shard_->hooks().private_asked) {
      if (hook(request, element)) return;
    }
    std::string empty;
    xml::Writer(empty).open("query", private_ns).open(element.name(), element.ns()).close().close();
    const std::string name = request.user->name;
    auto then = [empty, request = std::move(request)](Result<std::optional<std::string>> stored) mutable {
      if (!stored) return request.reply_error(stored.error());
      if (!stored->has_value()) return request.reply(empty);
      request.reply("<query xmlns='jabber:iq:private'>" + **stored + "</query>");
    };
    shard_->store().get_data(name, std::string(private_data::kind), key_of(element),
                             {&shard_->loop(), std::move(then)});
  }

  void set(IqRequest request, const xml::Element& element) {
    std::string value;
    xml::write(value, element, {});
    if (value.size() > shard_->config().private_bytes || !note_key(*request.user, key_of(element))) {
      return request.reply_error(StanzaCondition::resource_constraint, "That is more than may be stored.");
    }
    User& user = *request.user;
    const std::string name = user.name;
    const auto answer = std::make_shared<SharedAnswer>(std::move(request));
    for (const auto& hook : shard_->hooks().private_offered) {
      if (auto refusal = hook(user, element, answer)) return answer->refuse(*std::move(refusal));
    }
    auto then = [this, name, value, answer](Result<void> done) {
      if (!done) return answer->fail(done.error());
      answer->succeed();
      tell_modules(name, value, answer);
    };
    shard_->store().put_data(name, std::string(private_data::kind), key_of(element), std::move(value),
                             {&shard_->loop(), std::move(then)});
  }

  void tell_modules(const std::string& name, const std::string& value, const std::shared_ptr<SharedAnswer>& answer) {
    xml::Document document;
    if (xml::parse_element(value, document, stored_xml_limits) != xml::ParseError::none) return;
    for (const auto& hook : shard_->hooks().private_stored) {
      if (User* user = shard_->users().find(name)) hook(*user, document.root(), answer);
    }
  }

  // Counts a new element. One that is noted and then not stored does no harm.
  bool note_key(User& user, const std::string& key) {
    auto& keys = user.login_data[std::string(private_data::keys_key)];
    const auto known = split(keys, '\n');
    if (std::find(known.begin(), known.end(), key) != known.end()) return true;
    if (known.size() >= shard_->config().private_elements) return false;
    keys.append(1, '\n').append(key);
    shard_->store().put_data(user.name, "login", std::string(private_data::keys_key), keys, {});
    return true;
  }

  Shard* shard_ = nullptr;  // not owned
};

}  // namespace
}  // namespace queqiao::server

QUEQIAO_MODULE(private_storage, PrivateStorage)
