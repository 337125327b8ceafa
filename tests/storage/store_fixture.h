#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>

#include "storage/memory_store.h"
#include "storage/sqlite/sqlite_store.h"
#include "tests/storage/asking.h"

namespace queqiao::storage {

// A folder of the test's own, gone afterwards.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "queqiao-storage-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// A clock that a test sets while a store's thread reads it.
class SetClock {
 public:
  std::function<WallTime()> function() {
    return [this] { return WallTime(std::chrono::microseconds(micros_.load())); };
  }
  void set(std::int64_t micros) { micros_ = micros; }

 private:
  std::atomic<std::int64_t> micros_{1'000'000'000};
};

enum class Kind { memory, sqlite, sqlite_filing };

// What every Store does, whatever is behind it.
class StoreTest : public ::testing::TestWithParam<Kind> {
 protected:
  void SetUp() override {
    if (GetParam() == Kind::memory) {
      store_ = std::make_unique<MemoryStore>(clock_.function());
      return;
    }
    sqlite::Options options;
    options.file = folder_.path() / "data.sqlite";
    options.clock = clock_.function();
    // One kind files its rows after every few messages, so that a page has some that are filed and some that are not.
    options.file_after_messages = GetParam() == Kind::sqlite_filing ? 3 : 100'000;
    auto store = sqlite::SqliteStore::open(options);
    ASSERT_TRUE(store) << store.error().message;
    store_ = *std::move(store);
  }

  TemporaryFolder folder_;
  SetClock clock_;
  TestLoop loop_;
  std::unique_ptr<Store> store_;
  Asking ask() { return Asking(*store_, loop_); }
};

inline std::string name_of(const ::testing::TestParamInfo<Kind>& info) {
  switch (info.param) {
    case Kind::memory:
      return "Memory";
    case Kind::sqlite:
      return "Sqlite";
    default:
      return "SqliteFiling";
  }
}

#define QUEQIAO_FOR_EVERY_STORE(fixture) \
  INSTANTIATE_TEST_SUITE_P(Every, fixture, ::testing::Values(Kind::memory, Kind::sqlite, Kind::sqlite_filing), name_of)

}  // namespace queqiao::storage
