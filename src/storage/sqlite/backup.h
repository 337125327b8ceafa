#pragma once

#include <filesystem>

#include "storage/sqlite/connection.h"

namespace queqiao::storage::sqlite {

// Copies what `connection` sees now to `file`, checks the copy, and gives it its name only then: a file of that name is
// always a whole backup. conflict: it exists.
Result<void> copy_to(Connection& connection, const std::filesystem::path& file);

}  // namespace queqiao::storage::sqlite
