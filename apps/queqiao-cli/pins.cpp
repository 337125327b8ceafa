#include "pins.h"

#include <fstream>
#include <utility>

namespace queqiao::cli {

namespace fs = std::filesystem;

Pins::Pins(fs::path file) : file_(std::move(file)) {
  std::ifstream in(file_);
  std::string domain, fingerprint;
  while (in >> domain >> fingerprint) fingerprints_.insert_or_assign(domain, fingerprint);
}

std::optional<std::string> Pins::find(std::string_view domain) const {
  const auto place = fingerprints_.find(domain);
  if (place == fingerprints_.end()) return std::nullopt;
  return place->second;
}

Result<void> Pins::add(std::string_view domain, std::string_view fingerprint) {
  fingerprints_.insert_or_assign(std::string(domain), std::string(fingerprint));
  std::error_code error;
  fs::create_directories(file_.parent_path(), error);
  // Written aside and renamed, so that a crash leaves either the old pins or the new ones.
  auto aside = file_;
  aside += ".new";
  std::ofstream out(aside, std::ios::trunc);
  fs::permissions(aside, fs::perms::owner_read | fs::perms::owner_write, error);
  for (const auto& [name, pin] : fingerprints_) out << name << ' ' << pin << '\n';
  out.close();
  if (!out) return Error{ErrorCode::io, file_.string() + " cannot be written"};
  fs::rename(aside, file_, error);
  if (error) return Error{ErrorCode::io, file_.string() + ": " + error.message()};
  return {};
}

}  // namespace queqiao::cli
