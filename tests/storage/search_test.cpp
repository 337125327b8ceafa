#include <algorithm>

#include "storage/sqlite/connection.h"
#include "storage/sqlite/search_index.h"
#include "tests/storage/store_fixture.h"

namespace queqiao::storage {
namespace {

class ArchiveSearch : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    for (const char* user : {"juliet", "romeo", "nurse"}) ASSERT_TRUE(ask().create(user));
  }
  ArchiveId send(const User& from, const User& to, const std::string& body) {
    clock_.set(++second_ * 1'000'000);
    return *ask().append(message(from, to, body, second_ * 1'000'000));
  }
  std::vector<std::string> found(const User& owner, const std::string& text, ArchiveQuery query = {}) {
    query.text = text;
    return bodies(*ask().query(owner, query));
  }
  static std::vector<std::string> bodies(const ArchivePage& page) {
    std::vector<std::string> all;
    for (const auto& message : page.messages) {
      const auto begin = message.stanza->find("<body>") + 6;
      all.push_back(message.stanza->substr(begin, message.stanza->find('<', begin) - begin));
    }
    return all;
  }
  std::int64_t second_ = 0;
};
QUEQIAO_FOR_EVERY_STORE(ArchiveSearch);
using Bodies = std::vector<std::string>;

TEST_P(ArchiveSearch, FindsWordsWhateverTheirCaseInBothArchives) {
  send("romeo", "juliet", "But soft, what LIGHT through yonder window breaks?");
  send("juliet", "romeo", "O Romeo");
  EXPECT_EQ(found("juliet", "light WINDOW").size(), 1u);
  EXPECT_EQ(found("romeo", "light").size(), 1u);
  EXPECT_TRUE(found("juliet", "light romeo").empty()) << "all words must be in one message";
  EXPECT_TRUE(found("juliet", "indow").empty());
}

TEST_P(ArchiveSearch, FindsWhatTheLastWordBeginsWith) {
  send("romeo", "juliet", "a wonderful Evening");
  EXPECT_EQ(found("juliet", "wonderful eve"), found("juliet", "evening"));
  EXPECT_EQ(found("juliet", "eve").size(), 1u);
  EXPECT_TRUE(found("juliet", "ven").empty());
}

TEST_P(ArchiveSearch, FindsChineseFromTwoCharactersOn) {
  send("romeo", "juliet", "金风玉露一相逢，便胜却人间无数");
  EXPECT_EQ(found("juliet", "玉露").size(), 1u);
  EXPECT_EQ(found("juliet", "一相逢").size(), 1u);
  EXPECT_TRUE(found("juliet", "玉风").empty());
}

// The terms of a phrase may all be there and not be the phrase.
TEST_P(ArchiveSearch, ARunOfCharactersMustBeThereAsItIs) {
  send("romeo", "juliet", "上海海上");
  send("romeo", "juliet", "海上上海");
  EXPECT_EQ(found("juliet", "上海海"), (Bodies{"上海海上"}));
}

TEST_P(ArchiveSearch, ShowsNobodyTheMessagesOfOthers) {
  send("romeo", "juliet", "secret");
  EXPECT_TRUE(found("nurse", "secret").empty());
  EXPECT_TRUE(found("nobody", "secret").empty());
}

TEST_P(ArchiveSearch, LooksAtBodiesAlone) {
  auto entry = message("romeo", "juliet", "hello");
  entry.stanza = std::make_shared<const std::string>(
      "<message from='romeo@example.org/desk' to='juliet@example.org' id='secret'><subject>secret</subject>"
      "<body>hello</body><x xmlns='urn:x'><body>secret</body></x></message>");
  ASSERT_TRUE(ask().append(entry));
  EXPECT_EQ(found("juliet", "hello").size(), 1u);
  EXPECT_TRUE(found("juliet", "secret").empty());
  EXPECT_TRUE(found("juliet", "body").empty());
}

TEST_P(ArchiveSearch, CombinesWithTheOtherFiltersAndPages) {
  for (int i = 1; i <= 9; ++i) send(i % 3 ? "romeo" : "nurse", "juliet", "tea " + std::to_string(i));
  send("romeo", "juliet", "coffee");
  EXPECT_EQ(found("juliet", "tea", {.with = "nurse@example.org"}), (Bodies{"tea 3", "tea 6", "tea 9"}));
  EXPECT_EQ(found("juliet", "tea", {.start = WallTime(std::chrono::seconds(8))}), (Bodies{"tea 8", "tea 9"}));
  EXPECT_EQ(found("juliet", "tea", {.end = WallTime(std::chrono::seconds(2))}), (Bodies{"tea 1", "tea 2"}));
  ArchiveQuery newest{.is_last_page = true, .limit = 2};
  EXPECT_EQ(found("juliet", "tea", newest), (Bodies{"tea 8", "tea 9"}));
  newest.text = "tea";
  const auto page = *ask().query("juliet", newest);
  EXPECT_FALSE(page.is_complete);
  EXPECT_EQ(found("juliet", "tea", {.page_before = page.messages.front().id, .limit = 2}), (Bodies{"tea 6", "tea 7"}));
  EXPECT_EQ(found("juliet", "tea", {.page_after = page.messages.front().id, .limit = 2}), (Bodies{"tea 9"}));
  ArchiveQuery count{.text = "tea", .limit = 0};
  EXPECT_EQ(ask().query("juliet", count)->count, 9u);
}

TEST_P(ArchiveSearch, AQuestionWithoutWordsFindsNothing) {
  send("romeo", "juliet", "hello");
  for (const auto* text : {"", "?!", "\"", "\"\" OR \"hello"}) EXPECT_TRUE(found("juliet", text).empty()) << text;
}

TEST_P(ArchiveSearch, ANoteToOneselfIsFoundOnce) {
  send("juliet", "juliet", "milk");
  EXPECT_EQ(found("juliet", "milk").size(), 1u);
}

TEST_P(ArchiveSearch, FindsNothingThatExpired) {
  send("romeo", "juliet", "old tea");
  second_ = 1'000'000;
  send("romeo", "juliet", "new tea");
  ASSERT_TRUE(ask().expire({.keep = std::chrono::hours(1)}));
  EXPECT_EQ(found("juliet", "tea"), (Bodies{"new tea"}));
}

TEST_P(ArchiveSearch, WhatOneArchiveHasLostTheOtherStillFinds) {
  send("romeo", "juliet", "tea 1");
  send("nurse", "juliet", "tea 2");
  ASSERT_TRUE(ask().expire({.max_messages_per_user = 1}));
  EXPECT_EQ(found("juliet", "tea"), (Bodies{"tea 2"}));
  EXPECT_EQ(found("romeo", "tea"), (Bodies{"tea 1"}));
}

TEST_P(ArchiveSearch, AnAccountOfTheSameNameFindsNothingOfTheOldOne) {
  send("romeo", "juliet", "secret");
  ASSERT_TRUE(ask().remove("juliet"));
  ASSERT_TRUE(ask().create("juliet"));
  EXPECT_TRUE(found("juliet", "secret").empty());
  EXPECT_EQ(found("romeo", "secret").size(), 1u);
}

class SearchIndexFile : public ::testing::Test {
 protected:
  sqlite::Options options(bool is_searchable = true) {
    sqlite::Options options;
    options.file = folder_.path() / "data.sqlite";
    options.clock = clock_.function();
    options.is_searchable = is_searchable;
    return options;
  }
  void open(bool is_searchable = true) {
    store_.reset();
    auto store = sqlite::SqliteStore::open(options(is_searchable));
    ASSERT_TRUE(store) << store.error().message;
    store_ = *std::move(store);
  }
  Asking ask() { return Asking(*store_, loop_); }
  std::size_t count(const std::string& text) {
    return ask().query("juliet", {.text = text, .limit = 10'000})->messages.size();
  }
  // The database as another program sees it, when the store is closed.
  std::int64_t number(const std::string& sql) {
    auto connection = sqlite::Connection::open(options().file, sqlite::Connection::Mode::read_write);
    const auto value = connection->number(sql);
    EXPECT_FALSE(connection->has_failed());
    return value;
  }
  std::int64_t indexed(const std::string& term) {
    return number("SELECT count(*) FROM message_terms WHERE message_terms MATCH '\"" + term + "\"'");
  }
  // Everything is in the index when it is no longer behind.
  void close_indexed() {
    for (;;) {
      store_.reset();
      if (number("SELECT (SELECT max(id) FROM message)>(SELECT value FROM state WHERE name='searchable_until')") == 0)
        return;
      open();
      ask().find("juliet");
    }
  }

  TemporaryFolder folder_;
  SetClock clock_;
  TestLoop loop_;
  std::unique_ptr<Store> store_;
};

TEST_F(SearchIndexFile, GetsTheMessagesOfBeforeAndAnswersMeanwhile) {
  open(false);
  ASSERT_TRUE(ask().create("juliet"));
  for (int i = 0; i < 500; ++i) {
    ASSERT_TRUE(ask().append(message("", "juliet", i % 2 ? "tea" : "coffee")));
  }
  EXPECT_EQ(count("tea"), 250u) << "without an index it looks through all";
  open();
  EXPECT_EQ(count("tea"), 250u);
  close_indexed();
  EXPECT_EQ(indexed("tea"), 250);
  open();
  EXPECT_EQ(count("tea"), 250u);
}

TEST_F(SearchIndexFile, HasNothingLeftOfWhatIsGone) {
  open();
  for (const char* user : {"juliet", "romeo"}) ASSERT_TRUE(ask().create(user));
  ASSERT_TRUE(ask().append(message("romeo", "juliet", "old secret")));
  ASSERT_TRUE(ask().append(message("romeo", "juliet", "new secret")));
  close_indexed();
  EXPECT_EQ(indexed("secret"), 2);
  open();
  ASSERT_TRUE(ask().expire({.max_messages_per_user = 1}));
  store_.reset();
  EXPECT_EQ(indexed("secret"), 1);
  open();
  ASSERT_TRUE(ask().remove("juliet"));
  ASSERT_TRUE(ask().expire({}));
  EXPECT_EQ(ask().query("romeo", {.text = "secret"})->messages.size(), 1u);
  ASSERT_TRUE(ask().remove("romeo"));
  ASSERT_TRUE(ask().expire({}));
  store_.reset();
  EXPECT_EQ(indexed("secret"), 0);
  EXPECT_EQ(number("SELECT count(*) FROM message"), 0);
}

// The index of before had no beginnings of words. Its entries must not stay either.
TEST_F(SearchIndexFile, OfAnOlderSchemaIsMadeAnew) {
  open();
  ASSERT_TRUE(ask().create("juliet"));
  for (int i = 0; i < 9; ++i) ASSERT_TRUE(ask().append(message("", "juliet", "evening tea")));
  close_indexed();
  {
    auto connection = sqlite::Connection::open(options().file, sqlite::Connection::Mode::read_write);
    connection->execute(
        "DROP TABLE message_terms; UPDATE schema_version SET version=7;"
        "CREATE VIRTUAL TABLE message_terms USING fts5(terms, content='', columnsize=0, detail=none, tokenize='ascii');"
        "INSERT INTO message_terms(rowid, terms) VALUES(1, 'coffee')");
    ASSERT_FALSE(connection->has_failed());
  }
  open();
  EXPECT_EQ(count("eve"), 9u) << "what the index lacks is looked through";
  close_indexed();
  EXPECT_EQ(indexed("evening"), 9);
  EXPECT_EQ(indexed("coffee"), 0);
  EXPECT_EQ(number("SELECT count(*) FROM sqlite_schema WHERE name='message_terms' AND sql LIKE '%prefix%'"), 1);
  open();
  EXPECT_EQ(count("eve"), 9u);
  EXPECT_EQ(count("evenin"), 9u);
}

TEST_F(SearchIndexFile, FindsTheMessagesWithOnePersonWithWordsOrWithout) {
  open();
  for (const char* user : {"juliet", "romeo", "nurse"}) ASSERT_TRUE(ask().create(user));
  ASSERT_TRUE(ask().append(message("romeo", "juliet", "words")));
  for (int i = 0; i < 50; ++i) ASSERT_TRUE(ask().append(message("nurse", "juliet", "more")));
  ASSERT_TRUE(ask().append(message("juliet", "romeo", "")));
  const auto with_romeo = [this] { return ask().query("juliet", {.with = "romeo@example.org"})->messages.size(); };
  EXPECT_EQ(with_romeo(), 2u);
  close_indexed();
  const auto marked = "SELECT count(*) FROM message_terms WHERE message_terms MATCH '\"" +
                      sqlite::owner_mark(number("SELECT id FROM account WHERE name='juliet'"),
                                         number("SELECT id FROM peer WHERE jid='romeo@example.org'")) +
                      "\"'";
  EXPECT_EQ(number(marked), 2);
  open();
  EXPECT_EQ(with_romeo(), 2u);
  EXPECT_EQ(ask().query("juliet", {.with = "nurse@example.org", .is_last_page = true, .limit = 5})->messages.size(),
            5u);
  EXPECT_EQ(ask().query("juliet", {.with = "nobody@example.org"})->messages.size(), 0u);
}

TEST_F(SearchIndexFile, GoesWhenItIsNotWantedAnyMore) {
  open();
  ASSERT_TRUE(ask().create("juliet"));
  ASSERT_TRUE(ask().append(message("", "juliet", "secret")));
  close_indexed();
  open(false);
  store_.reset();
  EXPECT_EQ(indexed("secret"), 0);
  open();
  close_indexed();
  EXPECT_EQ(indexed("secret"), 1);
}

TEST_F(SearchIndexFile, ForgetsTheWordsOfWhatWasTakenBack) {
  open();
  for (const char* user : {"juliet", "romeo"}) ASSERT_TRUE(ask().create(user));
  auto entry = message("romeo", "juliet", "secret");
  entry.origin = 7;
  ASSERT_TRUE(ask().append(entry));
  close_indexed();
  EXPECT_EQ(indexed("secret"), 1);
  open();
  auto taken_back = message("romeo", "juliet", "sorry");
  taken_back.retraction = std::make_shared<Retraction>(
      Retraction{.target = "?", .target_origin = 7, .not_before = {}, .tombstone = "<retracted/>"});
  ASSERT_TRUE(ask().append(taken_back));
  close_indexed();
  EXPECT_EQ(indexed("secret"), 0);
  EXPECT_EQ(indexed("sorry"), 1);
}

}  // namespace
}  // namespace queqiao::storage
