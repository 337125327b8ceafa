#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

struct sqlite3;

namespace queqiao::storage::sqlite {

// One connection to the data file; one thread at a time uses it (interrupt() excepted). A failure of SQLite is kept
// here until somebody takes it, so that a sequence of statements reads as one and is judged once, at its end. While a
// failure is kept, statements do nothing.
class Connection {
 public:
  enum class Mode { read_write, read_only };

  static Result<Connection> open(const std::filesystem::path& file, Mode mode);
  Connection(Connection&& other) noexcept;
  Connection(const Connection&) = delete;
  ~Connection();

  sqlite3* handle() const { return handle_; }
  // For statements that are used once: pragmas, the schema. True when it worked.
  bool execute(const std::string& sql);
  // The first value of the first row; 0 without one.
  std::int64_t number(const std::string& sql);

  bool has_failed() const { return failure_.has_value(); }
  // Takes note of what the last call of SQLite on this connection returned, when it is a failure.
  void fail(int code);
  std::optional<Error> take_failure();
  // The failure kept, or success.
  Result<void> outcome();

  bool is_in_transaction() const;
  void interrupt();  // makes a running statement fail; any thread

 private:
  explicit Connection(sqlite3* handle) : handle_(handle) {}

  sqlite3* handle_;
  std::optional<Error> failure_;
};

Error make_error(int code, int system_error, std::string_view message);

// A transaction that is rolled back unless it is committed.
class Transaction {
 public:
  enum class Kind { read, write };

  Transaction(Connection& connection, Kind kind);
  Transaction(const Transaction&) = delete;
  ~Transaction();
  // On success everything since the constructor is as durable as the connection's settings make it.
  Result<void> commit();

 private:
  Connection& connection_;
};

}  // namespace queqiao::storage::sqlite
