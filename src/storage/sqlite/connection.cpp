#include "storage/sqlite/connection.h"

#include <sqlite3.h>

#include <cerrno>
#include <mutex>
#include <utility>

namespace queqiao::storage::sqlite {
namespace {

ErrorCode error_code(int code, int system_error) {
  switch (code & 0xff) {
    case SQLITE_FULL:
      return ErrorCode::no_space;
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_INTERRUPT:
      return ErrorCode::unavailable;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
      return ErrorCode::corrupt;
    case SQLITE_TOOBIG:
    case SQLITE_MISMATCH:
    case SQLITE_CONSTRAINT:
      return ErrorCode::invalid;
    default:
      if (system_error == ENOSPC || system_error == EDQUOT) return ErrorCode::no_space;
      if (system_error == EROFS || system_error == EACCES) return ErrorCode::unavailable;
      return ErrorCode::io;
  }
}

// SQLite counts its memory behind one lock for all threads unless it is told not to before it starts.
void configure_once() {
  static std::once_flag once;
  std::call_once(once, [] { sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); });
}

}  // namespace

Error make_error(int code, int system_error, std::string_view message) {
  return {error_code(code, system_error), std::string(message)};
}

Result<Connection> Connection::open(const std::filesystem::path& file, Mode mode) {
  configure_once();
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (mode == Mode::read_write ? SQLITE_OPEN_CREATE : 0);
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(file.c_str(), &handle, flags, nullptr);
  Connection connection(handle);
  if (code != SQLITE_OK) {
    return make_error(code, sqlite3_system_errno(handle), handle ? sqlite3_errmsg(handle) : "out of memory");
  }
  sqlite3_extended_result_codes(handle, 1);
  sqlite3_busy_timeout(handle, 5000);
  if (mode == Mode::read_only) connection.execute("PRAGMA query_only=ON");
  if (auto failure = connection.take_failure()) return *std::move(failure);
  return connection;
}

Connection::Connection(Connection&& other) noexcept
    : handle_(std::exchange(other.handle_, nullptr)), failure_(std::move(other.failure_)) {}

Connection::~Connection() {
  sqlite3_close_v2(handle_);
}

bool Connection::execute(const std::string& sql) {
  if (has_failed()) return false;
  const int code = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(code);
  return code == SQLITE_OK;
}

std::int64_t Connection::number(const std::string& sql) {
  if (has_failed()) return 0;
  std::int64_t value = 0;
  const auto keep_first = [](void* out, int, char** values, char**) {
    if (values[0]) *static_cast<std::int64_t*>(out) = std::strtoll(values[0], nullptr, 10);
    return 0;
  };
  const int code = sqlite3_exec(handle_, sql.c_str(), keep_first, &value, nullptr);
  if (code != SQLITE_OK) fail(code);
  return value;
}

void Connection::fail(int code) {
  if (!failure_) failure_ = make_error(code, sqlite3_system_errno(handle_), sqlite3_errmsg(handle_));
}

std::optional<Error> Connection::take_failure() {
  return std::exchange(failure_, std::nullopt);
}

Result<void> Connection::outcome() {
  if (auto failure = take_failure()) return *std::move(failure);
  return {};
}

bool Connection::is_in_transaction() const {
  return sqlite3_get_autocommit(handle_) == 0;
}

void Connection::interrupt() {
  sqlite3_interrupt(handle_);
}

Transaction::Transaction(Connection& connection, Kind kind) : connection_(connection) {
  connection_.execute(kind == Kind::write ? "BEGIN IMMEDIATE" : "BEGIN");
}

Transaction::~Transaction() {
  // Some failures (disk full, I/O) have rolled back already.
  if (connection_.is_in_transaction()) sqlite3_exec(connection_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

Result<void> Transaction::commit() {
  connection_.execute("COMMIT");
  return connection_.outcome();
}

}  // namespace queqiao::storage::sqlite
