#include "base/crypto.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/rand.h>

#include <memory>

#include "base/assert.h"
#include "base/encoding.h"

namespace queqiao {
namespace {

struct Free {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  void operator()(EVP_MAC_CTX* context) const { EVP_MAC_CTX_free(context); }
};

const char* openssl_name(Hash hash) {
  return hash == Hash::sha1 ? "SHA1" : "SHA256";
}

const EVP_MD* fetch(Hash hash) {
  const EVP_MD* found = EVP_MD_fetch(nullptr, openssl_name(hash), nullptr);
  QUEQIAO_ASSERT(found != nullptr);
  return found;
}

// Looking an algorithm up costs OpenSSL 3 more than hashing a short text does, so each is fetched once per process.
const EVP_MD* algorithm(Hash hash) {
  static const EVP_MD* const sha1 = fetch(Hash::sha1);
  static const EVP_MD* const sha256 = fetch(Hash::sha256);
  return hash == Hash::sha1 ? sha1 : sha256;
}

// A context that is initialised again for the same algorithm keeps its memory: one per thread and algorithm.
EVP_MD_CTX* digest_context(Hash hash) {
  thread_local const std::unique_ptr<EVP_MD_CTX, Free> contexts[2] = {
      std::unique_ptr<EVP_MD_CTX, Free>(EVP_MD_CTX_new()), std::unique_ptr<EVP_MD_CTX, Free>(EVP_MD_CTX_new())};
  EVP_MD_CTX* context = contexts[hash == Hash::sha1 ? 0 : 1].get();
  QUEQIAO_ASSERT(context != nullptr);
  return context;
}

std::unique_ptr<EVP_MAC_CTX, Free> make_hmac_context(Hash hash) {
  static EVP_MAC* const mac = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
  QUEQIAO_ASSERT(mac != nullptr);
  std::unique_ptr<EVP_MAC_CTX, Free> context(EVP_MAC_CTX_new(mac));
  QUEQIAO_ASSERT(context != nullptr);
  char* name = const_cast<char*>(openssl_name(hash));
  const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name, 0),
                                   OSSL_PARAM_construct_end()};
  QUEQIAO_ASSERT(EVP_MAC_CTX_set_params(context.get(), parameters) == 1);
  return context;
}

EVP_MAC_CTX* hmac_context(Hash hash) {
  thread_local const std::unique_ptr<EVP_MAC_CTX, Free> contexts[2] = {make_hmac_context(Hash::sha1),
                                                                       make_hmac_context(Hash::sha256)};
  return contexts[hash == Hash::sha1 ? 0 : 1].get();
}

unsigned char* bytes_of(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

// Never null, which OpenSSL would take for "the same key as before".
const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.empty() ? "" : text.data());
}

void fill_random(unsigned char* out, std::size_t size) {
  QUEQIAO_ASSERT(RAND_bytes(out, static_cast<int>(size)) == 1);
}

}  // namespace

std::size_t digest_size(Hash hash) {
  return hash == Hash::sha1 ? 20 : 32;
}

std::string digest(Hash hash, std::string_view bytes) {
  EVP_MD_CTX* context = digest_context(hash);
  std::string result(digest_size(hash), '\0');
  QUEQIAO_ASSERT(EVP_DigestInit_ex2(context, algorithm(hash), nullptr) == 1);
  QUEQIAO_ASSERT(EVP_DigestUpdate(context, bytes.data(), bytes.size()) == 1);
  QUEQIAO_ASSERT(EVP_DigestFinal_ex(context, bytes_of(result), nullptr) == 1);
  return result;
}

std::string hmac(Hash hash, std::string_view key, std::string_view bytes) {
  EVP_MAC_CTX* context = hmac_context(hash);
  std::string result(digest_size(hash), '\0');
  std::size_t written = 0;
  QUEQIAO_ASSERT(EVP_MAC_init(context, bytes_of(key), key.size(), nullptr) == 1);
  QUEQIAO_ASSERT(EVP_MAC_update(context, bytes_of(bytes), bytes.size()) == 1);
  QUEQIAO_ASSERT(EVP_MAC_final(context, bytes_of(result), &written, result.size()) == 1);
  QUEQIAO_ASSERT(written == result.size());
  return result;
}

std::string pbkdf2(Hash hash, std::string_view password, std::string_view salt, std::uint32_t iterations) {
  QUEQIAO_ASSERT(iterations >= 1 && iterations <= INT32_MAX);
  std::string result(digest_size(hash), '\0');
  const int done =
      PKCS5_PBKDF2_HMAC(reinterpret_cast<const char*>(bytes_of(password)), static_cast<int>(password.size()),
                        bytes_of(salt), static_cast<int>(salt.size()), static_cast<int>(iterations), algorithm(hash),
                        static_cast<int>(result.size()), bytes_of(result));
  QUEQIAO_ASSERT(done == 1);
  return result;
}

bool constant_time_equal(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string random_bytes(std::size_t count) {
  QUEQIAO_ASSERT(count <= INT32_MAX);
  std::string result(count, '\0');
  fill_random(bytes_of(result), count);
  return result;
}

std::uint64_t random_number() {
  std::uint64_t result = 0;
  fill_random(reinterpret_cast<unsigned char*>(&result), sizeof result);
  return result;
}

std::string random_id() {
  char bits[16];
  fill_random(reinterpret_cast<unsigned char*>(bits), sizeof bits);
  return base64url_encode({bits, sizeof bits});
}

}  // namespace queqiao
