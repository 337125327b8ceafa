#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/crypto.h"

namespace queqiao::xmpp::sasl {

// The strongest first: what binds the login to its TLS channel cannot be relayed by a man in the middle, which is worth
// more than the longer hash.
enum class Mechanism { scram_sha_256_plus, scram_sha_1_plus, scram_sha_256, scram_sha_1, plain };

inline constexpr Mechanism all_mechanisms[] = {Mechanism::scram_sha_256_plus, Mechanism::scram_sha_1_plus,
                                               Mechanism::scram_sha_256, Mechanism::scram_sha_1, Mechanism::plain};

std::string_view name_of(Mechanism mechanism);                   // as in <mechanism/>: "SCRAM-SHA-256-PLUS"
std::optional<Mechanism> find_mechanism(std::string_view name);  // nothing for one that we do not speak
constexpr bool binds_channel(Mechanism mechanism) {
  return mechanism <= Mechanism::scram_sha_1_plus;
}
constexpr bool is_scram(Mechanism mechanism) {
  return mechanism != Mechanism::plain;
}
Hash hash_of(Mechanism mechanism);  // of a SCRAM mechanism

// The strongest of the mechanisms that a server offers by name, of those that the caller allows.
std::optional<Mechanism> choose_mechanism(std::span<const std::string_view> offered, bool can_bind_channel,
                                          bool allows_plain);

// What of the TLS connection a login can be bound to (RFC 9266, RFC 5929); empty strings for what there is not.
struct ChannelBindings {
  std::string tls_exporter;
  std::string tls_server_end_point;

  bool empty() const { return tls_exporter.empty() && tls_server_end_point.empty(); }
  // The bytes for "tls-exporter" or "tls-server-end-point"; empty for any other type.
  std::string_view find(std::string_view type) const;
};

// Why a login failed: the conditions of RFC 6120 6.5.
enum class Failure {
  aborted,
  account_disabled,
  credentials_expired,
  encryption_required,
  incorrect_encoding,
  invalid_authzid,
  invalid_mechanism,
  malformed_request,
  mechanism_too_weak,
  not_authorized,
  temporary_auth_failure
};

std::string_view condition_of(Failure failure);  // the element's name: "not-authorized"

}  // namespace queqiao::xmpp::sasl
