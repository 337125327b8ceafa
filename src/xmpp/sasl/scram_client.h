#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "xmpp/sasl/mechanism.h"

namespace queqiao::xmpp::sasl {

// What the client's side of one exchange depends on.
struct ScramClientSetup {
  Mechanism mechanism = Mechanism::scram_sha_256;
  std::string user;          // localpart, in normal form
  std::string password;      // in normal form (normalize_password)
  std::string binding_type;  // of a -PLUS mechanism: "tls-exporter" or "tls-server-end-point"
  std::string binding_bytes;
  // RFC 5802 6: we could bind the channel, and the server offers no mechanism that does. It then finds out if somebody
  // took those from its list.
  bool is_binding_unused = false;
  std::string nonce = random_id();
  std::uint32_t least_iterations = 4096;       // RFC 7677 4; fewer would help whoever steals the exchange to guess
  std::uint32_t most_iterations = 10'000'000;  // more would keep us busy for seconds
};

// The client's side of SCRAM (RFC 5802, RFC 7677): messages in, messages out, both without base64.
class ScramClient {
 public:
  explicit ScramClient(ScramClientSetup setup);

  std::string client_first();
  // Nothing when the server's message cannot be trusted or used. Slow: derives the keys from the password.
  std::optional<std::string> client_final(std::string_view server_first);
  // Whether the server has proved that it knows the password's keys. Otherwise it is not our server.
  bool verify(std::string_view server_final) const;

 private:
  ScramClientSetup setup_;
  Hash hash_;
  std::string gs2_header_;
  std::string transcript_;        // the AuthMessage of RFC 5802 3 as far as it has come
  std::string server_signature_;  // what the server has to send; empty until then
};

}  // namespace queqiao::xmpp::sasl
