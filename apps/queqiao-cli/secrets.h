#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"

namespace queqiao::cli {

// A password from the first of: `given`, the first line of `file`, the environment variable, and a question on the
// terminal without echo. Errors: not_found, io.
Result<std::string> find_password(const std::string& given, const std::filesystem::path& file, const char* variable,
                                  const char* prompt);

}  // namespace queqiao::cli
