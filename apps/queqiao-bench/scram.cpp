#include "scram.h"

#include <charconv>

#include "base/encoding.h"

namespace queqiao::bench {
namespace {

// The value of `key` in "r=...,s=...,i=...".
std::string_view field(std::string_view message, char key) {
  while (!message.empty()) {
    const std::string_view part = message.substr(0, message.find(','));
    if (part.size() >= 2 && part[0] == key && part[1] == '=') return part.substr(2);
    message.remove_prefix(std::min(part.size() + 1, message.size()));
  }
  return {};
}

std::string exclusive_or(std::string a, std::string_view b) {
  for (std::size_t i = 0; i < a.size(); ++i) a[i] = static_cast<char>(a[i] ^ b[i]);
  return a;
}

}  // namespace

const std::string& ScramKeys::salted_password(Hash hash, std::string_view password, std::string_view salt,
                                              std::uint32_t iterations) {
  std::string key = std::to_string(static_cast<int>(hash)) + "," + std::to_string(iterations) + ",";
  key.append(password).append(",").append(salt);
  auto [entry, is_new] = salted_.try_emplace(std::move(key));
  if (is_new) entry->second = pbkdf2(hash, password, salt, iterations);
  return entry->second;
}

ScramDialogue::ScramDialogue(Hash hash, std::string user, std::string password, ScramKeys& keys)
    : hash_(hash), user_(std::move(user)), password_(std::move(password)), nonce_(random_id()), keys_(keys) {}

std::string ScramDialogue::first_bare() const {
  return "n=" + user_ + ",r=" + nonce_;
}

std::string ScramDialogue::first_message() const {
  return "n,," + first_bare();
}

std::optional<std::string> ScramDialogue::final_message(std::string_view server_first) {
  const std::string_view nonce = field(server_first, 'r');
  const auto salt = base64_decode(field(server_first, 's'));
  const std::string_view count = field(server_first, 'i');
  std::uint32_t iterations = 0;
  std::from_chars(count.data(), count.data() + count.size(), iterations);
  if (!nonce.starts_with(nonce_) || !salt || iterations == 0) return std::nullopt;

  const std::string& salted = keys_.salted_password(hash_, password_, *salt, iterations);
  const std::string without_proof = "c=biws,r=" + std::string(nonce);
  const std::string signed_text = first_bare() + "," + std::string(server_first) + "," + without_proof;
  const std::string client_key = hmac(hash_, salted, "Client Key");
  const std::string client_signature = hmac(hash_, digest(hash_, client_key), signed_text);
  server_signature_ = hmac(hash_, hmac(hash_, salted, "Server Key"), signed_text);
  return without_proof + ",p=" + base64_encode(exclusive_or(client_key, client_signature));
}

bool ScramDialogue::is_genuine(std::string_view server_final) const {
  return !server_signature_.empty() && field(server_final, 'v') == base64_encode(server_signature_);
}

}  // namespace queqiao::bench
