// XEP-0077 In-Band Registration 2.4: making an account before log-in, changing its password and closing it afterwards.
#include <algorithm>
#include <array>
#include <map>

#include "base/text.h"
#include "server/account_removal.h"
#include "server/shard.h"
#include "xmpp/namespaces.h"
#include "xmpp/sasl/scram_keys.h"
#include "xmpp/xep/payload.h"
#include "xmpp/xep/registration.h"

namespace queqiao::server {
namespace {

using xmpp::StanzaCondition;
using xmpp::sasl::ScramKeys;

constexpr std::size_t name_bytes = 64;

// Whoever has one of these can pass for the operator.
constexpr std::array<std::string_view, 12> reserved_names{"abuse",  "admin",   "administrator", "hostmaster",
                                                          "info",   "noc",     "postmaster",    "root",
                                                          "server", "support", "system",        "webmaster"};

bool is_number(std::string_view name) {
  return std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Letters that look like those of another alphabet would let one account pass for another: strangers choose among ASCII
// and what East Asia writes (kana, Han, Hangul), which have no look-alikes in each other.
bool is_plain(std::string_view name) {
  while (!name.empty()) {
    const auto size = utf8_front_size(name);
    const auto lead = static_cast<unsigned char>(name.front());
    const auto next = size > 1 ? static_cast<unsigned char>(name[1]) : 0u;
    const bool is_word =
        (lead >= 'a' && lead <= 'z') || (lead >= '0' && lead <= '9') || lead == '.' || lead == '_' || lead == '-';
    const bool is_kana = size == 3 && lead == 0xE3 && next >= 0x81 && next <= 0x83;  // U+3040 to U+30FF
    const bool is_han = size == 3 && ((lead == 0xE3 && next >= 0x90) || (lead >= 0xE4 && lead <= 0xE9));  // to U+9FFF
    const bool is_hangul =
        size == 3 && (lead == 0xEB || lead == 0xEC || (lead == 0xEA && next >= 0xB0) || (lead == 0xED && next < 0x9E));
    if (!is_word && !is_kana && !is_han && !is_hangul) return false;
    name.remove_prefix(size);
  }
  return true;
}

bool is_acceptable(std::string_view name, std::uint64_t first_number) {
  if (name.empty() || name.size() > name_bytes || !is_plain(name)) return false;
  if (std::find(reserved_names.begin(), reserved_names.end(), name) != reserved_names.end()) return false;
  if (!is_number(name)) return true;
  const auto number = parse_number<std::uint64_t>(name);
  return number && *number >= first_number && name.front() != '0';
}

storage::ScramKeys stored(ScramKeys keys) {
  return {std::move(keys.salt), keys.iterations, std::move(keys.stored_key), std::move(keys.server_key)};
}

xmpp::Registration question(std::string_view proposal) {
  xmpp::Registration asked;
  asked.instructions = "Choose a name, or take the number that is proposed, and a password.";
  asked.fields = {{"username", {}}, {"password", {}}};
  xmpp::DataForm form(xmpp::FormType::form, xmpp::ns::register_query);
  form.instructions = {asked.instructions};
  xmpp::FormField name{
      .name = "username", .type = xmpp::FieldType::text_single, .values = {std::string(proposal)}, .label = "Name"};
  xmpp::FormField password{
      .name = "password", .type = xmpp::FieldType::text_private, .values = {}, .label = "Password"};
  name.is_required = password.is_required = true;
  form.add(std::move(name)).add(std::move(password));
  asked.form = std::move(form);
  return asked;
}

class Register final : public Module {
 public:
  void attach(Shard& shard) override {
    shard_ = &shard;
    shard.advertise(xmpp::ns::register_query);
    shard.on_iq(iq_target::before_login | iq_target::own_account | iq_target::server, "query", xmpp::ns::register_query,
                [this](IqRequest request) {
                  if (request.session) return with_account(std::move(request));
                  without_account(std::move(request));
                });
  }

 private:
  // A request whose password is being hashed.
  struct Pending {
    IqRequest request;
    std::string user;
    bool is_new;
  };

  void without_account(IqRequest request) {
    if (!shard_->config().has_open_registration) return request.reply_error(StanzaCondition::not_allowed);
    if (request.is_set()) return check_new(std::move(request));
    const auto first = shard_->config().first_number;
    auto then = [request = std::move(request)](Result<std::uint64_t> number) mutable {
      if (!number) return request.reply_error(number.error());
      request.reply(xmpp::to_xml(question(std::to_string(*number))));
    };
    shard_->store().next_free_number(first, {&shard_->loop(), std::move(then)});
  }

  void check_new(IqRequest request) {
    const auto asked = xmpp::Registration::parse(request.payload);
    const auto name = asked ? xmpp::normalize_local(asked->value("username").value_or("")) : std::nullopt;
    const auto password = asked ? xmpp::normalize_password(asked->value("password").value_or("")) : std::nullopt;
    // 3.1.1: what is missing or cannot be is not acceptable.
    if (!name || !is_acceptable(*name, shard_->config().first_number)) {
      return request.reply_error(StanzaCondition::not_acceptable, "This name cannot be registered.");
    }
    if (!password || password->empty()) {
      return request.reply_error(StanzaCondition::not_acceptable, "This password cannot be used.");
    }
    if (is_number(*name)) return check_number(std::move(request), *name, *password);
    check_free(std::move(request), *name, *password);
  }

  // The number of an account that was closed is nobody's any more.
  void check_number(IqRequest request, const std::string& name, const std::string& password) {
    const auto number = *parse_number<std::uint64_t>(name);
    auto then = [this, name, password, number, request = std::move(request)](Result<std::uint64_t> free) mutable {
      if (!free) return request.reply_error(free.error());
      if (*free != number) return request.reply_error(StanzaCondition::conflict);
      check_free(std::move(request), name, password);
    };
    shard_->store().next_free_number(number, {&shard_->loop(), std::move(then)});
  }

  // Before the slow hash, and before it counts: names that are taken are asked for in good faith.
  void check_free(IqRequest request, const std::string& name, const std::string& password) {
    auto then = [this, name, password,
                 request = std::move(request)](Result<std::optional<storage::Account>> found) mutable {
      if (!found) return request.reply_error(found.error());
      if (found->has_value()) return request.reply_error(StanzaCondition::conflict);
      if (request.is_trusted) return hash(std::move(request), name, password, true);
      count(std::move(request), name, password);
    };
    shard_->store().find_account(name, {&shard_->loop(), std::move(then)});
  }

  // All shards count an address on the same one.
  void count(IqRequest request, const std::string& name, const std::string& password) {
    const auto address = request.peer_address;
    const auto id = keep({std::move(request), name, true});
    shard_->shards().post(shard_->shards().home_of(address), [this, id, address, password,
                                                              home = shard_->index()](Shard& there) {
      const bool may = there.registrations().take(address, there.config().registrations_per_hour, there.loop().now());
      there.shards().post(home, [this, id, may, password](Shard&) { counted(id, may, password); });
    });
  }

  void counted(std::uint64_t id, bool may, const std::string& password) {
    auto pending = take(id);
    if (may) return hash(std::move(pending.request), pending.user, password, true);
    auto error = xmpp::StanzaError::of(StanzaCondition::resource_constraint, "Too many accounts from your address.");
    error.type = xmpp::ErrorType::wait;
    pending.request.reply_error(error);
  }

  std::uint64_t keep(Pending pending) {
    pending_.emplace(++last_pending_, std::move(pending));
    return last_pending_;
  }

  Pending take(std::uint64_t id) {
    auto node = pending_.extract(id);
    return std::move(node.mapped());
  }

  // The request stays here: what runs on the worker may be dropped there when the server stops.
  void hash(IqRequest request, const std::string& user, const std::string& password, bool is_new) {
    const auto id = keep({std::move(request), user, is_new});
    const auto iterations = shard_->config().scram_iterations;
    const bool is_taken = shard_->shards().worker().run([this, id, password, iterations] {
      auto sha1 = stored(ScramKeys::make(password, iterations, Hash::sha1));
      auto sha256 = stored(ScramKeys::make(password, iterations, Hash::sha256));
      shard_->loop().post([this, id, sha1 = std::move(sha1), sha256 = std::move(sha256)]() mutable {
        hashed(take(id), std::move(sha1), std::move(sha256));
      });
    });
    if (!is_taken) take(id).request.reply_error(StanzaCondition::resource_constraint, "Too busy, try again.");
  }

  void hashed(Pending pending, storage::ScramKeys sha1, storage::ScramKeys sha256) {
    const auto name = pending.user;
    const bool is_new = pending.is_new;
    auto then = [request = std::move(pending.request)](Result<void> done) mutable {
      if (!done) return request.reply_error(done.error());  // conflict: somebody was faster
      request.reply();
    };
    storage::Reply<void> reply{&shard_->loop(), std::move(then)};
    if (!is_new) return shard_->store().set_keys(name, std::move(sha1), std::move(sha256), std::move(reply));
    storage::Account account{
        .user = name, .sha1 = std::move(sha1), .sha256 = std::move(sha256), .created = shard_->loop().wall_time()};
    shard_->store().create_account(std::move(account), std::move(reply));
  }

  void with_account(IqRequest request) {
    const auto name = request.session->user().name;
    if (!request.is_set()) {
      xmpp::Registration known;
      known.is_registered = true;
      known.fields = {{"username", name}, {"password", {}}};
      return request.reply(xmpp::to_xml(known));
    }
    const auto asked = xmpp::Registration::parse(request.payload);
    if (!asked) return request.reply_error(StanzaCondition::bad_request);
    if (asked->is_removal) return close_account(std::move(request), name);
    change_password(std::move(request), *asked, name);
  }

  // 3.3: the other sessions stay, since who knew the old password may be who changes it.
  void change_password(IqRequest request, const xmpp::Registration& asked, const std::string& name) {
    const auto user = xmpp::normalize_local(asked.value("username").value_or(""));
    const auto password = xmpp::normalize_password(asked.value("password").value_or(""));
    if (!asked.value("username") || !asked.value("password")) return request.reply_error(StanzaCondition::bad_request);
    if (user != name) return request.reply_error(StanzaCondition::not_allowed, "That is not your account.");
    if (!password || password->empty()) return request.reply_error(StanzaCondition::not_acceptable);
    hash(std::move(request), name, *password, false);
  }

  // 3.2: the answer, and then all sessions end.
  void close_account(IqRequest request, const std::string& name) {
    remove_account(*shard_, name, [request = std::move(request)](Result<void> done) mutable {
      if (!done) return request.reply_error(done.error());
      request.reply();
    });
  }

  Shard* shard_ = nullptr;  // not owned
  std::map<std::uint64_t, Pending> pending_;
  std::uint64_t last_pending_ = 0;
};

}  // namespace
}  // namespace queqiao::server

QUEQIAO_MODULE(register, Register)
