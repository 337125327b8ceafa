#include "storage/sqlite/backup.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "storage/sqlite/file_check.h"
#include "storage/sqlite/statement.h"

namespace queqiao::storage::sqlite {
namespace {

namespace fs = std::filesystem;

Error system_failure(const fs::path& path) {
  const auto code = errno == ENOSPC || errno == EDQUOT ? ErrorCode::no_space : ErrorCode::io;
  return {code, "cannot write " + path.string() + ": " + std::strerror(errno)};
}

Result<void> sync(const fs::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return system_failure(path);
  const bool is_synced = ::fsync(descriptor) == 0;
  ::close(descriptor);
  return is_synced ? Result<void>() : system_failure(path);
}

Result<void> write_copy(Connection& connection, const fs::path& file) {
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (descriptor < 0) return system_failure(file);
  ::close(descriptor);
  const std::string name = file.string();
  connection.execute("PRAGMA query_only=OFF");  // VACUUM INTO counts as writing, to the copy
  Statement(connection, "VACUUM INTO ?").run(name);
  QUEQIAO_CHECK(connection.outcome());
  QUEQIAO_TRY(auto copy, Connection::open(file, Connection::Mode::read_only));
  QUEQIAO_CHECK(check_all(copy));
  return sync(file);
}

}  // namespace

Result<void> copy_to(Connection& connection, const fs::path& file) {
  std::error_code ignored;
  if (fs::exists(file, ignored)) return Error{ErrorCode::conflict, file.string() + " exists"};
  auto unfinished = file;
  unfinished += ".unfinished";
  auto outcome = write_copy(connection, unfinished);
  if (outcome && ::rename(unfinished.c_str(), file.c_str()) != 0) outcome = system_failure(file);
  if (!outcome) {
    fs::remove(unfinished, ignored);
    return outcome;
  }
  return sync(file.has_parent_path() ? file.parent_path() : fs::path("."));
}

}  // namespace queqiao::storage::sqlite
