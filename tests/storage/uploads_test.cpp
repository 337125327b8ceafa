#include <algorithm>

#include "tests/storage/store_fixture.h"

namespace queqiao::storage {
namespace {

using ::std::chrono::seconds;

constexpr UploadQuota roomy{1 << 30, 1'000};

class Uploads : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    ASSERT_TRUE(ask().create("juliet"));
    ASSERT_TRUE(ask().create("romeo"));
  }
  static WallTime at(int second) { return WallTime(seconds(second)); }
  Answer<void> add(const std::string& id, std::uint64_t size = 10, const User& owner = "juliet",
                   UploadQuota quota = roomy, WallTime created = at(1'000)) {
    return ask().add_upload({id, owner, size, "n.txt", "text/plain", created, false}, quota);
  }
  std::vector<std::string> remove_expired(WallTime slots, WallTime files) {
    auto ids = ask().remove_expired_uploads(slots, files);
    std::sort(ids.begin(), ids.end());
    return ids;
  }
};
QUEQIAO_FOR_EVERY_STORE(Uploads);

TEST_P(Uploads, AnUploadIsReadAsItWasWritten) {
  ASSERT_TRUE(ask().add_upload({"id", "juliet", 5'000'000'000, "照片.jpg", "image/jpeg", at(7), false}, {~0ull, 5}));
  const auto upload = ask().upload("id");
  ASSERT_TRUE(upload);
  EXPECT_EQ(upload->id, "id");
  EXPECT_EQ(upload->owner, "juliet");
  EXPECT_EQ(upload->size, 5'000'000'000u);
  EXPECT_EQ(upload->name, "照片.jpg");
  EXPECT_EQ(upload->type, "image/jpeg");
  EXPECT_EQ(upload->created, at(7));
  EXPECT_FALSE(upload->is_complete);
}

TEST_P(Uploads, AnUnknownUploadIsNotFound) {
  EXPECT_FALSE(ask().upload("id"));
  EXPECT_EQ(ask().update_upload("id", at(1), true).error().code, ErrorCode::not_found);
}

TEST_P(Uploads, AnUploadNeedsAnAccountAndAnIdOfItsOwn) {
  EXPECT_EQ(add("id", 1, "nobody").error().code, ErrorCode::not_found);
  ASSERT_TRUE(add("id"));
  EXPECT_EQ(add("id").error().code, ErrorCode::conflict);
}

TEST_P(Uploads, TheQuotaCountsEverythingOfOneAccount) {
  const UploadQuota quota{100, 10};
  ASSERT_TRUE(add("a", 60, "juliet", quota));
  ASSERT_TRUE(ask().update_upload("a", at(2), true));
  EXPECT_EQ(add("b", 41, "juliet", quota).error().code, ErrorCode::no_space);
  EXPECT_TRUE(add("c", 40, "juliet", quota));
  EXPECT_TRUE(add("d", 100, "romeo", quota));
  ASSERT_EQ(remove_expired(at(0), at(3)), std::vector<std::string>{"a"});
  EXPECT_TRUE(add("e", 60, "juliet", quota));
}

TEST_P(Uploads, TheNumberOfFilesIsLimitedToo) {
  ASSERT_TRUE(add("a", 0, "juliet", {100, 1}));
  EXPECT_EQ(add("b", 0, "juliet", {100, 1}).error().code, ErrorCode::no_space);
}

TEST_P(Uploads, AQuotaThatWasLoweredRefusesWithoutOverflow) {
  ASSERT_TRUE(add("a", 100));
  EXPECT_EQ(add("b", 1, "juliet", {50, 10}).error().code, ErrorCode::no_space);
}

TEST_P(Uploads, SlotsAndFilesExpireByTheirOwnTimes) {
  ASSERT_TRUE(add("slot"));
  ASSERT_TRUE(add("file"));
  ASSERT_TRUE(add("kept"));
  ASSERT_TRUE(ask().update_upload("file", at(2'000), true));
  ASSERT_TRUE(ask().update_upload("kept", at(3'000), false));
  EXPECT_TRUE(remove_expired(at(1'000), at(2'000)).empty());
  EXPECT_EQ(remove_expired(at(1'001), at(2'000)), std::vector<std::string>{"slot"});
  EXPECT_EQ(remove_expired(at(1'001), at(2'001)), std::vector<std::string>{"file"});
  EXPECT_FALSE(ask().upload("file"));
  EXPECT_TRUE(ask().upload("kept"));
}

TEST_P(Uploads, ACompleteUploadStaysComplete) {
  ASSERT_TRUE(add("file"));
  ASSERT_TRUE(ask().update_upload("file", at(2'000), true));
  EXPECT_EQ(ask().update_upload("file", at(3'000), false).error().code, ErrorCode::not_found);
  const auto upload = ask().upload("file");
  EXPECT_TRUE(upload->is_complete);
  EXPECT_EQ(upload->created, at(2'000));
}

TEST_P(Uploads, OnlyAsManyExpireAtOnceAsWereAskedFor) {
  for (const auto* id : {"a", "b", "c"}) ASSERT_TRUE(add(id));
  EXPECT_EQ(ask().remove_expired_uploads(at(5'000), at(0), 2).size(), 2u);
  EXPECT_EQ(remove_expired(at(5'000), at(0)).size(), 1u);
  EXPECT_TRUE(remove_expired(at(5'000), at(0)).empty());
}

TEST_P(Uploads, ThoseOfADeletedAccountAreGoneAndExpire) {
  ASSERT_TRUE(add("a"));
  ASSERT_TRUE(add("other", 1, "romeo"));
  ASSERT_TRUE(ask().remove("juliet"));
  EXPECT_FALSE(ask().upload("a"));
  EXPECT_EQ(remove_expired(WallTime::min(), WallTime::min()), std::vector<std::string>{"a"});
  ASSERT_TRUE(ask().create("juliet"));
  EXPECT_FALSE(ask().upload("a"));
  EXPECT_TRUE(ask().upload("other"));
}

}  // namespace
}  // namespace queqiao::storage
