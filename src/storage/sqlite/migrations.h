#pragma once

#include "base/result.h"
#include "storage/sqlite/connection.h"

namespace queqiao::storage::sqlite {

// The newest schema that this build knows.
int newest_schema();

// Brings the data file to newest_schema(), each step in a transaction of its own, so that an interrupted one is done
// again. unavailable: a newer build has written the file; we cannot know what its tables mean.
Result<void> migrate(Connection& connection);

}  // namespace queqiao::storage::sqlite
