#include "storage/sqlite/file_check.h"

#include <array>

#include "storage/sqlite/statement.h"

namespace queqiao::storage::sqlite {
namespace {

struct Table {
  const char* first;
  const char* last;
};

#define BOTH_ENDS(table, key)                                                                                   \
  Table {                                                                                                       \
    "SELECT * FROM " table " ORDER BY " key " LIMIT 1", "SELECT * FROM " table " ORDER BY " key " DESC LIMIT 1" \
  }

constexpr std::array tables = {
    BOTH_ENDS("state", "name"),
    BOTH_ENDS("account", "id"),
    BOTH_ENDS("account", "name"),
    BOTH_ENDS("number_run", "first"),
    Table{"SELECT * FROM contact ORDER BY account, jid LIMIT 1",
          "SELECT * FROM contact ORDER BY account DESC, jid DESC LIMIT 1"},
    Table{"SELECT * FROM user_value ORDER BY account, kind, key LIMIT 1",
          "SELECT * FROM user_value ORDER BY account DESC, kind DESC, key DESC LIMIT 1"},
    BOTH_ENDS("served", "account"),
    BOTH_ENDS("peer", "id"),
    BOTH_ENDS("message", "id"),
    Table{"SELECT * FROM archive ORDER BY owner, id LIMIT 1",
          "SELECT * FROM archive ORDER BY owner DESC, id DESC LIMIT 1"},
};

#undef BOTH_ENDS

}  // namespace

Result<void> check_edges(Connection& connection) {
  for (const auto& table : tables) {
    for (const char* sql : {table.first, table.last}) Statement(connection, sql).run();
  }
  return connection.outcome();
}

Result<void> check_all(Connection& connection) {
  Statement check(connection, "PRAGMA quick_check(1)");
  std::string report = "ok";
  {
    Rows rows = check.query();
    if (rows.next()) report = rows.bytes(0);
  }
  QUEQIAO_CHECK(connection.outcome());
  if (report != "ok") return Error{ErrorCode::corrupt, report};
  return {};
}

}  // namespace queqiao::storage::sqlite
