#include "storage/sqlite/retractions.h"
#include "tests/storage/store_fixture.h"

namespace queqiao::storage {
namespace {

ArchiveEntry with_id(const User& from, const User& to, const std::string& id, std::int64_t second = 1) {
  auto entry = message(from, to, "secret", second * 1'000'000);
  std::string stanza = *entry.stanza;
  stanza.insert(std::string("<message").size(), " id='" + id + "'");
  entry.stanza = std::make_shared<const std::string>(stanza);
  return entry;
}

ArchiveEntry taking_back(const User& from, const User& to, Retraction retraction) {
  auto entry = message(from, to, "sorry");
  retraction.tombstone = "<retracted xmlns='urn:xmpp:message-retract:1'/>";
  entry.retraction = std::make_shared<Retraction>(std::move(retraction));
  return entry;
}

class RetractionOf : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    for (const char* user : {"juliet", "romeo", "nurse"}) ASSERT_TRUE(ask().create(user));
  }
  std::string stanza(const User& owner, std::size_t place) {
    return *ask().query(owner, {.limit = 100})->messages.at(place).stanza;
  }
  const std::string tombstone =
      "<message id='m1' from='romeo@example.org/desk' to='juliet@example.org'>"
      "<retracted xmlns='urn:xmpp:message-retract:1'/></message>";
};
QUEQIAO_FOR_EVERY_STORE(RetractionOf);

TEST_P(RetractionOf, AMessageReplacesItInBothArchives) {
  const auto id = *ask().append(with_id("romeo", "juliet", "m1"));
  ASSERT_TRUE(ask().append(taking_back("romeo", "juliet", {.target = "m1"})));
  for (const char* owner : {"juliet", "romeo"}) {
    EXPECT_EQ(stanza(owner, 0), tombstone);
    EXPECT_NE(stanza(owner, 1).find("sorry"), std::string::npos) << "and is stored itself";
    EXPECT_EQ(ask().query(owner)->messages[0].id, id);
  }
}

TEST_P(RetractionOf, AMessageFindsItByItsArchiveIdAndItsOrigin) {
  const auto id = *ask().append(with_id("romeo", "juliet", "m1"));
  ASSERT_TRUE(ask().append(taking_back("romeo", "juliet", {.target = std::to_string(id)})));
  EXPECT_EQ(stanza("juliet", 0), tombstone);
  auto second = with_id("romeo", "juliet", "m1");
  second.origin = 5;
  ASSERT_TRUE(ask().append(second));
  ASSERT_TRUE(ask().append(taking_back("romeo", "juliet", {.target = "o5", .target_origin = 5})));
  EXPECT_EQ(stanza("juliet", 2), tombstone);
}

TEST_P(RetractionOf, TheNewestOfTheSameIdIsMeant) {
  ASSERT_TRUE(ask().append(with_id("romeo", "juliet", "m1")));
  ASSERT_TRUE(ask().append(with_id("romeo", "juliet", "m1")));
  ASSERT_TRUE(ask().append(taking_back("romeo", "juliet", {.target = "m1"})));
  EXPECT_NE(stanza("juliet", 0), tombstone);
  EXPECT_EQ(stanza("juliet", 1), tombstone);
}

// XEP-0424 5: only from the same bare JID.
TEST_P(RetractionOf, AMessageOfSomebodyElseChangesNothing) {
  ASSERT_TRUE(ask().append(with_id("romeo", "juliet", "m1")));
  ASSERT_TRUE(ask().append(taking_back("nurse", "juliet", {.target = "m1"})));
  ASSERT_TRUE(ask().append(taking_back("juliet", "romeo", {.target = "m1"})));
  ASSERT_TRUE(ask().append(taking_back("romeo", "nurse", {.target = "m1"})));
  EXPECT_NE(stanza("juliet", 0).find("secret"), std::string::npos);
  EXPECT_NE(stanza("romeo", 0).find("secret"), std::string::npos);
}

TEST_P(RetractionOf, AnOldMessageIsRefusedAndNothingIsStored) {
  ASSERT_TRUE(ask().append(with_id("romeo", "juliet", "m1", 10)));
  const auto second = [](int s) { return WallTime(std::chrono::seconds(s)); };
  const auto refused = ask().append(taking_back("romeo", "juliet", {.target = "m1", .not_before = second(11)}));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::invalid);
  EXPECT_EQ(ask().query("juliet")->messages.size(), 1u);
  EXPECT_NE(stanza("juliet", 0).find("secret"), std::string::npos);
  ASSERT_TRUE(ask().append(taking_back("romeo", "juliet", {.target = "m1", .not_before = second(10)})));
  EXPECT_EQ(stanza("juliet", 0), tombstone);
}

TEST_P(RetractionOf, AnUnknownMessageIsAnEntryLikeAnyOther) {
  ASSERT_TRUE(ask().append(taking_back("romeo", "juliet", {.target = "m1"})));
  EXPECT_EQ(ask().query("juliet")->messages.size(), 1u);
}

TEST_P(RetractionOf, AMessageThatOnlyTheRecipientKeepsReplacesItThere) {
  auto kept = with_id("romeo", "juliet", "m1");
  kept.sender.clear();
  kept.is_for_offline = true;
  ASSERT_TRUE(ask().append(kept));
  auto taken_back = taking_back("romeo", "juliet", {.target = "m1"});
  taken_back.sender.clear();
  ASSERT_TRUE(ask().append(taken_back));
  EXPECT_EQ(stanza("juliet", 0), tombstone);
  EXPECT_EQ(*ask().undelivered("juliet", 0, 9).at(0).stanza, tombstone) << "it waits without its content";
}

// What else comes meanwhile is as many messages as a busy group's.
TEST_P(RetractionOf, AMessageIsFoundHoweverManyCameSince) {
  int answered = 0;
  const auto count = [&] { return Reply<ArchiveId>{&loop_, [&](Result<ArchiveId>) { ++answered; }}; };
  constexpr int since = 6'000;
  store_->append(with_id("romeo", "juliet", "m1", 10), count(), {});
  for (int i = 0; i < since; ++i) store_->append(message("nurse", "romeo", "words", 11'000'000), count(), {});
  Retraction retraction{.target = "m1", .not_before = WallTime(std::chrono::seconds(9))};
  store_->append(taking_back("romeo", "juliet", retraction), count(), {});
  loop_.run_until([&] { return answered == since + 2; });
  EXPECT_EQ(stanza("juliet", 0), tombstone);
}

// Both come in one go, before anything is committed.
TEST_P(RetractionOf, AMessageThatIsNotCommittedYetIsFound) {
  int answered = 0;
  const auto count = [&] { return Reply<ArchiveId>{&loop_, [&](Result<ArchiveId>) { ++answered; }}; };
  for (int i = 0; i < 100; ++i) store_->append(with_id("romeo", "juliet", std::to_string(i)), count(), {});
  store_->append(taking_back("romeo", "juliet", {.target = "42"}), count(), {});
  loop_.run_until([&] { return answered == 101; });
  EXPECT_EQ(stanza("juliet", 42).find("secret"), std::string::npos);
  EXPECT_NE(stanza("juliet", 41).find("secret"), std::string::npos);
}

// The writer stores for everybody: what it looks through for one retraction is bounded when nothing else bounds it.
TEST(SqliteRetraction, WithoutALimitOfTimeOnlyTheNewestMessagesAreLookedThrough) {
  using sqlite::Retractions;
  TemporaryFolder folder;
  TestLoop loop;
  sqlite::Options options;
  options.file = folder.path() / "data.sqlite";
  auto store = *sqlite::SqliteStore::open(options);
  Asking ask(*store, loop);
  for (const char* user : {"juliet", "romeo"}) ask.create(user);
  std::size_t answered = 0;
  const auto append = [&](ArchiveEntry entry) {
    store->append(std::move(entry), {&loop, [&](Result<ArchiveId> id) { answered += id ? 1 : 0; }}, {});
  };
  append(with_id("romeo", "juliet", "too far"));
  append(with_id("romeo", "juliet", "just near"));
  for (std::size_t i = 1; i < Retractions::messages_loaded; ++i) append(message("romeo", "juliet", "words"));
  // Each is one more message between the two: the nearer one first.
  append(taking_back("romeo", "juliet", {.target = "just near"}));
  append(taking_back("romeo", "juliet", {.target = "too far"}));
  loop.run_until([&] { return answered == Retractions::messages_loaded + 3; });
  const auto page = ask.query("juliet", {.limit = 2});
  EXPECT_NE(page->messages[0].stanza->find("secret"), std::string::npos);
  EXPECT_NE(page->messages[1].stanza->find("<retracted"), std::string::npos);
}

}  // namespace
}  // namespace queqiao::storage
