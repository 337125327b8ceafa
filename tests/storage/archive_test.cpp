#include <algorithm>
#include <thread>

#include "tests/storage/store_fixture.h"

namespace queqiao::storage {
namespace {

class Archive : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    for (const char* user : {"juliet", "romeo", "nurse"}) ASSERT_TRUE(ask().create(user));
  }

  // Messages to juliet, one a second from second 1 on: from romeo, but every third from nurse.
  void fill(int count) {
    for (int i = 1; i <= count; ++i) {
      clock_.set(i * 1'000'000 + 500);
      ids_.push_back(*ask().append(message(i % 3 ? "romeo" : "nurse", "juliet", std::to_string(i), i * 1'000'000)));
    }
  }

  // Which messages a page has, by their place in fill(), from 1 on.
  std::vector<int> places(const ArchivePage& page) const {
    std::vector<int> found;
    for (const auto& message : page.messages) {
      found.push_back(static_cast<int>(std::find(ids_.begin(), ids_.end(), message.id) - ids_.begin()) + 1);
    }
    return found;
  }
  ArchivePage page(const ArchiveQuery& query) { return *ask().query("juliet", query); }
  static WallTime second(std::int64_t s) { return WallTime(std::chrono::seconds(s)); }

  std::vector<ArchiveId> ids_;
};
QUEQIAO_FOR_EVERY_STORE(Archive);
using Places = std::vector<int>;

TEST_P(Archive, KeepsAMessageForBothSides) {
  const auto id = *ask().append(message("romeo", "juliet", "hi", 42));
  for (const char* owner : {"romeo", "juliet"}) {
    const auto stored = ask().query(owner)->messages.at(0);
    EXPECT_EQ(stored.id, id);
    EXPECT_EQ(stored.received, WallTime(std::chrono::microseconds(42)));
    EXPECT_EQ(*stored.stanza, *message("romeo", "juliet", "hi").stanza);
    EXPECT_EQ(stored.is_outgoing, owner == std::string("romeo"));
  }
  EXPECT_TRUE(ask().query("nurse")->messages.empty());
}

TEST_P(Archive, AMessageToOneselfIsOneEntry) {
  auto note = message("juliet", "juliet", "milk");
  note.is_for_offline = true;
  note.origin = 9;
  const auto id = *ask().append(note);
  ASSERT_EQ(ask().query("juliet")->messages.size(), 1u);
  EXPECT_TRUE(ask().query("juliet")->messages[0].is_outgoing);
  EXPECT_EQ(ask().query("juliet", {.with = "juliet@example.org"})->messages.size(), 1u);
  EXPECT_EQ(ask().undelivered("juliet", 0, 9).size(), 1u);
  EXPECT_EQ(ask().origins("juliet", 9), (std::vector<std::pair<std::uint64_t, ArchiveId>>{{9, id}}));
}

TEST_P(Archive, AnEntryWithOneOwnerIsInOneArchive) {
  auto from_elsewhere = message("", "juliet", "hi");
  from_elsewhere.sender_jid = "tybalt@elsewhere.example";
  ASSERT_TRUE(ask().append(from_elsewhere));
  auto to_elsewhere = message("juliet", "", "hi");
  to_elsewhere.recipient_jid = "tybalt@elsewhere.example";
  ASSERT_TRUE(ask().append(to_elsewhere));
  EXPECT_EQ(page({.with = "tybalt@elsewhere.example"}).messages.size(), 2u);
}

TEST_P(Archive, IdsAreTheTimeAndGrowEvenWhenTheClockDoesNot) {
  clock_.set(5000);
  const auto first = *ask().append(message("romeo", "juliet", "1"));
  EXPECT_EQ(first, 5000u);
  EXPECT_EQ(*ask().append(message("romeo", "juliet", "2")), first + 1);
  clock_.set(100);
  EXPECT_EQ(*ask().append(message("romeo", "juliet", "3")), first + 2);
  clock_.set(9000);
  EXPECT_EQ(*ask().append(message("romeo", "juliet", "4")), 9000u);
}

TEST_P(Archive, AnswersComeInTheOrderOfIdsAndTheRecipientsFirst) {
  std::vector<std::pair<char, ArchiveId>> heard;
  const auto hear = [&](char side) {
    return Reply<ArchiveId>{&loop_, [&heard, side](Result<ArchiveId> id) { heard.emplace_back(side, *id); }};
  };
  for (int i = 0; i < 50; ++i) store_->append(message("romeo", "juliet", "x"), hear('r'), hear('s'));
  loop_.run_until([&] { return heard.size() == 100; });
  for (std::size_t i = 0; i < heard.size(); i += 2) {
    EXPECT_EQ(heard[i].first, 'r');
    EXPECT_EQ(heard[i + 1].first, 's');
    EXPECT_EQ(heard[i].second, heard[i + 1].second);
    EXPECT_TRUE(i == 0 || heard[i - 1].second < heard[i].second);
  }
}

TEST_P(Archive, AnEntryForNobodyKeepsItsPlaceInTheOrder) {
  std::vector<ArchiveId> heard;
  const auto hear = [&] { return Reply<ArchiveId>{&loop_, [&heard](Result<ArchiveId> id) { heard.push_back(*id); }}; };
  store_->append(message("romeo", "juliet", "1"), hear(), {});
  store_->append(ArchiveEntry{}, hear(), {});
  store_->append(message("romeo", "juliet", "2"), hear(), {});
  loop_.run_until([&] { return heard.size() == 3; });
  EXPECT_NE(heard[0], 0u);
  EXPECT_EQ(heard[1], 0u);
  EXPECT_GT(heard[2], heard[0]);
}

TEST_P(Archive, ASideWithoutAccountDoesNotKeepTheOtherFromItsMessage) {
  const auto answer = ask().append(message("romeo", "ghost", "boo"));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::not_found);
  EXPECT_EQ(ask().query("romeo")->messages.size(), 1u);
}

TEST_P(Archive, WritesOfOneCallerAreAnsweredInTheOrderOfTheCalls) {
  std::string order;
  const auto note = [&](char what) { return [&order, what](auto) { order += what; }; };
  store_->create_account(Account{.user = "paris"}, {&loop_, note('a')});
  store_->append(message("romeo", "paris", "x"), {&loop_, note('b')}, {});
  store_->put_data("paris", "k", "k", "v", {&loop_, note('c')});
  store_->delete_account("paris", {&loop_, note('d')});
  store_->append(message("romeo", "paris", "y"), {&loop_, note('e')}, {});
  loop_.run_until([&] { return order.size() == 5; });
  EXPECT_EQ(order, "abcde");
}

TEST_P(Archive, APageForwardBeginsWithTheOldest) {
  fill(10);
  const auto first = page({.limit = 4});
  EXPECT_EQ(places(first), (Places{1, 2, 3, 4}));
  EXPECT_FALSE(first.is_complete);
  const auto last = page({.page_after = ids_[3], .limit = 6});
  EXPECT_EQ(places(last), (Places{5, 6, 7, 8, 9, 10}));
  EXPECT_TRUE(last.is_complete);
  EXPECT_TRUE(page({.page_after = ids_[9]}).messages.empty());
}

TEST_P(Archive, APageBackwardEndsAtItsBorderAndIsOldestFirst) {
  fill(10);
  const auto last = page({.is_last_page = true, .limit = 3});
  EXPECT_EQ(places(last), (Places{8, 9, 10}));
  EXPECT_FALSE(last.is_complete);
  const auto before = page({.page_before = ids_[7], .limit = 5});
  EXPECT_EQ(places(before), (Places{3, 4, 5, 6, 7}));
  const auto rest = page({.page_before = ids_[2], .limit = 5});
  EXPECT_EQ(places(rest), (Places{1, 2}));
  EXPECT_TRUE(rest.is_complete);
}

TEST_P(Archive, PagesInEitherDirectionCoverEverythingOnce) {
  fill(11);
  for (std::uint32_t limit = 1; limit <= 12; ++limit) {
    Places forward, backward;
    for (ArchiveQuery query{.limit = limit};;) {
      const auto got = page(query);
      for (int place : places(got)) forward.push_back(place);
      if (got.is_complete) break;
      query.page_after = got.messages.back().id;
    }
    for (ArchiveQuery query{.is_last_page = true, .limit = limit};;) {
      const auto got = page(query);
      const auto shown = places(got);
      backward.insert(backward.begin(), shown.begin(), shown.end());
      if (got.is_complete) break;
      query.page_before = got.messages.front().id;
    }
    EXPECT_EQ(forward, (Places{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}));
    EXPECT_EQ(backward, forward);
  }
}

TEST_P(Archive, ABorderThatIsNotInTheArchiveIsRefused) {
  fill(3);
  for (const ArchiveId unknown : {ArchiveId{1}, ids_[2] + 1, ~ArchiveId{0}}) {
    EXPECT_EQ(ask().query("juliet", {.page_after = unknown}).error().code, ErrorCode::not_found);
    EXPECT_EQ(ask().query("juliet", {.page_before = unknown}).error().code, ErrorCode::not_found);
    EXPECT_EQ(ask().query("juliet", {.ids = {ids_[0], unknown}}).error().code, ErrorCode::not_found);
  }
  EXPECT_EQ(ask().query("nurse", {.page_after = ids_[0]}).error().code, ErrorCode::not_found) << "it is not hers";
}

TEST_P(Archive, CountsAndTheFirstIndexSpanAllPages) {
  fill(10);
  const auto middle = page({.page_after = ids_[3], .limit = 2, .wants_count = true});
  EXPECT_EQ(middle.count, 10u);
  EXPECT_EQ(middle.first_index, 4u);
  EXPECT_EQ(page({.with = "nurse@example.org", .page_after = ids_[3], .limit = 1, .wants_count = true}).first_index,
            1u);
  const auto only_count = page({.limit = 0});
  EXPECT_EQ(only_count.count, 10u);
  EXPECT_TRUE(only_count.messages.empty());
  EXPECT_FALSE(only_count.first_index);
  EXPECT_FALSE(page({}).count);
}

TEST_P(Archive, FiltersByTheOtherSide) {
  fill(9);
  EXPECT_EQ(places(page({.with = "nurse@example.org"})), (Places{3, 6, 9}));
  EXPECT_EQ(places(page({.with = "nurse@example.org", .is_last_page = true, .limit = 2})), (Places{6, 9}));
  const auto first = page({.with = "nurse@example.org", .limit = 3, .wants_count = true});
  EXPECT_TRUE(first.is_complete);
  EXPECT_EQ(first.count, 3u);
  EXPECT_TRUE(page({.with = "nobody@example.org"}).messages.empty());
}

TEST_P(Archive, FiltersByTheFullAddressOfTheOtherSide) {
  fill(3);
  ask().append(message("juliet", "romeo", "answer"));
  const std::string romeo = "romeo@example.org";
  EXPECT_EQ(places(page({.with = romeo, .with_full = romeo + "/desk"})), (Places{1, 2})) << "received: from";
  EXPECT_EQ(page({.with = romeo, .with_full = romeo}).messages.size(), 1u) << "sent: to";
  EXPECT_TRUE(page({.with = romeo, .with_full = romeo + "/phone"}).messages.empty());
}

TEST_P(Archive, FiltersByTimeWithBothEndsIncluded) {
  fill(9);
  EXPECT_EQ(places(page({.start = second(3), .end = second(5)})), (Places{3, 4, 5}));
  EXPECT_EQ(places(page({.start = second(8)})), (Places{8, 9}));
  EXPECT_EQ(places(page({.end = second(2)})), (Places{1, 2}));
  const auto last = page({.start = second(2), .end = second(8), .is_last_page = true, .limit = 2, .wants_count = true});
  EXPECT_EQ(places(last), (Places{7, 8}));
  EXPECT_EQ(last.count, 7u);
  EXPECT_EQ(last.first_index, 5u);
  EXPECT_TRUE(page({.start = second(5), .end = second(4)}).messages.empty());
}

TEST_P(Archive, FindsByTimeWhatWasStoredLongAfterItWasReceived) {
  clock_.set(4'000'000'000'000);
  const auto late = *ask().append(message("romeo", "juliet", "late", 1'000'000));
  clock_.set(1);
  const auto early = *ask().append(message("romeo", "juliet", "early", 9'000'000'000'000));
  EXPECT_EQ(page({.start = second(1), .end = second(1)}).messages.at(0).id, late);
  EXPECT_EQ(page({.start = second(9'000'000)}).messages.at(0).id, early);
}

TEST_P(Archive, FiltersByIdsOfOthersWithoutThem) {
  fill(6);
  EXPECT_EQ(places(page({.after_id = ids_[1], .before_id = ids_[4]})), (Places{3, 4}));
  EXPECT_EQ(places(page({.after_id = ids_[1], .before_id = ids_[5], .is_last_page = true, .limit = 2})),
            (Places{4, 5}));
  EXPECT_TRUE(page({.before_id = 0}).messages.empty());
}

TEST_P(Archive, FindsSingleMessagesByTheirIds) {
  fill(6);
  const auto found = page({.ids = {ids_[4], ids_[1], ids_[4]}, .wants_count = true});
  EXPECT_EQ(places(found), (Places{2, 5}));
  EXPECT_EQ(found.count, 2u);
}

TEST_P(Archive, OfNobodyIsEmpty) {
  const auto none = *ask().query("nobody", {.wants_count = true});
  EXPECT_TRUE(none.messages.empty());
  EXPECT_TRUE(none.is_complete);
  EXPECT_EQ(none.count, 0u);
  EXPECT_FALSE(ask().metadata("nobody").first);
}

TEST_P(Archive, MetadataNamesBothEnds) {
  EXPECT_FALSE(ask().metadata("juliet").first);
  fill(7);
  const auto metadata = ask().metadata("juliet");
  EXPECT_EQ(metadata.first->first, ids_.front());
  EXPECT_EQ(metadata.first->second, second(1));
  EXPECT_EQ(metadata.last->first, ids_.back());
  EXPECT_EQ(metadata.last->second, second(7));
}

TEST_P(Archive, UndeliveredAreThoseForOfflineAfterThePosition) {
  for (int i = 1; i <= 8; ++i) {
    clock_.set(i);
    auto entry = message("romeo", "juliet", std::to_string(i));
    entry.is_for_offline = i % 2 == 0;
    ids_.push_back(*ask().append(entry));
  }
  const auto all = ask().undelivered("juliet", 0, 10);
  ASSERT_EQ(all.size(), 4u);
  EXPECT_EQ(all[0].id, ids_[1]);
  EXPECT_EQ(all[3].id, ids_[7]);
  EXPECT_EQ(ask().undelivered("juliet", ids_[3], 1).at(0).id, ids_[5]);
  EXPECT_TRUE(ask().undelivered("juliet", ids_[7], 10).empty());
  EXPECT_TRUE(ask().undelivered("romeo", 0, 10).empty()) << "he sent them";
}

TEST_P(Archive, RecentOriginsAreTheSendersNewestFirst) {
  for (std::uint64_t i = 1; i <= 6; ++i) {
    auto entry = message("romeo", "juliet", "x");
    entry.origin = i == 3 ? 0 : ~i;
    ids_.push_back(*ask().append(entry));
  }
  using Origins = std::vector<std::pair<std::uint64_t, ArchiveId>>;
  EXPECT_EQ(ask().origins("romeo", 2), (Origins{{~6ull, ids_[5]}, {~5ull, ids_[4]}}));
  EXPECT_EQ(ask().origins("romeo", 100).size(), 5u);
  EXPECT_TRUE(ask().origins("juliet", 100).empty());
}

TEST_P(Archive, ReadsSeeEveryWriteThatWasAnswered) {
  for (int i = 1; i <= 200; ++i) {
    const auto id = *ask().append(message("romeo", "juliet", "x"));
    const auto newest = page({.is_last_page = true, .limit = 1, .wants_count = true});
    ASSERT_EQ(newest.messages.at(0).id, id);
    ASSERT_EQ(newest.count, static_cast<std::uint64_t>(i));
  }
}

// Each thread is a shard with users of its own; each must hear its ids in growing order, and no id twice.
TEST_P(Archive, ManyThreadsAppendAndEachHearsItsIdsInOrder) {
  constexpr int thread_count = 4, messages = 500;
  for (int i = 0; i < thread_count; ++i) ask().create("user" + std::to_string(i));
  std::vector<std::vector<ArchiveId>> heard(thread_count);
  std::vector<std::thread> threads;
  for (int number = 0; number < thread_count; ++number) {
    threads.emplace_back([&, number] {
      TestLoop home;
      auto& ids = heard[static_cast<std::size_t>(number)];
      const User self = "user" + std::to_string(number), next = "user" + std::to_string((number + 1) % thread_count);
      for (int i = 0; i < messages; ++i) {
        store_->append(message(self, next, "x"), {}, {&home, [&ids](Result<ArchiveId> id) { ids.push_back(*id); }});
      }
      home.run_until([&] { return ids.size() == messages; });
    });
  }
  for (auto& thread : threads) thread.join();
  std::vector<ArchiveId> all;
  for (const auto& ids : heard) {
    EXPECT_TRUE(std::is_sorted(ids.begin(), ids.end()));
    all.insert(all.end(), ids.begin(), ids.end());
  }
  std::sort(all.begin(), all.end());
  EXPECT_EQ(std::unique(all.begin(), all.end()), all.end());
  EXPECT_EQ(ask().query("user0", {.limit = 0})->count, 2u * messages);
}

}  // namespace
}  // namespace queqiao::storage
