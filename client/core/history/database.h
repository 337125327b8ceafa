#pragma once

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>
#include <QVariant>
#include <initializer_list>
#include <memory>
#include <string_view>
#include <unordered_map>

#include "base/result.h"

namespace queqiao::client {

// The rows that a statement answers. The statement ends with this object, so that it does not keep the write-ahead log
// from being folded back; the same statement must not run a second time meanwhile.
class Rows {
 public:
  explicit Rows(QSqlQuery& query) : query_(&query) {}
  Rows(Rows&& other) noexcept : query_(std::exchange(other.query_, nullptr)) {}
  Rows& operator=(Rows&&) = delete;
  ~Rows() {
    if (query_) query_->finish();
  }
  bool next() { return query_->next(); }
  QVariant operator[](int column) const { return query_->value(column); }
  qint64 number(int column) const { return query_->value(column).toLongLong(); }
  QString text(int column) const { return query_->value(column).toString(); }
  bool flag(int column) const { return number(column) != 0; }
  int changed() const { return query_->numRowsAffected(); }

 private:
  QSqlQuery* query_;
};

// How long a transaction must last: `process` survives the end of the program, by whatever signal; `power` a power cut.
enum class Durability : quint8 { process, power };

// The SQLite file of one account's history. On the thread that opened it.
class Database {
 public:
  // Opens or makes the file and brings its tables up to date. ":memory:" lasts as long as the object.
  static Result<std::unique_ptr<Database>> open(const QString& path);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // Runs `sql`, a literal, which is kept prepared. A failure (disk full, file damaged) is logged, gives no rows, and
  // makes the transaction that it happens in fail: the rest of that is not run, since SQLite may have ended it already,
  // and each statement would be a transaction of its own then.
  Rows run(const char* sql, std::initializer_list<QVariant> values = {});
  qint64 last_id() const { return last_id_; }  // of the row that was inserted last

  void begin(Durability durability);
  bool commit();  // false: nothing of the transaction has happened

 private:
  Database() = default;
  Result<void> prepare(const QString& path);
  Result<void> execute(const QString& sql);
  QSqlQuery& prepared(const char* sql);
  void execute(QSqlQuery& query);
  void note_failure(const QSqlQuery& query);

  QString name_;  // of the connection
  QSqlDatabase database_;
  std::unordered_map<std::string_view, std::unique_ptr<QSqlQuery>> statements_;
  qint64 last_id_ = 0;
  bool is_in_transaction_ = false;
  bool has_failed_ = false;  // since the transaction began
};

}  // namespace queqiao::client
