#include "tests/storage/store_fixture.h"

namespace queqiao::storage {
namespace {

class Roster : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    ASSERT_TRUE(ask().create("juliet"));
  }
  UserRecord record() { return **ask().load("juliet"); }
};
QUEQIAO_FOR_EVERY_STORE(Roster);

TEST_P(Roster, ItemsAreReadAsTheyWereWritten) {
  RosterItem item;
  item.jid = "romeo@example.org";
  item.name = "Romeo \xe7\xbe\x85";
  item.groups = {"Friends", "", "new\nline"};
  item.subscription = Subscription::both;
  item.is_pending_out = true;
  item.is_preapproved = true;
  EXPECT_EQ(*ask().put_item("juliet", item), 1u);
  const auto stored = record().roster.at(0);
  EXPECT_EQ(stored.jid, item.jid);
  EXPECT_EQ(stored.name, item.name);
  EXPECT_EQ(stored.groups, item.groups);
  EXPECT_EQ(stored.subscription, Subscription::both);
  EXPECT_TRUE(stored.is_pending_out);
  EXPECT_TRUE(stored.is_preapproved);
  EXPECT_FALSE(stored.is_removed);
  EXPECT_EQ(stored.version, 1u);
}

TEST_P(Roster, EveryChangeRaisesTheVersion) {
  EXPECT_EQ(*ask().put_item("juliet", {.jid = "a@x"}), 1u);
  EXPECT_EQ(*ask().put_item("juliet", {.jid = "b@x"}), 2u);
  EXPECT_EQ(*ask().put_item("juliet", {.jid = "a@x", .name = "A"}), 3u);
  const auto now = record();
  EXPECT_EQ(now.roster_version, 3u);
  ASSERT_EQ(now.roster.size(), 2u);
  EXPECT_EQ(now.roster[0].version, 3u);
  EXPECT_EQ(now.roster[1].version, 2u);
}

TEST_P(Roster, ARemovedItemLeavesATombstone) {
  ask().put_item("juliet", {.jid = "a@x", .name = "A", .groups = {"G"}, .subscription = Subscription::both});
  EXPECT_EQ(*ask().remove_item("juliet", "a@x"), 2u);
  const auto stone = record().roster.at(0);
  EXPECT_TRUE(stone.is_removed);
  EXPECT_EQ(stone.version, 2u);
  EXPECT_TRUE(stone.name.empty());
  EXPECT_TRUE(stone.groups.empty());
  EXPECT_EQ(stone.subscription, Subscription::none);
}

TEST_P(Roster, OldTombstonesCanBeForgotten) {
  for (const auto* jid : {"a@x", "b@x", "c@x"}) ask().put_item("juliet", {.jid = jid});
  ask().remove_item("juliet", "a@x");
  ask().remove_item("juliet", "b@x");
  EXPECT_EQ(record().roster_floor, 0u);
  ASSERT_TRUE(ask().forget_removals("juliet", 4));
  auto now = record();
  ASSERT_EQ(now.roster.size(), 2u);
  EXPECT_EQ(now.roster[0].jid, "b@x") << "removed later";
  EXPECT_EQ(now.roster[1].jid, "c@x") << "not removed";
  EXPECT_EQ(now.roster_floor, 4u);
  EXPECT_EQ(now.roster_version, 5u);
  ASSERT_TRUE(ask().forget_removals("juliet", 2));
  EXPECT_EQ(record().roster_floor, 4u) << "never goes back";
  EXPECT_EQ(ask().forget_removals("nobody", 1).error().code, ErrorCode::not_found);
}

TEST_P(Roster, AnItemIsRemovedOnce) {
  EXPECT_EQ(ask().remove_item("juliet", "a@x").error().code, ErrorCode::not_found);
  ask().put_item("juliet", {.jid = "a@x"});
  ask().remove_item("juliet", "a@x");
  EXPECT_EQ(ask().remove_item("juliet", "a@x").error().code, ErrorCode::not_found);
  EXPECT_EQ(record().roster_version, 2u);
}

TEST_P(Roster, AnItemReplacesItsTombstone) {
  ask().put_item("juliet", {.jid = "a@x"});
  ask().remove_item("juliet", "a@x");
  EXPECT_EQ(*ask().put_item("juliet", {.jid = "a@x"}), 3u);
  ASSERT_EQ(record().roster.size(), 1u);
  EXPECT_FALSE(record().roster[0].is_removed);
}

TEST_P(Roster, RequestsAreReplacedAndRemovedBySender) {
  ask().put_request("juliet", {"b@x", "<presence id='1'/>"});
  ask().put_request("juliet", {"a@x", "<presence id='2'/>"});
  ask().put_request("juliet", {"b@x", "<presence id='3'/>"});
  ASSERT_EQ(record().requests.size(), 2u);
  EXPECT_EQ(record().requests[1].stanza, "<presence id='3'/>");
  EXPECT_TRUE(ask().remove_request("juliet", "b@x"));
  EXPECT_TRUE(ask().remove_request("juliet", "b@x")) << "fine when absent";
  ASSERT_EQ(record().requests.size(), 1u);
  EXPECT_EQ(record().requests[0].from, "a@x");
}

TEST_P(Roster, ValuesAreKeptByKindAndKey) {
  const std::string binary("\0\xff value", 8);
  ask().put_data("juliet", "vcard", "", binary);
  ask().put_data("juliet", "vcard", "other", "2");
  ask().put_data("juliet", "vcard", "other", "3");
  EXPECT_EQ(ask().data("juliet", "vcard", ""), binary);
  EXPECT_EQ(ask().data("juliet", "vcard", "other"), "3");
  EXPECT_FALSE(ask().data("juliet", "private", ""));
  EXPECT_TRUE(ask().remove_data("juliet", "vcard", "other"));
  EXPECT_TRUE(ask().remove_data("juliet", "vcard", "other")) << "fine when absent";
  EXPECT_FALSE(ask().data("juliet", "vcard", "other"));
}

TEST_P(Roster, OnlyLoginDataComesWithTheUser) {
  ask().put_data("juliet", "vcard", "k", "v");
  ask().put_data("juliet", "login", "b", "2");
  ask().put_data("juliet", "login", "a", "");
  using Pairs = std::vector<std::pair<std::string, std::string>>;
  EXPECT_EQ(record().login_data, (Pairs{{"a", ""}, {"b", "2"}}));
}

TEST_P(Roster, UsersDoNotSeeEachOther) {
  ask().create("julie");
  ask().put_item("juliet", {.jid = "a@x"});
  ask().put_data("juliet", "login", "k", "v");
  const auto other = **ask().load("julie");
  EXPECT_TRUE(other.roster.empty());
  EXPECT_TRUE(other.login_data.empty());
}

TEST_P(Roster, TheServedPositionNeverGoesBack) {
  store_->set_served("juliet", 50);
  EXPECT_EQ(record().served_position, 50u) << "seen before it is on the disk";
  store_->set_served("juliet", 40);
  EXPECT_EQ(record().served_position, 50u);
  store_->set_served("nobody", 9);
}

}  // namespace
}  // namespace queqiao::storage
