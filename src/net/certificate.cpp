#include "net/certificate.h"

#include <fcntl.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <ctime>
#include <utility>

#include "net/file_descriptor.h"

namespace queqiao::net {

namespace {

using BioPointer = std::unique_ptr<BIO, decltype(&BIO_free)>;

std::string openssl_reason() {
  char text[256] = "unknown reason";
  if (const auto code = ERR_get_error()) ERR_error_string_n(code, text, sizeof text);
  ERR_clear_error();
  return text;
}

Error invalid(const std::string& what) {
  return {ErrorCode::invalid, what + ": " + openssl_reason()};
}
Error system_error(const std::filesystem::path& file) {
  return {errno == ENOENT ? ErrorCode::not_found : ErrorCode::io, file.string() + ": " + std::strerror(errno)};
}

Result<BioPointer> open_file(const std::filesystem::path& file) {
  BioPointer bio(BIO_new_file(file.c_str(), "r"), &BIO_free);
  if (!bio) {
    ERR_clear_error();
    return system_error(file);
  }
  return bio;
}

// Without it OpenSSL asks for the password of a key on the terminal.
int refuse_password(char*, int, int, void*) {
  return -1;
}

std::shared_ptr<X509> own(X509* certificate) {
  return {certificate, &X509_free};
}
std::shared_ptr<EVP_PKEY> own(EVP_PKEY* key) {
  return {key, &EVP_PKEY_free};
}

bool add_extension(X509* certificate, int nid, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  const std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> extension(
      X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()), &X509_EXTENSION_free);
  return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool set_serial(X509* certificate) {
  unsigned char bytes[16];
  if (RAND_bytes(bytes, sizeof bytes) != 1) return false;
  bytes[0] &= 0x7f;  // RFC 5280 4.1.2.2: positive
  const std::unique_ptr<BIGNUM, decltype(&BN_free)> number(BN_bin2bn(bytes, sizeof bytes, nullptr), &BN_free);
  return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate));
}

bool fill_in(X509* certificate, EVP_PKEY* key, const std::string& domain) {
  constexpr long day = 24 * 60 * 60;
  X509_NAME* name = X509_get_subject_name(certificate);
  // The common name holds at most 64 characters and nobody reads it; the domain is in subjectAltName.
  const auto* common_name = reinterpret_cast<const unsigned char*>("Queqiao");
  return X509_set_version(certificate, X509_VERSION_3) == 1 && set_serial(certificate) &&
         X509_gmtime_adj(X509_getm_notBefore(certificate), -day) &&
         X509_time_adj_ex(X509_getm_notAfter(certificate), 3652, 0, nullptr) &&
         X509_set_pubkey(certificate, key) == 1 &&
         X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, common_name, -1, -1, 0) == 1 &&
         X509_set_issuer_name(certificate, name) == 1 &&
         add_extension(certificate, NID_basic_constraints, "critical,CA:FALSE") &&
         add_extension(certificate, NID_key_usage, "critical,digitalSignature") &&
         add_extension(certificate, NID_ext_key_usage, "serverAuth,clientAuth") &&
         add_extension(certificate, NID_subject_alt_name, "DNS:" + domain) &&
         X509_sign(certificate, key, EVP_sha256()) > 0;
}

// Writes beside the file and renames, so that a crash leaves the old one or the new one.
Result<void> replace_file(const std::filesystem::path& file, BIO* content, mode_t mode) {
  char* bytes = nullptr;
  const auto size = BIO_get_mem_data(content, &bytes);
  const std::filesystem::path beside = file.string() + ".new";
  const FileDescriptor fd(::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode));
  if (!fd || fchmod(fd.get(), mode) != 0 || ::write(fd.get(), bytes, static_cast<std::size_t>(size)) != size ||
      fsync(fd.get()) != 0 || ::rename(beside.c_str(), file.c_str()) != 0) {
    return system_error(file);
  }
  return {};
}

}  // namespace

Certificate::Certificate(std::vector<std::shared_ptr<X509>> chain, std::shared_ptr<EVP_PKEY> key)
    : chain_(std::move(chain)), key_(std::move(key)) {}

Result<Certificate> Certificate::load(const std::filesystem::path& chain_file, const std::filesystem::path& key_file) {
  ERR_clear_error();
  QUEQIAO_TRY(const auto chain_bio, open_file(chain_file));
  std::vector<std::shared_ptr<X509>> chain;
  while (X509* next = PEM_read_bio_X509(chain_bio.get(), nullptr, &refuse_password, nullptr)) {
    chain.push_back(own(next));
  }
  const bool is_at_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
  if (chain.empty() || !is_at_end) return invalid(chain_file.string() + " is not a chain of certificates");
  ERR_clear_error();
  QUEQIAO_TRY(const auto key_bio, open_file(key_file));
  auto key = own(PEM_read_bio_PrivateKey(key_bio.get(), nullptr, &refuse_password, nullptr));
  if (!key) return invalid(key_file.string() + " is not a private key without password");
  if (X509_check_private_key(chain.front().get(), key.get()) != 1) {
    return invalid(key_file.string() + " does not belong to " + chain_file.string());
  }
  return Certificate(std::move(chain), std::move(key));
}

Result<Certificate> Certificate::self_signed(const std::string& domain) {
  ERR_clear_error();
  auto key = own(EVP_EC_gen("P-256"));
  auto certificate = own(X509_new());
  if (!key || !certificate || !fill_in(certificate.get(), key.get(), domain)) {
    return invalid("cannot make a certificate for '" + domain + "'");
  }
  return Certificate({std::move(certificate)}, std::move(key));
}

Result<void> Certificate::save(const std::filesystem::path& chain, const std::filesystem::path& key) const {
  const BioPointer key_pem(BIO_new(BIO_s_mem()), &BIO_free);
  const BioPointer chain_pem(BIO_new(BIO_s_mem()), &BIO_free);
  if (PEM_write_bio_PrivateKey(key_pem.get(), key_.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1) {
    return invalid("cannot write the key");
  }
  for (const auto& certificate : chain_) {
    if (PEM_write_bio_X509(chain_pem.get(), certificate.get()) != 1) return invalid("cannot write the certificate");
  }
  QUEQIAO_CHECK(replace_file(key, key_pem.get(), 0600));
  return replace_file(chain, chain_pem.get(), 0644);
}

WallTime Certificate::expires() const {
  std::tm time{};
  ASN1_TIME_to_tm(X509_get0_notAfter(leaf()), &time);
  return std::chrono::time_point_cast<WallTime::duration>(std::chrono::system_clock::from_time_t(timegm(&time)));
}

bool Certificate::is_valid_for(const std::string& domain) const {
  return X509_check_host(leaf(), domain.data(), domain.size(), X509_CHECK_FLAG_NEVER_CHECK_SUBJECT, nullptr) == 1;
}

CertificateFiles::CertificateFiles(std::filesystem::path chain, std::filesystem::path key)
    : chain_(std::move(chain)), key_(std::move(key)) {}

Result<Certificate> CertificateFiles::load() {
  loaded_ = times();  // before reading: a change in between is seen as one
  return Certificate::load(chain_, key_);
}

bool CertificateFiles::have_changed() const {
  return times() != loaded_;
}

CertificateFiles::Times CertificateFiles::times() const {
  std::error_code ignored;  // a file that is not there has the least time
  return {std::filesystem::last_write_time(chain_, ignored), std::filesystem::last_write_time(key_, ignored)};
}

std::string end_point_hash(X509* certificate) {
  int hash_nid = NID_undef;
  X509_get_signature_info(certificate, &hash_nid, nullptr, nullptr, nullptr);
  if (hash_nid == NID_md5 || hash_nid == NID_sha1) hash_nid = NID_sha256;
  const EVP_MD* hash = hash_nid == NID_undef ? nullptr : EVP_get_digestbynid(hash_nid);
  unsigned char bytes[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  if (!hash || X509_digest(certificate, hash, bytes, &size) != 1) return {};
  return {reinterpret_cast<const char*>(bytes), size};
}

}  // namespace queqiao::net
