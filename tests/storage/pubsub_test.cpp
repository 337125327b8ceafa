#include "tests/storage/store_fixture.h"

namespace queqiao::storage {
namespace {

class Pubsub : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    ASSERT_TRUE(ask().create("juliet"));
  }
  Answer<void> put(const std::string& id, const std::string& payload = "<p/>", PubsubLimits limits = {100, 1'000}) {
    return ask().put_pubsub_item("juliet", {"n", "s"}, {id, WallTime(std::chrono::microseconds(7)), payload}, limits);
  }
  // The ids of a page, in its order.
  std::string ids(PubsubQuery query) {
    std::string text;
    const auto page = ask().pubsub_page("juliet", "n", std::move(query));
    for (const auto& item : page->items) text += item.id;
    return text;
  }
  std::string all() { return ids({.limit = 100, .max_bytes = 1'000}); }
  std::vector<PubsubNode> nodes() { return (*ask().load("juliet"))->nodes; }
};
QUEQIAO_FOR_EVERY_STORE(Pubsub);

TEST_P(Pubsub, NodesComeWithTheUser) {
  ask().put_node("juliet", {"b", "1"});
  ask().put_node("juliet", {"a", "2"});
  ask().put_node("juliet", {"b", "3"});
  ASSERT_EQ(nodes().size(), 2u);
  EXPECT_EQ(nodes()[0].name + nodes()[0].settings, "a2");
  EXPECT_EQ(nodes()[1].name + nodes()[1].settings, "b3");
}

TEST_P(Pubsub, AnItemMakesItsNode) {
  ASSERT_TRUE(put("a", "<p>\xe7\xbe\x85</p>"));
  ASSERT_EQ(nodes().size(), 1u);
  EXPECT_EQ(nodes()[0].settings, "s");
  const auto page = *ask().pubsub_page("juliet", "n", {.ids = {"b", "a"}});
  ASSERT_EQ(page.items.size(), 1u);
  EXPECT_EQ(page.items[0].id, "a");
  EXPECT_EQ(page.items[0].payload, "<p>\xe7\xbe\x85</p>");
  EXPECT_EQ(page.items[0].published, WallTime(std::chrono::microseconds(7)));
}

TEST_P(Pubsub, AnItemThatIsWrittenAgainIsReplacedAndBecomesTheNewest) {
  for (const char* id : {"a", "b", "a"}) put(id);
  EXPECT_EQ(all(), "ba");
  put("c");
  EXPECT_EQ(all(), "bac");
}

TEST_P(Pubsub, TheOldestItemsGo) {
  for (const char* id : {"a", "b", "c"}) put(id, "<p/>", {2, 1'000});
  EXPECT_EQ(all(), "bc");
  ask().put_node("juliet", {"n", "s"}, 1);
  EXPECT_EQ(all(), "c");
}

TEST_P(Pubsub, WhatTheUserHasIsLimitedInBytes) {
  EXPECT_TRUE(put("a", std::string(60, 'x'), {2, 300}));
  EXPECT_EQ(put("b", std::string(60, 'x'), {2, 300}).error().code, ErrorCode::no_space);
  EXPECT_EQ(all(), "a");
  EXPECT_TRUE(put("a", std::string(190, 'x'), {2, 300})) << "in place of the old one";
  EXPECT_TRUE(put("b", std::string(190, 'x'), {1, 300})) << "the old one goes";
  const PubsubNode other{"other", "s"};
  EXPECT_EQ(ask().put_pubsub_item("juliet", other, {"c", {}, std::string(20, 'x')}, {1, 300}).error().code,
            ErrorCode::no_space);
  EXPECT_EQ(nodes().size(), 1u) << "nor is the node made";
}

TEST_P(Pubsub, AnItemThatIsReplacedCountsWithItsNewSize) {
  EXPECT_TRUE(put("a", std::string(190, 'x'), {2, 420}));
  EXPECT_TRUE(put("a", "<p/>", {2, 420}));
  EXPECT_TRUE(put("b", std::string(190, 'x'), {2, 420})) << "there is room for it now";
  EXPECT_EQ(put("a", std::string(190, 'x'), {2, 420}).error().code, ErrorCode::no_space) << "and not for that again";
}

TEST_P(Pubsub, SmallItemsCountForWhatTheyCost) {
  for (int i = 0; i < 9; ++i) EXPECT_TRUE(put(std::to_string(i), {}, {100, 1'000})) << i;
  EXPECT_EQ(put("9", {}, {100, 1'000}).error().code, ErrorCode::no_space);
}

TEST_P(Pubsub, PagesGoForwardAndBackward) {
  for (const char* id : {"a", "b", "c", "d", "e"}) put(id);
  EXPECT_EQ(ids({.limit = 2, .max_bytes = 1'000}), "ab");
  EXPECT_EQ(ids({.page_after = "b", .limit = 2, .max_bytes = 1'000}), "cd");
  EXPECT_EQ(ids({.page_before = "d", .limit = 2, .max_bytes = 1'000}), "bc");
  EXPECT_EQ(ids({.is_last_page = true, .limit = 2, .max_bytes = 1'000}), "de");
  EXPECT_EQ(ids({.page_after = "e", .limit = 2, .max_bytes = 1'000}), "");
  EXPECT_EQ(ids({.limit = 0, .max_bytes = 1'000}), "");
}

TEST_P(Pubsub, APageSaysWhereItIsAndWhetherThereIsMore) {
  for (const char* id : {"a", "b", "c"}) put(id);
  const auto page = *ask().pubsub_page("juliet", "n", {.page_after = "a", .limit = 1, .max_bytes = 1'000});
  EXPECT_EQ(page.count, 3u);
  EXPECT_EQ(page.first_index, 1u);
  EXPECT_FALSE(page.is_complete);
  EXPECT_TRUE(ask().pubsub_page("juliet", "n", {.page_after = "a", .limit = 2, .max_bytes = 1'000})->is_complete);
  EXPECT_TRUE(ask().pubsub_page("juliet", "n", {.page_before = "b", .limit = 1, .max_bytes = 1'000})->is_complete);
}

TEST_P(Pubsub, APageEndsBeforeItIsTooLarge) {
  for (const char* id : {"a", "b", "c"}) put(id, std::string(10, 'x'));
  EXPECT_EQ(ids({.limit = 9, .max_bytes = 25}), "ab");
  EXPECT_EQ(ids({.is_last_page = true, .limit = 9, .max_bytes = 25}), "bc");
  EXPECT_EQ(ids({.ids = {"c", "a", "b"}, .max_bytes = 25}), "ca");
  EXPECT_EQ(ids({.limit = 9, .max_bytes = 1}), "a") << "one in any case";
}

TEST_P(Pubsub, ABorderThatIsNotThereIsAnError) {
  put("a");
  EXPECT_EQ(ask().pubsub_page("juliet", "n", {.page_after = "x", .limit = 1}).error().code, ErrorCode::not_found);
  EXPECT_EQ(ask().pubsub_page("juliet", "n", {.page_before = "x", .limit = 1}).error().code, ErrorCode::not_found);
}

TEST_P(Pubsub, ItemsAndNodesAreRemoved) {
  for (const char* id : {"a", "b", "c"}) put(id);
  EXPECT_TRUE(ask().remove_pubsub_item("juliet", "n", "c"));
  EXPECT_EQ(ask().remove_pubsub_item("juliet", "n", "c").error().code, ErrorCode::not_found);
  put("d");
  EXPECT_EQ(all(), "abd");
  EXPECT_TRUE(ask().remove_pubsub_items("juliet", "n"));
  EXPECT_EQ(all(), "");
  EXPECT_EQ(nodes().size(), 1u);
  put("e");
  EXPECT_TRUE(ask().remove_node("juliet", "n"));
  EXPECT_EQ(ask().remove_node("juliet", "n").error().code, ErrorCode::not_found);
  EXPECT_TRUE(nodes().empty());
  put("f");
  EXPECT_EQ(all(), "f") << "what went with the node does not come back";
}

TEST_P(Pubsub, AUserWithoutAccountHasNothing) {
  EXPECT_EQ(ask().put_node("nobody", {"n", "s"}).error().code, ErrorCode::not_found);
  EXPECT_EQ(ask().put_pubsub_item("nobody", {"n", "s"}, {"a", {}, "p"}, {1, 10}).error().code, ErrorCode::not_found);
  EXPECT_TRUE(ask().pubsub_page("nobody", "n", {.limit = 1})->items.empty());
}

TEST_P(Pubsub, UsersDoNotSeeEachOther) {
  ask().create("julie");
  put("a");
  EXPECT_TRUE((*ask().load("julie"))->nodes.empty());
  EXPECT_TRUE(ask().pubsub_page("julie", "n", {.ids = {"a"}})->items.empty());
}

}  // namespace
}  // namespace queqiao::storage
