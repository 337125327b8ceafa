#include "xmpp/sasl/mechanism.h"

#include <algorithm>

#include "base/assert.h"

namespace queqiao::xmpp::sasl {

std::string_view name_of(Mechanism mechanism) {
  switch (mechanism) {
    case Mechanism::scram_sha_256_plus:
      return "SCRAM-SHA-256-PLUS";
    case Mechanism::scram_sha_1_plus:
      return "SCRAM-SHA-1-PLUS";
    case Mechanism::scram_sha_256:
      return "SCRAM-SHA-256";
    case Mechanism::scram_sha_1:
      return "SCRAM-SHA-1";
    case Mechanism::plain:
      break;
  }
  return "PLAIN";
}

std::optional<Mechanism> find_mechanism(std::string_view name) {
  for (const Mechanism mechanism : all_mechanisms) {
    if (name_of(mechanism) == name) return mechanism;
  }
  return std::nullopt;
}

Hash hash_of(Mechanism mechanism) {
  QUEQIAO_ASSERT(is_scram(mechanism));
  const bool is_sha1 = mechanism == Mechanism::scram_sha_1 || mechanism == Mechanism::scram_sha_1_plus;
  return is_sha1 ? Hash::sha1 : Hash::sha256;
}

std::optional<Mechanism> choose_mechanism(std::span<const std::string_view> offered, bool can_bind_channel,
                                          bool allows_plain) {
  for (const Mechanism mechanism : all_mechanisms) {
    if (binds_channel(mechanism) && !can_bind_channel) continue;
    if (mechanism == Mechanism::plain && !allows_plain) continue;
    if (std::find(offered.begin(), offered.end(), name_of(mechanism)) != offered.end()) return mechanism;
  }
  return std::nullopt;
}

std::string_view ChannelBindings::find(std::string_view type) const {
  if (type == "tls-exporter") return tls_exporter;
  if (type == "tls-server-end-point") return tls_server_end_point;
  return {};
}

std::string_view condition_of(Failure failure) {
  switch (failure) {
    case Failure::aborted:
      return "aborted";
    case Failure::account_disabled:
      return "account-disabled";
    case Failure::credentials_expired:
      return "credentials-expired";
    case Failure::encryption_required:
      return "encryption-required";
    case Failure::incorrect_encoding:
      return "incorrect-encoding";
    case Failure::invalid_authzid:
      return "invalid-authzid";
    case Failure::invalid_mechanism:
      return "invalid-mechanism";
    case Failure::malformed_request:
      return "malformed-request";
    case Failure::mechanism_too_weak:
      return "mechanism-too-weak";
    case Failure::not_authorized:
      return "not-authorized";
    case Failure::temporary_auth_failure:
      break;
  }
  return "temporary-auth-failure";
}

}  // namespace queqiao::xmpp::sasl
