#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

// Hashes, keyed hashes and random numbers, by OpenSSL. Every function may be called from any thread. Digests and keys
// are raw bytes. A broken or missing OpenSSL provider stops the process: nothing can be trusted then.
namespace queqiao {

enum class Hash { sha1, sha256 };

std::size_t digest_size(Hash hash);  // in bytes

std::string digest(Hash hash, std::string_view bytes);
inline std::string sha1(std::string_view bytes) {
  return digest(Hash::sha1, bytes);
}
inline std::string sha256(std::string_view bytes) {
  return digest(Hash::sha256, bytes);
}

std::string hmac(Hash hash, std::string_view key, std::string_view bytes);  // RFC 2104

// RFC 8018 5.2 with HMAC, as long as the hash is: slow on purpose, so never on a shard's thread. `iterations` >= 1.
std::string pbkdf2(Hash hash, std::string_view password, std::string_view salt, std::uint32_t iterations);

// Compares in a time that depends on the sizes alone, for everything that a peer must not be able to guess piecemeal.
bool constant_time_equal(std::string_view a, std::string_view b);

std::string random_bytes(std::size_t count);  // unpredictable, from the process's cryptographic generator
std::uint64_t random_number();                // the same, as 64 bits
std::string random_id();                      // 128 random bits as 22 characters of A-Z a-z 0-9 - _

}  // namespace queqiao
