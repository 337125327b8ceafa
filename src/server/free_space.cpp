#include "server/free_space.h"

#include <system_error>
#include <utility>

namespace queqiao::server {

void FreeSpace::of(const std::filesystem::path& folder, Known then) {
  if (measured_ && loop_.now() - *measured_ < good_for) return then(bytes_);
  waiting_.push_back(std::move(then));
  if (waiting_.size() > 1) return;
  const bool is_taken = worker_.run([this, folder] {
    std::error_code unknown;
    const auto disk = std::filesystem::space(folder, unknown);
    const auto bytes = unknown ? std::nullopt : std::optional<std::uint64_t>(disk.available);
    loop_.post([this, bytes] { measured(bytes); });
  });
  if (!is_taken) measured(std::nullopt);
}

void FreeSpace::measured(std::optional<std::uint64_t> bytes) {
  bytes_ = bytes;
  measured_ = loop_.now();
  for (auto& then : std::exchange(waiting_, {})) then(bytes_);
}

}  // namespace queqiao::server
