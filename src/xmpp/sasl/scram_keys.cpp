#include "xmpp/sasl/scram_keys.h"

namespace queqiao::xmpp::sasl {

ScramKeys ScramKeys::derive(std::string_view password, std::string_view salt, std::uint32_t iterations, Hash hash) {
  const std::string salted_password = pbkdf2(hash, password, salt, iterations);
  ScramKeys keys;
  keys.salt = salt;
  keys.iterations = iterations;
  keys.stored_key = digest(hash, hmac(hash, salted_password, "Client Key"));
  keys.server_key = hmac(hash, salted_password, "Server Key");
  return keys;
}

ScramKeys ScramKeys::make(std::string_view password, std::uint32_t iterations, Hash hash) {
  return derive(password, random_bytes(scram_salt_size), iterations, hash);
}

bool is_password_of(const ScramKeys& keys, std::string_view password, Hash hash) {
  if (keys.iterations == 0) return false;
  return constant_time_equal(ScramKeys::derive(password, keys.salt, keys.iterations, hash).stored_key, keys.stored_key);
}

std::string decoy_salt(std::string_view user, Hash hash, std::string_view secret) {
  // Each mechanism has a salt of its own, as real accounts have.
  const std::string label = hash == Hash::sha1 ? "sha1 " : "sha256 ";
  return hmac(Hash::sha256, secret, label + std::string(user)).substr(0, scram_salt_size);
}

std::string_view process_decoy_secret() {
  static const std::string secret = random_bytes(32);
  return secret;
}

}  // namespace queqiao::xmpp::sasl
