#pragma once

#include <filesystem>

#include "base/result.h"

namespace queqiao::storage::sqlite {

// Keeps a second process from the same data file, by a lock on `<file>.lock` that ends with the process, however it
// ends.
class DataLock {
 public:
  static Result<DataLock> acquire(const std::filesystem::path& data_file);  // conflict: another process has it
  DataLock(DataLock&& other) noexcept;
  DataLock(const DataLock&) = delete;
  ~DataLock();

 private:
  explicit DataLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace queqiao::storage::sqlite
