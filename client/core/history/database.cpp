#include "client/core/history/database.h"

#include <QLoggingCategory>
#include <QSqlError>
#include <QUuid>
#include <chrono>

#include "client/core/history/schema.h"

namespace queqiao::client {
namespace {

Q_LOGGING_CATEGORY(log_history, "queqiao.history")

constexpr std::chrono::milliseconds longest_wait{30};  // for another program that writes to the file

Error failure(const QSqlError& error) {
  return Error{ErrorCode::io, error.text().toStdString()};
}

// Qt binds a null string as NULL, which our columns, all NOT NULL, refuse: the same text without letters is meant.
QVariant not_null(const QVariant& value) {
  if (value.typeId() == QMetaType::QString && value.toString().isNull()) return QStringLiteral("");
  if (value.typeId() == QMetaType::QByteArray && value.toByteArray().isNull()) return QByteArray("");
  return value;
}

}  // namespace

Result<std::unique_ptr<Database>> Database::open(const QString& path) {
  std::unique_ptr<Database> database(new Database);
  QUEQIAO_CHECK(database->prepare(path));
  return database;
}

Result<void> Database::prepare(const QString& path) {
  name_ = QUuid::createUuid().toString();
  database_ = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name_);
  database_.setDatabaseName(path);
  database_.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=1000"));
  if (!database_.open()) return failure(database_.lastError());
  // With the write-ahead log a commit survives the end of the program without waiting for the disk.
  for (const auto* pragma : {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=NORMAL", "PRAGMA cache_size=-8192",
                             "PRAGMA temp_store=MEMORY", "PRAGMA journal_size_limit=16777216"}) {
    QUEQIAO_CHECK(execute(QString::fromLatin1(pragma)));
  }
  QSqlQuery version(database_);
  if (!version.exec(QStringLiteral("PRAGMA user_version")) || !version.next()) return failure(version.lastError());
  const auto present = version.value(0).toInt();
  version.finish();
  const auto& migrations = history_migrations();
  if (present > migrations.size()) {
    return Error{ErrorCode::invalid, "The history was written by a newer version of this program."};
  }
  for (auto number = present; number < migrations.size(); ++number) {
    if (!database_.transaction()) return failure(database_.lastError());
    for (const auto& statement : migrations[number]) QUEQIAO_CHECK(execute(statement));
    QUEQIAO_CHECK(execute(QStringLiteral("PRAGMA user_version=%1").arg(number + 1)));
    if (!database_.commit()) return failure(database_.lastError());
  }
  // From now on it is the GUI that stands still while another program holds the file; who writes tries again later.
  return execute(QStringLiteral("PRAGMA busy_timeout=%1").arg(longest_wait.count()));
}

Database::~Database() {
  statements_.clear();
  database_.close();
  database_ = {};
  QSqlDatabase::removeDatabase(name_);
}

Result<void> Database::execute(const QString& sql) {
  QSqlQuery query(database_);
  if (!query.exec(sql)) return failure(query.lastError());
  return {};
}

QSqlQuery& Database::prepared(const char* sql) {
  auto& statement = statements_[sql];
  if (!statement) {
    statement = std::make_unique<QSqlQuery>(database_);
    statement->setForwardOnly(true);
    if (!statement->prepare(QString::fromUtf8(sql))) note_failure(*statement);
  }
  return *statement;
}

void Database::note_failure(const QSqlQuery& query) {
  has_failed_ = true;
  qCWarning(log_history) << query.lastError().text() << query.lastQuery();
}

Rows Database::run(const char* sql, std::initializer_list<QVariant> values) {
  auto& query = prepared(sql);
  int place = 0;
  for (const auto& value : values) query.bindValue(place++, not_null(value));
  if (!is_in_transaction_ || !has_failed_) execute(query);
  return Rows(query);
}

void Database::execute(QSqlQuery& query) {
  if (!query.exec()) note_failure(query);
  if (const auto id = query.lastInsertId(); id.isValid()) last_id_ = id.toLongLong();
}

void Database::begin(Durability durability) {
  has_failed_ = false;
  run(durability == Durability::power ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL");
  run("BEGIN IMMEDIATE");
  is_in_transaction_ = true;
}

bool Database::commit() {
  if (!has_failed_) run("COMMIT");
  is_in_transaction_ = false;
  const bool is_stored = !has_failed_;
  if (!is_stored) run("ROLLBACK");
  return is_stored;
}

}  // namespace queqiao::client
