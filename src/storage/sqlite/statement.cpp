#include "storage/sqlite/statement.h"

#include <sqlite3.h>

namespace queqiao::storage::sqlite {

Rows::~Rows() {
  if (statement_) sqlite3_reset(statement_);
}

bool Rows::next() {
  if (connection_.has_failed() || !statement_) return false;
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) connection_.fail(code);
  return false;
}

std::int64_t Rows::integer(int column) const {
  return sqlite3_column_int64(statement_, column);
}

std::string_view Rows::text(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
  return {bytes ? bytes : "", static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

std::string Rows::bytes(int column) const {
  return std::string(text(column));
}

std::optional<std::int64_t> Rows::optional_integer(int column) const {
  if (sqlite3_column_type(statement_, column) == SQLITE_NULL) return std::nullopt;
  return integer(column);
}

Statement::~Statement() {
  sqlite3_finalize(statement_);
}

int Statement::changes() const {
  return sqlite3_changes(connection_.handle());
}

bool Statement::prepare() {
  if (connection_.has_failed()) return false;
  if (statement_) return true;
  check(sqlite3_prepare_v3(connection_.handle(), sql_, -1, SQLITE_PREPARE_PERSISTENT, &statement_, nullptr));
  return statement_ != nullptr;
}

void Statement::bind(int index, std::int64_t value) {
  check(sqlite3_bind_int64(statement_, index, value));
}

void Statement::bind(int index, std::string_view text) {
  // A null pointer would bind NULL.
  check(
      sqlite3_bind_text64(statement_, index, text.data() ? text.data() : "", text.size(), SQLITE_STATIC, SQLITE_UTF8));
}

void Statement::bind(int index, Blob blob) {
  const char* bytes = blob.bytes.data() ? blob.bytes.data() : "";
  check(sqlite3_bind_blob64(statement_, index, bytes, blob.bytes.size(), SQLITE_STATIC));
}

void Statement::bind(int index, std::optional<std::int64_t> value) {
  check(value ? sqlite3_bind_int64(statement_, index, *value) : sqlite3_bind_null(statement_, index));
}

void Statement::check(int code) {
  if (code != SQLITE_OK) connection_.fail(code);
}

}  // namespace queqiao::storage::sqlite
