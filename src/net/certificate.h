#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/event_loop.h"
#include "base/result.h"

using EVP_PKEY = struct evp_pkey_st;  // OpenSSL's, so that this header needs none of theirs
using X509 = struct x509_st;

namespace queqiao::net {

// A certificate, the ones between it and its root, and its private key. Any thread; never changes.
class Certificate {
 public:
  // From PEM files, as an ACME client writes them (fullchain.pem, privkey.pem). Fails with `invalid` when there is no
  // certificate, the key is another's or is protected by a password.
  static Result<Certificate> load(const std::filesystem::path& chain, const std::filesystem::path& key);
  // A new P-256 key and a certificate for `domain`, valid for ten years, that is signed by that key: what a server has
  // until its owner gets a better one.
  static Result<Certificate> self_signed(const std::string& domain);

  // Writes both as PEM; the key's file is readable by its owner alone. A file that exists is replaced as a whole.
  Result<void> save(const std::filesystem::path& chain, const std::filesystem::path& key) const;

  WallTime expires() const;
  bool is_valid_for(const std::string& domain) const;  // by subjectAltName, RFC 6125

  X509* leaf() const { return chain_.front().get(); }
  const std::vector<std::shared_ptr<X509>>& chain() const { return chain_; }
  EVP_PKEY* key() const { return key_.get(); }

 private:
  Certificate(std::vector<std::shared_ptr<X509>> chain, std::shared_ptr<EVP_PKEY> key);

  std::vector<std::shared_ptr<X509>> chain_;  // leaf first, never empty
  std::shared_ptr<EVP_PKEY> key_;
};

// The two files of a certificate that may be replaced while the server runs. One thread at a time.
class CertificateFiles {
 public:
  CertificateFiles(std::filesystem::path chain, std::filesystem::path key);

  Result<Certificate> load();
  bool have_changed() const;  // since load(), by time of modification

 private:
  using Times = std::pair<std::filesystem::file_time_type, std::filesystem::file_time_type>;
  Times times() const;

  std::filesystem::path chain_;
  std::filesystem::path key_;
  Times loaded_;
};

// RFC 5929 4.1: the hash of `certificate` that binds a channel to it (tls-server-end-point), with the hash of its
// signature, or SHA-256 in place of MD5 and SHA-1. Empty where the RFC defines none (Ed25519).
std::string end_point_hash(X509* certificate);

}  // namespace queqiao::net
