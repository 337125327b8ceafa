#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <random>

#include "base/text.h"
#include "tests/storage/store_fixture.h"

namespace queqiao::storage {
namespace {

// Starts killed_writer, lets it print `lines` ids, kills it, and returns all that it printed.
std::vector<ArchiveId> ids_until_killed(const std::filesystem::path& file, std::size_t lines) {
  int ends[2];
  if (::pipe(ends) != 0) return {};
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    ::close(ends[0]);
    ::execl(QUEQIAO_KILLED_WRITER, "killed_writer", file.c_str(), nullptr);
    ::_exit(127);
  }
  ::close(ends[1]);
  std::string text;
  char buffer[4096];
  bool is_killed = false;
  for (ssize_t size; (size = ::read(ends[0], buffer, sizeof buffer)) > 0;) {
    text.append(buffer, static_cast<std::size_t>(size));
    if (is_killed || std::count(text.begin(), text.end(), '\n') < static_cast<std::ptrdiff_t>(lines)) continue;
    ::kill(child, SIGKILL);
    is_killed = true;
  }
  ::close(ends[0]);
  ::waitpid(child, nullptr, 0);
  text.resize(text.rfind('\n') + 1);  // a last line that the kill cut was not said
  std::vector<ArchiveId> ids;
  for (const auto line : split(text, '\n')) {
    if (const auto id = parse_number<ArchiveId>(line)) ids.push_back(*id);
  }
  return ids;
}

TEST(SqliteStoreCrash, WhatWasAnsweredSurvivesASigkill) {
  std::mt19937 random(std::random_device{}());
  TemporaryFolder folder;
  const auto file = folder.path() / "data.sqlite";
  std::vector<ArchiveId> said;
  for (int round = 0; round < 6; ++round) {
    const auto ids = ids_until_killed(file, 1 + random() % 700);
    ASSERT_FALSE(ids.empty());
    EXPECT_TRUE(said.empty() || ids.front() > said.back()) << "ids go on growing after a crash";
    said.insert(said.end(), ids.begin(), ids.end());

    auto store = sqlite::SqliteStore::open({.file = file});
    ASSERT_TRUE(store) << store.error().message;
    TestLoop loop;
    for (const char* owner : {"juliet", "romeo"}) {
      const auto page = *Asking(**store, loop).query(owner, {.limit = 1'000'000});
      std::vector<ArchiveId> kept;
      for (const auto& message : page.messages) kept.push_back(message.id);
      EXPECT_TRUE(std::is_sorted(kept.begin(), kept.end()));
      EXPECT_EQ(std::adjacent_find(kept.begin(), kept.end()), kept.end());
      EXPECT_TRUE(std::includes(kept.begin(), kept.end(), said.begin(), said.end())) << "of " << owner;
    }
  }
}

}  // namespace
}  // namespace queqiao::storage
