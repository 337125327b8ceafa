#include "storage/sqlite/data_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace queqiao::storage::sqlite {

Result<DataLock> DataLock::acquire(const std::filesystem::path& data_file) {
  auto path = data_file;
  path += ".lock";
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) {
    const auto code = errno == ENOSPC ? ErrorCode::no_space : ErrorCode::unavailable;
    return Error{code, "cannot open " + path.string() + ": " + std::strerror(errno)};
  }
  DataLock lock(descriptor);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    return Error{ErrorCode::conflict, "another process uses " + data_file.string() + "; stop it first"};
  }
  return lock;
}

DataLock::DataLock(DataLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

DataLock::~DataLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace queqiao::storage::sqlite
