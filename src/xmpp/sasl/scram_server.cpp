#include "xmpp/sasl/scram_server.h"

#include <fmt/core.h>

#include <utility>

#include "base/assert.h"
#include "base/encoding.h"
#include "xmpp/sasl/identity.h"
#include "xmpp/sasl/scram_message.h"

namespace queqiao::xmpp::sasl {

ScramServer::ScramServer(ScramServerSetup setup) : setup_(std::move(setup)), hash_(hash_of(setup_.mechanism)) {}

std::optional<Failure> ScramServer::fail(Failure failure) {
  step_ = Step::failed;
  return failure;
}

// RFC 5802 6.
std::optional<Failure> ScramServer::check_binding_flag(char flag, std::string_view type) const {
  if ((flag == 'p') != binds_channel(setup_.mechanism)) return Failure::malformed_request;
  // Somebody between us has taken the -PLUS mechanisms from the list that the client saw.
  if (flag == 'y' && setup_.is_plus_offered) return Failure::not_authorized;
  if (flag == 'p' && setup_.bindings.find(type).empty()) return Failure::not_authorized;
  return std::nullopt;
}

std::optional<Failure> ScramServer::client_first(std::string_view message) {
  if (step_ != Step::wants_first) return fail(Failure::malformed_request);
  const auto first = parse_client_first(message);
  if (!first) return fail(Failure::malformed_request);
  if (const auto failure = check_binding_flag(first->binding_flag, first->binding_type)) return fail(*failure);
  auto user = identify(first->user, first->authzid, setup_.domain);
  if (const auto* failure = std::get_if<Failure>(&user)) return fail(*failure);

  user_ = std::get<std::string>(std::move(user));
  binding_ = first->gs2_header;
  if (first->binding_flag == 'p') binding_ += setup_.bindings.find(first->binding_type);
  nonce_.append(first->nonce).append(setup_.nonce);
  transcript_ = first->bare;
  step_ = Step::wants_keys;
  return std::nullopt;
}

std::string ScramServer::server_first(const std::optional<ScramKeys>& keys) {
  QUEQIAO_ASSERT(step_ == Step::wants_keys);
  // Made for every user, so that the answer takes as long for those that exist.
  std::string salt = decoy_salt(user_, hash_, setup_.decoy_secret);
  is_user_known_ = keys && keys->stored_key.size() == digest_size(hash_);
  const std::string no_key(digest_size(hash_), '\0');
  keys_ = is_user_known_ ? *keys : ScramKeys{std::move(salt), setup_.decoy_iterations, no_key, no_key};
  std::string message = fmt::format("r={},s={},i={}", nonce_, base64_encode(keys_.salt), keys_.iterations);
  transcript_.append(",").append(message);
  step_ = Step::wants_final;
  return message;
}

// RFC 5802 3: the proof is ClientKey XOR HMAC(StoredKey, AuthMessage), and StoredKey is the hash of ClientKey.
bool ScramServer::is_proof(std::string_view proof, std::string_view auth_message) const {
  std::string client_key = hmac(hash_, keys_.stored_key, auth_message);
  if (proof.size() != client_key.size()) return false;
  for (std::size_t i = 0; i < proof.size(); ++i) client_key[i] = static_cast<char>(client_key[i] ^ proof[i]);
  return constant_time_equal(digest(hash_, client_key), keys_.stored_key);
}

std::optional<Failure> ScramServer::client_final(std::string_view message) {
  if (step_ != Step::wants_final) return fail(Failure::malformed_request);
  const auto final = parse_client_final(message);
  if (!final) return fail(Failure::malformed_request);
  transcript_.append(",").append(final->without_proof);
  // Everything is computed for users that do not exist, too, so that the answer takes as long.
  const bool is_right = is_proof(final->proof, transcript_);
  const bool is_same_exchange = final->nonce == nonce_ && constant_time_equal(final->binding, binding_);
  if (!is_right || !is_same_exchange || !is_user_known_) return fail(Failure::not_authorized);
  step_ = Step::verified;
  return std::nullopt;
}

std::string ScramServer::server_final() const {
  QUEQIAO_ASSERT(step_ == Step::verified);
  return "v=" + base64_encode(hmac(hash_, keys_.server_key, transcript_));
}

}  // namespace queqiao::xmpp::sasl
