#include "secrets.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

#include "base/crypto.h"
#include "base/log.h"
#include "base/text.h"
#include "net/file_descriptor.h"

namespace queqiao::daemon {
namespace {

std::string read_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// Beside it and renamed, so that a crash leaves no half of it.
Result<void> write_file(const std::filesystem::path& file, std::string_view content) {
  const auto beside = file.string() + ".new";
  const net::FileDescriptor fd(::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
  if (!fd || ::write(fd.get(), content.data(), content.size()) != static_cast<ssize_t>(content.size()) ||
      ::fsync(fd.get()) != 0 || ::rename(beside.c_str(), file.c_str()) != 0) {
    return Error{ErrorCode::io, "cannot write " + file.string() + ": " + std::strerror(errno)};
  }
  return {};
}

}  // namespace

Result<void> ensure_data_dir(const Settings& settings) {
  const auto& dir = settings.data_dir;
  std::error_code error;
  if (std::filesystem::create_directories(dir, error)) {
    std::filesystem::permissions(dir, std::filesystem::perms::owner_all, error);
  }
  if (error) return Error{ErrorCode::io, "cannot make " + dir.string() + ": " + error.message()};
  const auto file = dir / "domain";
  const auto domain = read_file(file);
  const auto wanted = settings.server.domain + '\n';
  if (domain.empty()) return write_file(file, wanted);
  if (domain == wanted) return {};
  return Error{ErrorCode::conflict, dir.string() + " belongs to the domain " + std::string(trim(domain)) + ", not to " +
                                        settings.server.domain + "; see 'domain' in docs/operations.md"};
}

Result<CertificatePaths> ensure_certificate(const Settings& settings) {
  const bool is_own = settings.certificate.empty();
  CertificatePaths paths{is_own ? settings.data_dir / "certificate.pem" : settings.certificate,
                         settings.certificate_key.empty() ? settings.data_dir / "key.pem" : settings.certificate_key};
  if (!is_own || std::filesystem::exists(paths.chain)) return paths;
  QUEQIAO_TRY(const auto certificate, net::Certificate::self_signed(settings.server.domain));
  QUEQIAO_CHECK(certificate.save(paths.chain, paths.key));
  log::info("made a self-signed certificate for {} in {}; put a better one there when you have it",
            settings.server.domain, paths.chain.string());
  return paths;
}

Result<std::string> ensure_secret(const Settings& settings) {
  constexpr std::size_t size = 32;
  const auto file = settings.data_dir / "secret";
  auto secret = read_file(file);
  if (secret.size() == size) return secret;
  secret = random_bytes(size);
  QUEQIAO_CHECK(write_file(file, secret));
  return secret;
}

}  // namespace queqiao::daemon
