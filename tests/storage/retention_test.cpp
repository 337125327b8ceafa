#include "tests/storage/store_fixture.h"

namespace queqiao::storage {
namespace {

class Retention : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    for (const char* user : {"juliet", "romeo", "nurse"}) ASSERT_TRUE(ask().create(user));
  }
  void send(const User& from, const User& to, std::int64_t hour) {
    clock_.set(hour * 3'600'000'000);
    ASSERT_TRUE(ask().append(message(from, to, std::to_string(hour), hour * 3'600'000'000)));
  }
  std::vector<std::string> bodies(const User& owner) {
    std::vector<std::string> found;
    const auto page = *ask().query(owner, {.limit = 10'000});
    for (const auto& stored : page.messages) {
      const auto begin = stored.stanza->find("<body>") + 6;
      found.push_back(stored.stanza->substr(begin, stored.stanza->find('<', begin) - begin));
    }
    return found;
  }
};
QUEQIAO_FOR_EVERY_STORE(Retention);
using Bodies = std::vector<std::string>;

TEST_P(Retention, RemovesWhatIsTooOldFromBothArchives) {
  for (int hour = 1; hour <= 6; ++hour) send("romeo", "juliet", hour);
  clock_.set(7ll * 3'600'000'000);
  EXPECT_EQ(*ask().expire({.keep = std::chrono::hours(3)}), 6u);
  EXPECT_EQ(bodies("juliet"), (Bodies{"4", "5", "6"}));
  EXPECT_EQ(bodies("romeo"), (Bodies{"4", "5", "6"}));
}

TEST_P(Retention, AQuotaKeepsTheNewestOfEachUser) {
  for (int hour = 1; hour <= 4; ++hour) send("romeo", "juliet", hour);
  for (int hour = 5; hour <= 6; ++hour) send("nurse", "juliet", hour);
  EXPECT_EQ(*ask().expire({.max_messages_per_user = 3}), 3u + 1u);
  EXPECT_EQ(bodies("juliet"), (Bodies{"4", "5", "6"}));
  EXPECT_EQ(bodies("romeo"), (Bodies{"2", "3", "4"})) << "what one archive has lost, the other still shows";
  EXPECT_EQ(bodies("nurse"), (Bodies{"5", "6"}));
}

TEST_P(Retention, WithoutAPolicyEverythingStays) {
  send("romeo", "juliet", 1);
  clock_.set(1'000'000ll * 3'600'000'000);
  EXPECT_EQ(*ask().expire({}), 0u);
  EXPECT_EQ(bodies("juliet"), (Bodies{"1"}));
}

TEST_P(Retention, WhatIsQueuedOnlyIsNotShownAndGoesWhenItWasServed) {
  std::vector<ArchiveId> ids;
  for (int hour = 1; hour <= 5; ++hour) {
    auto entry = message("romeo", "juliet", std::to_string(hour));
    entry.is_for_offline = true;
    entry.is_queued_only = hour != 3;  // that one her archive takes
    ids.push_back(*ask().append(entry));
  }
  EXPECT_EQ(bodies("juliet"), (Bodies{"3"}));
  EXPECT_EQ(bodies("romeo").size(), 5u) << "his archive took them all";
  EXPECT_EQ(ask().undelivered("juliet", 0, 10).size(), 5u);
  EXPECT_EQ(*ask().expire({}), 0u) << "nothing was served";
  store_->set_served("juliet", ids[3]);
  // The position is written within a second; until then the next attempt finds it.
  std::uint64_t removed = 0;
  while (removed < 3) removed += *ask().expire({});
  EXPECT_EQ(removed, 3u);
  EXPECT_EQ(ask().undelivered("juliet", 0, 10).size(), 2u);
  EXPECT_EQ(bodies("juliet"), (Bodies{"3"}));
  EXPECT_EQ(bodies("romeo").size(), 5u);
}

TEST_P(Retention, ABorderThatExpiredIsRefused) {
  send("romeo", "juliet", 1);
  const auto id = ask().query("juliet")->messages.at(0).id;
  clock_.set(100ll * 3'600'000'000);
  ask().expire({.keep = std::chrono::hours(1)});
  EXPECT_EQ(ask().query("juliet", {.page_after = id}).error().code, ErrorCode::not_found);
}

TEST_P(Retention, RemovesMoreThanOneStepHolds) {
  int answered = 0;
  const auto count = [&] { return Reply<ArchiveId>{&loop_, [&](Result<ArchiveId>) { ++answered; }}; };
  for (int i = 0; i < 3000; ++i) store_->append(message("romeo", "juliet", std::to_string(i)), count(), {});
  loop_.run_until([&] { return answered == 3000; });
  EXPECT_EQ(*ask().expire({.max_messages_per_user = 10}), 2u * 2990u);
  EXPECT_EQ(bodies("juliet").size(), 10u);
  EXPECT_EQ(bodies("romeo").front(), "2990");
}

TEST_P(Retention, WritesGoOnMeanwhile) {
  for (int hour = 1; hour <= 20; ++hour) send("romeo", "juliet", hour);
  bool is_expired = false;
  store_->expire({.max_messages_per_user = 1}, {&loop_, [&](Result<std::uint64_t>) { is_expired = true; }});
  send("nurse", "juliet", 21);
  loop_.run_until([&] { return is_expired; });
  EXPECT_EQ(bodies("juliet").back(), "21");
}

TEST_P(Retention, ADeletedAccountLeavesTheOthersTheirMessages) {
  for (int hour = 1; hour <= 5; ++hour) send("romeo", "juliet", hour);
  ASSERT_TRUE(ask().remove("juliet"));
  EXPECT_EQ(bodies("romeo").size(), 5u);
  ASSERT_TRUE(ask().remove("romeo"));
  EXPECT_TRUE(ask().create("romeo"));
  EXPECT_TRUE(bodies("romeo").empty());
}

}  // namespace
}  // namespace queqiao::storage
