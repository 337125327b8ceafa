#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "xmpp/sasl/mechanism.h"
#include "xmpp/sasl/scram_keys.h"

namespace queqiao::xmpp::sasl {

// What the server's side of one exchange depends on.
struct ScramServerSetup {
  Mechanism mechanism = Mechanism::scram_sha_256;
  std::string_view domain;       // the server's, in normal form; must outlive client_first()
  ChannelBindings bindings;      // of this connection
  bool is_plus_offered = false;  // a -PLUS mechanism was among those that the client saw
  std::string nonce = random_id();
  std::uint32_t decoy_iterations = default_scram_iterations;  // of the keys of users that do not exist
  std::string_view decoy_secret = process_decoy_secret();     // must outlive server_first()
};

// The server's side of SCRAM (RFC 5802, RFC 7677): messages in, messages out, both without base64. The calls come in
// the order below; a peer that makes one come too early gets malformed_request. Costs a few microseconds: the slow
// derivation is the client's. A user that does not exist fails at the same place and in the same way as a wrong
// password.
class ScramServer {
 public:
  explicit ScramServer(ScramServerSetup setup);

  // Nothing when it is fine: user() then says whose keys server_first() needs.
  std::optional<Failure> client_first(std::string_view message);
  const std::string& user() const { return user_; }

  // `keys` are the user's for the mechanism's hash; nothing when there is no such user or it may not log in.
  std::string server_first(const std::optional<ScramKeys>& keys);

  // Nothing when the client has proved that it knows the password.
  std::optional<Failure> client_final(std::string_view message);
  // Proves the same of us to the client. Only when client_final() found nothing wrong.
  std::string server_final() const;

 private:
  enum class Step { wants_first, wants_keys, wants_final, verified, failed };

  std::optional<Failure> check_binding_flag(char flag, std::string_view type) const;
  std::optional<Failure> fail(Failure failure);
  bool is_proof(std::string_view proof, std::string_view auth_message) const;

  ScramServerSetup setup_;
  Hash hash_;
  Step step_ = Step::wants_first;
  bool is_user_known_ = false;
  std::string user_;
  std::string binding_;     // what the client's c= must say
  std::string nonce_;       // of both sides
  std::string transcript_;  // the AuthMessage of RFC 5802 3 as far as it has come
  ScramKeys keys_;
};

}  // namespace queqiao::xmpp::sasl
