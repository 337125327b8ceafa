// ClientConnection's part in authentication: keys come from the store, and a password is checked off the shard's thread.
#include <utility>

#include "base/crypto.h"
#include "server/client_connection.h"
#include "server/shard.h"
#include "xmpp/sasl/scram_keys.h"

namespace queqiao::server {
namespace {

xmpp::sasl::ScramKeys scram_keys(const storage::ScramKeys& stored) {
  return {stored.salt, stored.iterations, stored.stored_key, stored.server_key};
}

}  // namespace

// Whoever has guessed wrong too often is told to come back later, and nothing is looked up or computed for them.
bool ClientConnection::may_log_in() {
  const auto& config = shard_->config();
  if (is_trusted_ || shard_->shards().peers().may_log_in(place_.address(), config, shard_->loop().now())) return true;
  stream_.refuse_login();
  if (stream_.has_ended()) end();
  return false;
}

void ClientConnection::count_failed_logins() {
  const auto& config = shard_->config();
  for (; counted_failures_ < stream_.failed_logins(); ++counted_failures_) {
    if (!is_trusted_) shard_->shards().peers().login_failed(place_.address(), config, shard_->loop().now());
  }
}

void ClientConnection::find_keys(const std::string& user) {
  if (!may_log_in()) return;
  const bool wants_sha1 = stream_.mechanism_hash() == Hash::sha1;
  shard_->store().find_account(
      user, {&shard_->loop(), [shard = shard_, id = id_, wants_sha1](Result<std::optional<storage::Account>> found) {
               auto* self = shard->connection(id);
               if (!self || self->is_ended_) return;
               if (!found) return self->end("internal-server-error", "The server cannot read its accounts.");
               const bool may_log_in = found->has_value() && !(*found)->is_disabled;
               self->stream_.keys(may_log_in ? std::optional(scram_keys(wants_sha1 ? (*found)->sha1 : (*found)->sha256))
                                             : std::nullopt);
               self->send_output();
               self->go_on_later();
             }});
}

// PLAIN needs the slow hash that SCRAM leaves to the client. It is done for unknown users as well, so that the time that it
// takes tells nobody who has an account.
void ClientConnection::check_password(const std::string& user, std::string password) {
  if (!may_log_in()) return;
  auto checked = [shard = shard_, id = id_](bool is_right) {
    auto* self = shard->connection(id);
    if (!self || self->is_ended_) return;
    self->stream_.checked(is_right);
    self->count_failed_logins();
    if (self->stream_.has_ended()) return self->end();
    self->send_output();
    if (self->stream_.is_authenticated()) self->authenticated();
    self->go_on_later();
  };
  auto compare = [shard = shard_, checked, password = std::move(password)](
                     Result<std::optional<storage::Account>> found) {
    const bool is_known = found && found->has_value() && !(*found)->is_disabled;
    const auto keys = is_known ? scram_keys((*found)->sha256)
                               : xmpp::sasl::ScramKeys{"unknown", shard->config().scram_iterations, "", ""};
    const bool is_taken = shard->shards().worker().run([shard, checked, is_known, password, keys] {
      const bool is_right = xmpp::sasl::is_password_of(keys, password, Hash::sha256) && is_known;
      shard->loop().post([checked, is_right] { checked(is_right); });
    });
    if (!is_taken) checked(false);
  };
  shard_->store().find_account(user, {&shard_->loop(), std::move(compare)});
}

void ClientConnection::authenticated() {
  send_output();
  place_.logged_in();
  const auto home = shard_->shards().home_of(stream_.user());
  stream_.set_features(shard_->stream_features());
  if (home == shard_->index()) return;
  // At the end of the turn: nothing may use this object here once the other shard's thread can.
  is_moving_ = true;
  shard_->loop().at_end_of_turn([shard = shard_, id = id_, home] {
    auto* self = shard->connection(id);
    if (self && !self->is_ended_) shard->hand_over(*self, home);
  });
}

}  // namespace queqiao::server
