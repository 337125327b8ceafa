#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/result.h"

namespace queqiao::ctl {

// Asks the server of `data_dir` and waits for its answer. not_found: no server is there. invalid: it refused, the
// message says why. io: it went away without an answer.
Result<nlohmann::json> ask_server(const std::filesystem::path& data_dir, const nlohmann::json& request);

}  // namespace queqiao::ctl
