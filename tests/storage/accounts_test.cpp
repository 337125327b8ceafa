#include "tests/storage/store_fixture.h"

namespace queqiao::storage {
namespace {

class Accounts : public StoreTest {};
QUEQIAO_FOR_EVERY_STORE(Accounts);

Account juliet() {
  Account account;
  account.user = "juliet";
  account.sha1 = {std::string("s\0lt", 4), 4096, "stored1", "server1"};
  account.sha256 = {"salt", 10000, "stored2", std::string("\xff\0", 2)};
  account.created = WallTime(std::chrono::microseconds(123456789));
  return account;
}

TEST_P(Accounts, AreReadAsTheyWereWritten) {
  ASSERT_TRUE(ask().create(juliet()));
  const auto found = ask().find("juliet");
  ASSERT_TRUE(found && *found);
  const Account& account = **found;
  EXPECT_EQ(account.user, "juliet");
  EXPECT_EQ(account.sha1.salt, juliet().sha1.salt);
  EXPECT_EQ(account.sha1.iterations, 4096u);
  EXPECT_EQ(account.sha1.stored_key, "stored1");
  EXPECT_EQ(account.sha256.iterations, 10000u);
  EXPECT_EQ(account.sha256.server_key, juliet().sha256.server_key);
  EXPECT_EQ(account.created, juliet().created);
  EXPECT_FALSE(account.is_disabled);
  EXPECT_FALSE(account.last_seen);
}

TEST_P(Accounts, AnUnknownUserIsNobody) {
  EXPECT_FALSE(*ask().find("nobody"));
  EXPECT_FALSE(*ask().load("nobody"));
  EXPECT_FALSE(ask().data("nobody", "kind", "key"));
}

TEST_P(Accounts, ANameIsTakenOnce) {
  ASSERT_TRUE(ask().create("juliet"));
  const auto again = ask().create("juliet");
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::conflict);
}

TEST_P(Accounts, ChangesOfAnAccountAreKept) {
  ask().create("juliet");
  const ScramKeys first{"a", 1, "b", "c"}, second{"d", 2, "e", "f"};
  const WallTime seen(std::chrono::seconds(77));
  EXPECT_TRUE(loop_.wait<void>([&](auto reply) { store_->set_keys("juliet", first, second, std::move(reply)); }));
  EXPECT_TRUE(loop_.wait<void>([&](auto reply) { store_->set_disabled("juliet", true, std::move(reply)); }));
  EXPECT_TRUE(loop_.wait<void>([&](auto reply) { store_->set_last_seen("juliet", seen, std::move(reply)); }));
  const auto account = **ask().find("juliet");
  EXPECT_EQ(account.sha1.stored_key, "b");
  EXPECT_EQ(account.sha256.server_key, "f");
  EXPECT_TRUE(account.is_disabled);
  EXPECT_EQ(account.last_seen, seen);
  EXPECT_EQ((*ask().load("juliet"))->last_seen, seen);
}

TEST_P(Accounts, NothingIsWrittenForAnUnknownUser) {
  const auto is_not_found = [](const auto& outcome) {
    return !outcome && outcome.error().code == ErrorCode::not_found;
  };
  EXPECT_TRUE(is_not_found(loop_.wait<void>([&](auto r) { store_->set_keys("nobody", {}, {}, std::move(r)); })));
  EXPECT_TRUE(is_not_found(loop_.wait<void>([&](auto r) { store_->set_disabled("nobody", true, std::move(r)); })));
  EXPECT_TRUE(is_not_found(loop_.wait<void>([&](auto r) { store_->set_last_seen("nobody", {}, std::move(r)); })));
  EXPECT_TRUE(is_not_found(ask().remove("nobody")));
  EXPECT_TRUE(is_not_found(ask().put_item("nobody", {})));
  EXPECT_TRUE(is_not_found(ask().put_request("nobody", {})));
  EXPECT_TRUE(is_not_found(ask().remove_request("nobody", "x")));
  EXPECT_TRUE(is_not_found(ask().put_data("nobody", "kind", "key", "value")));
  EXPECT_TRUE(is_not_found(ask().remove_data("nobody", "kind", "key")));
}

TEST_P(Accounts, AreListedByNameInPages) {
  for (const char* name : {"bob", "Zoe", "alice", "\xc3\xa9mile", "carol"}) ask().create(name);
  EXPECT_EQ(ask().count(), 5u);
  std::vector<std::string> names;
  for (std::string after;;) {
    const auto page = *ask().list(after, 2);
    if (page.empty()) break;
    for (const auto& account : page) names.push_back(account.user);
    after = names.back();
  }
  EXPECT_EQ(names, (std::vector<std::string>{"Zoe", "alice", "bob", "carol", "\xc3\xa9mile"}));
}

TEST_P(Accounts, ANewAccountOfAnOldNameHasNothingOfTheOldOne) {
  ask().create("romeo");
  ask().create("juliet");
  ask().put_item("juliet", {.jid = "romeo@example.org"});
  ask().put_request("juliet", {"paris@example.org", "<presence/>"});
  ask().put_data("juliet", "login", "blocked", "paris");
  ask().put_pubsub_item("juliet", {"diary", "private"}, {"1", {}, "<secret/>"}, {10, 1'000});
  auto last_words = message("romeo", "juliet", "old");
  last_words.is_for_offline = true;
  last_words.origin = 5;
  const auto id = ask().append(last_words);
  store_->set_served("juliet", *id);
  ASSERT_TRUE(ask().remove("juliet"));
  ASSERT_TRUE(ask().create("juliet"));

  const auto record = **ask().load("juliet");
  EXPECT_TRUE(record.roster.empty());
  EXPECT_EQ(record.roster_version, 0u);
  EXPECT_TRUE(record.requests.empty());
  EXPECT_TRUE(record.login_data.empty());
  EXPECT_TRUE(record.nodes.empty());
  EXPECT_EQ(ask().pubsub_page("juliet", "diary", {.ids = {"1"}})->items.size(), 0u);
  EXPECT_EQ(record.served_position, 0u);
  EXPECT_FALSE(ask().data("juliet", "login", "blocked"));
  EXPECT_TRUE(ask().query("juliet")->messages.empty());
  EXPECT_FALSE(ask().metadata("juliet").first);
  EXPECT_TRUE(ask().undelivered("juliet", 0, 10).empty());
  EXPECT_EQ(ask().query("romeo")->messages.size(), 1u) << "what romeo sent stays his";
}

TEST_P(Accounts, TheNextFreeNumberFillsTheFirstGap) {
  EXPECT_EQ(ask().next_free_number(10000), 10000u);
  for (const char* number : {"10000", "10001", "10003", "10004", "10002", "10006"}) ask().create(number);
  EXPECT_EQ(ask().next_free_number(10000), 10005u);
  EXPECT_EQ(ask().next_free_number(10003), 10005u);
  EXPECT_EQ(ask().next_free_number(10006), 10007u);
  EXPECT_EQ(ask().next_free_number(20000), 20000u);
  EXPECT_EQ(ask().next_free_number(9999), 9999u);
}

TEST_P(Accounts, ANumberIsNeverOfferedAgain) {
  ask().create("10000");
  ask().remove("10000");
  EXPECT_EQ(ask().next_free_number(10000), 10001u);
  EXPECT_TRUE(ask().create("10000")) << "its owner may ask for it by name";
  EXPECT_EQ(ask().next_free_number(10000), 10001u);
}

TEST_P(Accounts, OnlyPlainDecimalNamesUseUpNumbers) {
  for (const char* name : {"0012", "12a", "-12", "12345678901234567890123"}) ask().create(name);
  EXPECT_EQ(ask().next_free_number(12), 12u);
}

}  // namespace
}  // namespace queqiao::storage
