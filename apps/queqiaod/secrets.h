#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"
#include "net/certificate.h"
#include "settings.h"

namespace queqiao::daemon {

// Makes the data directory when it is missing, for our user alone: conversations are in it. Refuses one of another
// domain, whose accounts would have other addresses than people know.
Result<void> ensure_data_dir(const Settings& settings);

// The certificate that the settings name, or data_dir's own, which is made self-signed when it is missing.
struct CertificatePaths {
  std::filesystem::path chain, key;
};
Result<CertificatePaths> ensure_certificate(const Settings& settings);

// 32 random bytes of data_dir/secret, made when they are missing. With them what is made up for users that do not exist
// stays the same over restarts (xmpp/sasl/scram_keys.h).
Result<std::string> ensure_secret(const Settings& settings);

}  // namespace queqiao::daemon
