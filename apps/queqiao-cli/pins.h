#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace queqiao::cli {

// The certificates that were trusted at first use: a text file with one "domain fingerprint" a line. Only its owner may
// read it.
class Pins {
 public:
  explicit Pins(std::filesystem::path file);

  std::optional<std::string> find(std::string_view domain) const;  // hexadecimal, lower case
  Result<void> add(std::string_view domain, std::string_view fingerprint);

 private:
  std::filesystem::path file_;
  std::map<std::string, std::string, std::less<>> fingerprints_;
};

}  // namespace queqiao::cli
