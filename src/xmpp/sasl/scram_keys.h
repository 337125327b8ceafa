#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/crypto.h"

namespace queqiao::xmpp::sasl {

inline constexpr std::size_t scram_salt_size = 16;  // bytes of a new account's salt
inline constexpr std::uint32_t default_scram_iterations = 10'000;

// RFC 5802 3: what a server keeps instead of a password. Raw bytes.
struct ScramKeys {
  std::string salt;
  std::uint32_t iterations = 0;
  std::string stored_key;
  std::string server_key;

  // Slow on purpose (about 0.2 µs per iteration): not on a shard's thread. `password` is in normal form.
  static ScramKeys derive(std::string_view password, std::string_view salt, std::uint32_t iterations, Hash hash);
  // The same with a new random salt.
  static ScramKeys make(std::string_view password, std::uint32_t iterations, Hash hash);
};

// Whether `password` (in normal form) is the one that `keys` were derived from; as slow as derive().
bool is_password_of(const ScramKeys& keys, std::string_view password, Hash hash);

// The salt that a user who does not exist seems to have: whoever asks again gets the same one. `secret` is unknown to
// peers; one that changes with a restart tells who asks before and after it.
std::string decoy_salt(std::string_view user, Hash hash, std::string_view secret);
// Drawn at random once per process.
std::string_view process_decoy_secret();

}  // namespace queqiao::xmpp::sasl
