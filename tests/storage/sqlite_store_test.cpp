#include "storage/sqlite/sqlite_store.h"

#include <sys/mount.h>

#include <fstream>

#include "storage/sqlite/connection.h"
#include "storage/sqlite/migrations.h"
#include "tests/storage/store_fixture.h"

namespace queqiao::storage::sqlite {
namespace {

class SqliteStoreTest : public ::testing::Test {
 protected:
  SqliteStoreTest() { options_.file = folder_.path() / "data.sqlite"; }

  void open() {
    auto store = SqliteStore::open(options_);
    ASSERT_TRUE(store) << store.error().message;
    store_ = *std::move(store);
  }
  void reopen() {
    store_.reset();
    open();
  }
  Asking ask() { return Asking(*store_, loop_); }
  ErrorCode open_error() {
    auto store = SqliteStore::open(options_);
    EXPECT_FALSE(store);
    if (store) return ErrorCode::io;
    EXPECT_FALSE(store.error().message.empty());
    return store.error().code;
  }
  void create_users() {
    ask().create("romeo");
    ask().create("juliet");
  }

  TemporaryFolder folder_;
  Options options_;
  TestLoop loop_;
  std::unique_ptr<SqliteStore> store_;
};

TEST_F(SqliteStoreTest, MakesAFileThatOnlyItsOwnerReads) {
  open();
  EXPECT_EQ(std::filesystem::status(options_.file).permissions(), std::filesystem::perms(0600));
  EXPECT_EQ(store_->health(), Health::good);
}

TEST_F(SqliteStoreTest, KeepsEverythingOverARestart) {
  open();
  create_users();
  ask().put_item("juliet", {.jid = "romeo@example.org", .groups = {"a", "b"}});
  const auto id = *ask().append(message("romeo", "juliet", "hi", 7));
  store_->set_served("juliet", id);
  reopen();
  const auto record = **ask().load("juliet");
  EXPECT_EQ(record.roster.at(0).groups, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(record.served_position, id);
  EXPECT_EQ(ask().query("juliet")->messages.size(), 1u);
  EXPECT_EQ(store_->health(), Health::good);
}

TEST_F(SqliteStoreTest, IdsGoOnGrowingAfterARestartWithAnEarlierClock) {
  SetClock clock;
  options_.clock = clock.function();
  clock.set(5'000'000'000'000);
  open();
  create_users();
  const auto first = *ask().append(message("romeo", "juliet", "1"));
  clock.set(1000);
  reopen();
  const auto second = *ask().append(message("romeo", "juliet", "2"));
  EXPECT_EQ(second, first + 1);
  ask().expire({.max_messages_per_user = 1});
  clock.set(4'999'000'000'000);
  ask().expire({.keep = std::chrono::hours(1)});
  reopen();
  EXPECT_GT(*ask().append(message("romeo", "juliet", "3")), second) << "though the newest message may be gone";
}

TEST_F(SqliteStoreTest, ASecondStoreOnTheSameFileIsRefused) {
  open();
  EXPECT_EQ(open_error(), ErrorCode::conflict);
  reopen();
}

TEST_F(SqliteStoreTest, ASchemaOfANewerVersionIsRefused) {
  open();
  store_.reset();
  {
    auto connection = Connection::open(options_.file, Connection::Mode::read_write);
    ASSERT_TRUE(connection);
    EXPECT_EQ(connection->number("SELECT version FROM schema_version"), newest_schema());
    connection->execute("UPDATE schema_version SET version=version+1");
  }
  EXPECT_EQ(open_error(), ErrorCode::unavailable);
}

TEST_F(SqliteStoreTest, AFileThatIsNoDatabaseIsCorrupt) {
  std::ofstream(options_.file) << std::string(100'000, 'x');
  EXPECT_EQ(open_error(), ErrorCode::corrupt);
}

TEST_F(SqliteStoreTest, ADamagedPageIsAnErrorAndNotACrash) {
  open();
  create_users();
  for (int i = 0; i < 300; ++i) ask().append(message("romeo", "juliet", std::string(500, 'y')));
  store_.reset();
  const auto size = std::filesystem::file_size(options_.file);
  {
    std::fstream file(options_.file, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(size / 2 / options_.page_bytes * options_.page_bytes));
    file << std::string(10 * options_.page_bytes, '\xee');
  }
  auto store = SqliteStore::open(options_);
  if (!store) {
    EXPECT_EQ(store.error().code, ErrorCode::corrupt);
    return;
  }
  store_ = *std::move(store);
  const auto page = ask().query("juliet", {.limit = 1000});
  ASSERT_FALSE(page);
  EXPECT_EQ(page.error().code, ErrorCode::corrupt);
}

TEST_F(SqliteStoreTest, AFolderThatIsMissingIsUnavailable) {
  options_.file = folder_.path() / "missing" / "data.sqlite";
  EXPECT_EQ(open_error(), ErrorCode::unavailable);
}

TEST_F(SqliteStoreTest, AFullStoreRefusesAndWorksAgainWhenThereIsRoom) {
  options_.max_file_bytes = 80 * options_.page_bytes;
  open();
  create_users();
  std::vector<ArchiveId> answered;
  std::optional<ErrorCode> refused;
  for (int i = 0; i < 2000 && !refused; ++i) {
    const auto id = ask().append(message("romeo", "juliet", std::string(1000, 'x')));
    if (id) answered.push_back(*id);
    if (!id) refused = id.error().code;
  }
  ASSERT_EQ(refused, ErrorCode::no_space);
  EXPECT_EQ(ask().query("juliet", {.limit = 0})->count, answered.size()) << "reading goes on, and nothing is lost";
  ASSERT_TRUE(ask().expire({.max_messages_per_user = 10}));
  EXPECT_TRUE(ask().append(message("romeo", "juliet", "again")));
}

TEST_F(SqliteStoreTest, AFullDiskRefusesAndWorksAgainWhenThereIsRoom) {
  const auto disk = folder_.path() / "disk";
  std::filesystem::create_directory(disk);
  if (::mount("none", disk.c_str(), "tmpfs", 0, "size=2m") != 0) GTEST_SKIP() << "needs the right to mount";
  options_.file = disk / "data.sqlite";
  open();
  create_users();
  const auto ballast = disk / "ballast";
  std::ofstream(ballast) << std::string(1 << 20, 'b');
  std::size_t answered = 0;
  std::optional<ErrorCode> refused;
  for (int i = 0; i < 2000 && !refused; ++i) {
    const auto id = ask().append(message("romeo", "juliet", std::string(5000, 'x')));
    answered += id ? 1 : 0;
    if (!id) refused = id.error().code;
  }
  EXPECT_EQ(refused, ErrorCode::no_space);
  EXPECT_EQ(ask().query("juliet", {.limit = 0})->count, answered);
  std::filesystem::remove(ballast);
  EXPECT_TRUE(ask().append(message("romeo", "juliet", "again")));
  EXPECT_EQ(ask().query("juliet", {.limit = 0})->count, answered + 1);
  store_.reset();
  ::umount(disk.c_str());
}

TEST_F(SqliteStoreTest, AReadOnlyDiskIsUnavailable) {
  const auto disk = folder_.path() / "disk";
  std::filesystem::create_directory(disk);
  if (::mount("none", disk.c_str(), "tmpfs", MS_RDONLY, "size=1m") != 0) GTEST_SKIP() << "needs the right to mount";
  options_.file = disk / "data.sqlite";
  EXPECT_EQ(open_error(), ErrorCode::unavailable);
  ::umount(disk.c_str());
}

TEST_F(SqliteStoreTest, OneWriteThatCannotBeDoneDoesNotFailTheOthers) {
  options_.max_value_bytes = 100'000;
  open();
  create_users();
  std::vector<bool> worked;
  const auto note = [&](auto outcome) { worked.push_back(outcome.has_value()); };
  for (int i = 0; i < 30; ++i) {
    store_->append(message("romeo", "juliet", "x"), {&loop_, note}, {});
    store_->put_data("romeo", "kind", "key", std::string(i == 15 ? 200'000 : 10, 'v'), {&loop_, note});
  }
  loop_.run_until([&] { return worked.size() == 60; });
  EXPECT_EQ(std::count(worked.begin(), worked.end(), false), 1);
  EXPECT_FALSE(worked[31]);
  EXPECT_EQ(ask().query("juliet", {.limit = 0})->count, 30u);
}

TEST_F(SqliteStoreTest, ABatchIsAnsweredWithOnePostALoop) {
  open();
  create_users();
  const auto before = loop_.posts();
  int answered = 0;
  const auto count = [&](Result<ArchiveId>) { ++answered; };
  for (int i = 0; i < 5000; ++i) store_->append(message("romeo", "juliet", "x"), {&loop_, count}, {&loop_, count});
  loop_.run_until([&] { return answered == 10'000; });
  EXPECT_LT(loop_.posts() - before, 2500u);
}

TEST_F(SqliteStoreTest, ABackupIsAWholeStoreAndReplacesNothing) {
  open();
  create_users();
  for (int i = 0; i < 100; ++i) ask().append(message("romeo", "juliet", "x"));
  const auto copy = folder_.path() / "copy.sqlite";
  ASSERT_TRUE(ask().backup(copy));
  EXPECT_EQ(ask().backup(copy).error().code, ErrorCode::conflict);
  store_.reset();
  options_.file = copy;
  open();
  EXPECT_EQ(ask().query("juliet", {.limit = 0})->count, 100u);
}

TEST_F(SqliteStoreTest, ADeletedAccountLeavesNoMessagesBehind) {
  open();
  create_users();
  for (int i = 0; i < 700; ++i) ask().append(message("romeo", "juliet", "secret"));
  ask().remove("romeo");
  ask().remove("juliet");
  reopen();          // the removal goes on where it was
  ask().expire({});  // answered after it
  store_.reset();
  auto connection = Connection::open(options_.file, Connection::Mode::read_write);
  for (const char* table : {"message", "archive"}) {
    EXPECT_EQ(connection->number(std::string("SELECT count(*) FROM ") + table), 0) << table;
  }
}

TEST_F(SqliteStoreTest, WhatIsAskedAfterTheEndIsUnavailable) {
  open();
  create_users();
  store_->stop();
  EXPECT_EQ(ask().append(message("romeo", "juliet", "x")).error().code, ErrorCode::unavailable);
  EXPECT_EQ(ask().create("paris").error().code, ErrorCode::unavailable);
  EXPECT_EQ(ask().find("romeo").error().code, ErrorCode::unavailable);
  EXPECT_EQ(ask().expire({}).error().code, ErrorCode::unavailable);
  EXPECT_EQ(ask().backup(folder_.path() / "copy").error().code, ErrorCode::unavailable);
}

}  // namespace
}  // namespace queqiao::storage::sqlite
