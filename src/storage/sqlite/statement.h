#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "storage/sqlite/connection.h"

struct sqlite3_stmt;

namespace queqiao::storage::sqlite {

struct Blob {
  std::string_view bytes;
};

// The rows of one run of a statement. The statement can be run again when this is gone.
class Rows {
 public:
  explicit Rows(Connection& connection, sqlite3_stmt* statement) : connection_(connection), statement_(statement) {}
  Rows(const Rows&) = delete;
  ~Rows();

  bool next();  // false at the end and on failure, which the connection keeps
  // Columns of the present row, counted from 0; texts are valid until next().
  std::int64_t integer(int column) const;
  std::uint64_t id(int column) const { return static_cast<std::uint64_t>(integer(column)); }
  bool flag(int column) const { return integer(column) != 0; }
  std::string_view text(int column) const;
  std::string bytes(int column) const;
  std::optional<std::int64_t> optional_integer(int column) const;

 private:
  Connection& connection_;
  sqlite3_stmt* statement_;
};

// SQL that is prepared at its first use and kept. Values are bound without copies, so they must live until the run
// ends.
class Statement {
 public:
  Statement(Connection& connection, const char* sql) : connection_(connection), sql_(sql) {}
  Statement(const Statement&) = delete;
  ~Statement();

  template <class... Values>
  Rows query(const Values&... values) {
    if (prepare()) bind_all(values...);
    return Rows(connection_, statement_);
  }

  // Runs to the end. True when it worked.
  template <class... Values>
  bool run(const Values&... values) {
    Rows rows = query(values...);
    while (rows.next()) {
    }
    return !connection_.has_failed();
  }

  int changes() const;  // rows that the last run changed

 private:
  bool prepare();
  template <class... Values>
  void bind_all(const Values&... values) {
    int index = 0;
    (bind(++index, values), ...);
  }
  void bind(int index, std::int64_t value);
  template <std::integral Number>
  void bind(int index, Number value) {
    bind(index, static_cast<std::int64_t>(value));
  }
  void bind(int index, std::string_view text);
  void bind(int index, const std::string& text) { bind(index, std::string_view(text)); }
  void bind(int index, Blob blob);
  void bind(int index, std::optional<std::int64_t> value);
  void check(int code);

  Connection& connection_;
  const char* sql_;
  sqlite3_stmt* statement_ = nullptr;
};

}  // namespace queqiao::storage::sqlite
