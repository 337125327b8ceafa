#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/crypto.h"

namespace queqiao::bench {

// SCRAM's keys by hash, salt, iterations and password. Deriving them takes milliseconds on purpose, which would measure
// the generator: from a user's second log-in on they come from here.
class ScramKeys {
 public:
  const std::string& salted_password(Hash hash, std::string_view password, std::string_view salt,
                                     std::uint32_t iterations);

 private:
  std::unordered_map<std::string, std::string> salted_;
};

// The client's side of SCRAM (RFC 5802, RFC 7677) without channel binding.
class ScramDialogue {
 public:
  ScramDialogue(Hash hash, std::string user, std::string password, ScramKeys& keys);
  std::string first_message() const;
  // The answer to the server's first message, nothing when that is malformed.
  std::optional<std::string> final_message(std::string_view server_first);
  // Whether the server knows the keys as well.
  bool is_genuine(std::string_view server_final) const;

 private:
  std::string first_bare() const;

  Hash hash_;
  std::string user_;
  std::string password_;
  std::string nonce_;
  std::string server_signature_;
  ScramKeys& keys_;  // not owned
};

}  // namespace queqiao::bench
