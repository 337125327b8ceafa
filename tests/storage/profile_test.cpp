#include <gmock/gmock.h>

#include "tests/storage/store_fixture.h"

namespace queqiao::storage {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Profiles : public StoreTest {
 protected:
  void add(const User& user, ProfileChange change) {
    ASSERT_TRUE(ask().create(user));
    ASSERT_TRUE(ask().change_profile(user, std::move(change)));
  }
  std::vector<User> found(ProfileQuery query) {
    std::vector<User> users;
    for (const auto& one : ask().find_profiles(std::move(query))) users.push_back(one.user);
    return users;
  }
};
QUEQIAO_FOR_EVERY_STORE(Profiles);

TEST_P(Profiles, OnlyWhatIsSetChanges) {
  add("juliet", {.nick = "Juli", .city = "Verona"});
  ASSERT_TRUE(ask().change_profile("juliet", {.city = "Mantua", .is_found_by_profile = false}));
  const auto profile = ask().profile("juliet");
  EXPECT_EQ(profile.nick, "Juli");
  EXPECT_EQ(profile.city, "Mantua");
  EXPECT_TRUE(profile.is_found_by_user);
  EXPECT_FALSE(profile.is_found_by_profile);
  EXPECT_EQ(ask().change_profile("ghost", {.nick = "x"}).error().code, ErrorCode::not_found);
}

TEST_P(Profiles, AreFoundByTheBeginningOfTextsWhateverTheCase) {
  add("a", {.nick = "Müller", .first = "Anna", .city = "上海市"});
  add("b", {.nick = "mühle", .last = "Berg"});
  EXPECT_THAT(found({.nick = "MÜ"}), ElementsAre("a", "b"));
  EXPECT_THAT(found({.nick = "mü", .first = "ann"}), ElementsAre("a"));
  EXPECT_THAT(found({.city = "上海"}), ElementsAre("a"));
  EXPECT_THAT(found({.nick = "ller"}), IsEmpty());
  EXPECT_THAT(found({.last = "%"}), IsEmpty()) << "no wildcards";
}

TEST_P(Profiles, AreFoundByGenderAndBirthdayBothEndsIncluded) {
  add("a", {.gender = "female", .birthday = "1990-01-01"});
  add("b", {.gender = "male", .birthday = "2000-06-15"});
  add("c", {.gender = "female"});
  EXPECT_THAT(found({.gender = "female"}), ElementsAre("a", "c"));
  EXPECT_THAT(found({.born_from = "1990-01-01", .born_until = "1990-01-01"}), ElementsAre("a"));
  EXPECT_THAT(found({.born_from = "1990-01-02"}), ElementsAre("b"));
  EXPECT_THAT(found({.born_until = "2000-06-15"}), ElementsAre("a", "b")) << "nobody without a birthday";
}

TEST_P(Profiles, AnExactNameFindsAccountsWithoutAProfileToo) {
  ASSERT_TRUE(ask().create("10001"));
  EXPECT_THAT(found({.user = "10001"}), ElementsAre("10001"));
  EXPECT_THAT(found({.user = "1000"}), IsEmpty());
  EXPECT_THAT(found({.user = "10001", .after = "10001"}), IsEmpty());
}

TEST_P(Profiles, AreNotFoundByWhatTheirOwnersSwitchedOff) {
  add("a", {.nick = "same", .is_found_by_user = false});
  add("b", {.nick = "same", .is_found_by_profile = false});
  EXPECT_THAT(found({.nick = "same"}), ElementsAre("a"));
  EXPECT_THAT(found({.user = "a"}), IsEmpty());
  EXPECT_THAT(found({.user = "b"}), ElementsAre("b"));
}

TEST_P(Profiles, OfDisabledAccountsAreNotFound) {
  add("a", {.nick = "same"});
  ASSERT_TRUE(ask().set_disabled("a", true));
  EXPECT_THAT(found({.nick = "same"}), IsEmpty());
  EXPECT_THAT(found({.user = "a"}), IsEmpty());
}

TEST_P(Profiles, ComeInPagesInTheOrderOfNames) {
  for (const char* user : {"c", "a", "b"}) add(user, {.nick = "same"});
  EXPECT_THAT(found({.nick = "same", .limit = 2}), ElementsAre("a", "b"));
  EXPECT_THAT(found({.nick = "same", .after = "b", .limit = 2}), ElementsAre("c"));
}

// What few have is looked up by itself, what many have is looked for in the order of names: the answers are the same.
TEST_P(Profiles, AreFoundAmongMany) {
  int answered = 0;
  const auto count = [&] { return Reply<void>{&loop_, [&](Result<void>) { ++answered; }}; };
  constexpr int people = 2'500;
  for (int i = 0; i < people; ++i) {
    Account account;
    account.user = std::to_string(10'000 + i);
    store_->create_account(account, {});
    ProfileChange change;
    change.city = i < 2'300 ? "Verona" : "Mantua";
    change.last = i % 500 == 7 ? "Capulet" : "Montague";
    store_->change_profile(account.user, change, count());
  }
  loop_.run_until([&] { return answered == people; });
  EXPECT_THAT(found({.city = "ver", .limit = 2}), ElementsAre("10000", "10001"));
  EXPECT_THAT(found({.last = "cap"}), ElementsAre("10007", "10507", "11007", "11507", "12007"));
  EXPECT_THAT(found({.last = "cap", .city = "ver", .after = "10507"}), ElementsAre("11007", "11507", "12007"));
  EXPECT_THAT(found({.last = "montague", .city = "mantua", .limit = 1}), ElementsAre("12300"));
  EXPECT_THAT(found({.last = "cap", .city = "mantua"}), IsEmpty());
}

TEST_P(Profiles, GoWithTheirAccount) {
  add("a", {.nick = "same", .is_found_by_user = false});
  ASSERT_TRUE(ask().remove("a"));
  EXPECT_THAT(found({.nick = "same"}), IsEmpty());
  ASSERT_TRUE(ask().create("a"));
  EXPECT_THAT(found({.user = "a"}), ElementsAre("a"));
  EXPECT_EQ(ask().profile("a").nick, "");
}

}  // namespace
}  // namespace queqiao::storage
