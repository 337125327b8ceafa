#include "storage/sqlite/pragmas.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace queqiao::storage::sqlite {
namespace {

Result<void> make_file(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) {
    const auto code = errno == ENOSPC || errno == EDQUOT ? ErrorCode::no_space : ErrorCode::unavailable;
    return Error{code, fmt::format("cannot open {} for writing: {}", file.string(), std::strerror(errno))};
  }
  ::close(descriptor);
  return {};
}

constexpr std::uint64_t removal_bytes = 32 << 20;

void limit_pages(Connection& connection, const Options& options, std::uint64_t bytes) {
  connection.execute(fmt::format("PRAGMA max_page_count={}", bytes / options.page_bytes));
}

}  // namespace

void limit_file(Connection& connection, const Options& options) {
  if (options.max_file_bytes != 0) limit_pages(connection, options, options.max_file_bytes);
}

void relax_file_limit(Connection& connection, const Options& options) {
  if (options.max_file_bytes != 0) limit_pages(connection, options, options.max_file_bytes + removal_bytes);
}

Result<Connection> open_writer(const Options& options) {
  QUEQIAO_CHECK(make_file(options.file));
  QUEQIAO_TRY(auto connection, Connection::open(options.file, Connection::Mode::read_write));
  // The first two take effect on an empty file only, and only before the journal mode is set.
  connection.execute(fmt::format("PRAGMA page_size={}", options.page_bytes));
  connection.execute("PRAGMA auto_vacuum=INCREMENTAL");
  connection.execute("PRAGMA journal_mode=WAL");
  connection.execute(options.durability == Durability::full ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL");
  connection.execute(fmt::format("PRAGMA cache_size=-{}", options.writer_cache_bytes / 1024));
  connection.execute(fmt::format("PRAGMA journal_size_limit={}", options.wal_bytes));
  connection.execute("PRAGMA wal_autocheckpoint=0");  // the writer does it, see Writer::checkpoint_if_large()
  connection.execute("PRAGMA secure_delete=FAST");    // what was removed does not stay readable in the file
  connection.execute("PRAGMA temp_store=MEMORY");
  sqlite3_limit(connection.handle(), SQLITE_LIMIT_LENGTH, static_cast<int>(options.max_value_bytes));
  limit_file(connection, options);
  if (auto failure = connection.take_failure()) {
    return Error{failure->code, fmt::format("cannot open {}: {}", options.file.string(), failure->message)};
  }
  return connection;
}

// No mmap: a disk that fails below a mapping kills the process, below pread it is an error.
Result<Connection> open_reader(const Options& options) {
  QUEQIAO_TRY(auto connection, Connection::open(options.file, Connection::Mode::read_only));
  connection.execute(fmt::format("PRAGMA cache_size=-{}", options.reader_cache_bytes / 1024));
  connection.execute("PRAGMA temp_store=MEMORY");
  if (auto failure = connection.take_failure()) return *std::move(failure);
  return connection;
}

}  // namespace queqiao::storage::sqlite
