#pragma once

#include "storage/sqlite/connection.h"
#include "storage/sqlite/options.h"

namespace queqiao::storage::sqlite {

// Connections with the settings that the store relies on. open_writer makes the file when it is missing, readable for
// its owner alone: it holds the keys of all accounts.
Result<Connection> open_writer(const Options& options);
Result<Connection> open_reader(const Options& options);

// No write of a user may make the file larger than options.max_file_bytes. Removing what is old may, by a little: it
// needs some room before it makes any.
void limit_file(Connection& connection, const Options& options);
void relax_file_limit(Connection& connection, const Options& options);

}  // namespace queqiao::storage::sqlite
