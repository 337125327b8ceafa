#include "server/free_space.h"

#include <gtest/gtest.h>

#include <thread>

#include "test_loop.h"

namespace queqiao::server::testing {
namespace {

struct DiskSpace : ::testing::Test {
  TestLoop loop;
  Worker worker;
  FreeSpace space{loop, worker};
  std::filesystem::path folder = std::filesystem::temp_directory_path();

  void settle() {
    do {
      while (!worker.is_idle()) std::this_thread::yield();
    } while (loop.run_turn());
  }
};

TEST_F(DiskSpace, TheShardsThreadDoesNotAskTheDisk) {
  std::optional<std::uint64_t> found;
  space.of(folder, [&](auto bytes) { found = bytes; });
  EXPECT_FALSE(found) << "the answer comes from the worker";
  settle();
  ASSERT_TRUE(found);
  EXPECT_GT(*found, 0u);
}

TEST_F(DiskSpace, WhatIsKnownIsGoodForSomeSeconds) {
  int answers = 0;
  for (int i = 0; i < 3; ++i) space.of(folder, [&](auto) { ++answers; });
  settle();
  EXPECT_EQ(answers, 3);
  space.of(folder, [&](auto) { ++answers; });
  EXPECT_EQ(answers, 4) << "at once";
  loop.advance(std::chrono::seconds(5));
  space.of(folder, [&](auto) { ++answers; });
  EXPECT_EQ(answers, 4);
  settle();
  EXPECT_EQ(answers, 5);
}

TEST_F(DiskSpace, AFolderThatIsNotThereIsUnknown) {
  std::optional<std::uint64_t> found = 1;
  space.of("/nonexistent/folder", [&](auto bytes) { found = bytes; });
  settle();
  EXPECT_FALSE(found);
}

}  // namespace
}  // namespace queqiao::server::testing
