#include "base/hash.h"

#include <gtest/gtest.h>

#include <set>
#include <vector>

namespace queqiao {
namespace {

// These values are stored in databases: a change of the function would lose them.
TEST(StableHash, NeverChanges) {
  EXPECT_EQ(stable_hash(""), 0xc80a7f6286f51f82);
  EXPECT_EQ(stable_hash("abc"), 0x23ca8b4f3d685de9);
  EXPECT_EQ(stable_hash("juliet@capulet.lit"), 0x4bd829162e2fe3a0);
}

TEST(StableHash, TellsTextsOfAllLengthsApart) {
  std::set<std::uint64_t> seen;
  std::string text;
  for (int size = 0; size < 100; ++size) {
    EXPECT_TRUE(seen.insert(stable_hash(text)).second);
    for (std::size_t i = 0; i < text.size(); ++i) {
      auto changed = text;
      changed[i] ^= 1;
      EXPECT_TRUE(seen.insert(stable_hash(changed)).second) << size << " " << i;
    }
    text += '\0';
  }
}

TEST(HashText, DiffersFromTheStableHash) {
  EXPECT_EQ(hash_text("juliet"), hash_text("juliet"));
  EXPECT_NE(hash_text("juliet"), stable_hash("juliet"));
}

TEST(ShardOf, SpreadsUsersEvenly) {
  constexpr std::size_t shards = 7, users = 70'000;
  std::vector<int> users_of(shards);
  for (std::size_t i = 0; i < users; ++i) ++users_of[shard_of("user" + std::to_string(i) + "@example.org", shards)];
  for (const int count : users_of) EXPECT_NEAR(count, users / shards, 500);
}

TEST(ShardOf, HasOneAnswerForOneShard) {
  EXPECT_EQ(shard_of("anyone", 1), 0u);
}

TEST(TextMap, IsSearchedByViews) {
  TextMap<int> map{{"juliet", 1}};
  EXPECT_EQ(map.find(std::string_view("juliet"))->second, 1);
  EXPECT_EQ(map.find(std::string_view("romeo")), map.end());
}

}  // namespace
}  // namespace queqiao
