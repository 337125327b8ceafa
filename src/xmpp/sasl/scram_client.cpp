#include "xmpp/sasl/scram_client.h"

#include <utility>

#include "base/encoding.h"
#include "xmpp/sasl/scram_message.h"

namespace queqiao::xmpp::sasl {
namespace {

std::string gs2_header(const ScramClientSetup& setup) {
  if (binds_channel(setup.mechanism)) return "p=" + setup.binding_type + ",,";
  return setup.is_binding_unused ? "y,," : "n,,";
}

}  // namespace

ScramClient::ScramClient(ScramClientSetup setup)
    : setup_(std::move(setup)), hash_(hash_of(setup_.mechanism)), gs2_header_(gs2_header(setup_)) {}

std::string ScramClient::client_first() {
  transcript_ = "n=" + escape_name(setup_.user) + ",r=" + setup_.nonce;
  return gs2_header_ + transcript_;
}

std::optional<std::string> ScramClient::client_final(std::string_view server_first) {
  const auto first = parse_server_first(server_first);
  if (!first || transcript_.empty() || !server_signature_.empty()) return std::nullopt;
  // RFC 5802 5.1: the server adds its part to our nonce.
  if (!first->nonce.starts_with(setup_.nonce) || first->nonce.size() == setup_.nonce.size()) return std::nullopt;
  if (first->iterations < setup_.least_iterations || first->iterations > setup_.most_iterations) return std::nullopt;

  const std::string binding = binds_channel(setup_.mechanism) ? gs2_header_ + setup_.binding_bytes : gs2_header_;
  std::string message = "c=" + base64_encode(binding) + ",r=" + std::string(first->nonce);
  transcript_.append(",").append(server_first).append(",").append(message);

  const std::string salted_password = pbkdf2(hash_, setup_.password, first->salt, first->iterations);
  std::string proof = hmac(hash_, salted_password, "Client Key");
  const std::string client_signature = hmac(hash_, digest(hash_, proof), transcript_);
  for (std::size_t i = 0; i < proof.size(); ++i) proof[i] = static_cast<char>(proof[i] ^ client_signature[i]);
  server_signature_ = hmac(hash_, hmac(hash_, salted_password, "Server Key"), transcript_);
  return message.append(",p=").append(base64_encode(proof));
}

bool ScramClient::verify(std::string_view server_final) const {
  const auto signature = parse_server_final(server_final);
  return signature && !server_signature_.empty() && constant_time_equal(*signature, server_signature_);
}

}  // namespace queqiao::xmpp::sasl
