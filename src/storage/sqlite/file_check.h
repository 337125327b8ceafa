#pragma once

#include "storage/sqlite/connection.h"

namespace queqiao::storage::sqlite {

// Reads both ends of every table: finds a file that is cut off or not ours, in a time that does not grow with it.
Result<void> check_edges(Connection& connection);

// SQLite's own check of the whole file: its time grows with the file. corrupt: the message names the first fault.
Result<void> check_all(Connection& connection);

}  // namespace queqiao::storage::sqlite
