#include "secrets.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

#include "base/crypto.h"
#include "base/log.h"

namespace queqiao::daemon {

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
  std::ifstream in(file, std::ios::binary);
  std::string secret{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (secret.size() == size) return secret;
  secret = random_bytes(size);
  const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  const bool is_written = fd >= 0 && ::write(fd, secret.data(), size) == static_cast<ssize_t>(size) && ::fsync(fd) == 0;
  const int reason = errno;
  if (fd >= 0) ::close(fd);
  if (!is_written) return Error{ErrorCode::io, "cannot write " + file.string() + ": " + std::strerror(reason)};
  return secret;
}

}  // namespace queqiao::daemon
