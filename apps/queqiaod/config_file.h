#pragma once

#include <filesystem>

#include "base/result.h"
#include "settings.h"

namespace queqiao::daemon {

// Reads a TOML file into `settings`. On failure the message names file, line, key and what is allowed.
Result<void> read_config_file(const std::filesystem::path& file, Settings& settings);

// The whole check of a file, without using it: what queqiaod would refuse to start with.
Result<void> check_config_file(const std::filesystem::path& file);

}  // namespace queqiao::daemon
