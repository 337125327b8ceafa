#pragma once

#include <filesystem>

#include "base/result.h"
#include "settings.h"

namespace queqiao::daemon {

// Reads a TOML file into `settings`: the whole check of a file. On failure the message names file, line, key and what
// is allowed.
Result<void> read_config_file(const std::filesystem::path& file, Settings& settings);

}  // namespace queqiao::daemon
