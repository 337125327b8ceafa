#include "base/result.h"

#include <gtest/gtest.h>

#include <memory>

namespace queqiao {
namespace {

Result<std::unique_ptr<int>> make(bool works) {
  if (!works) return Error{ErrorCode::not_found, "nothing there"};
  return std::make_unique<int>(4);
}

Result<int> doubled(bool works) {
  QUEQIAO_TRY(auto value, make(works));
  return *value * 2;
}

Result<void> checked(bool works) {
  QUEQIAO_CHECK(works ? Result<void>() : Error{ErrorCode::io, "cut"});
  return {};
}

TEST(Result, HandsTheValueOn) {
  const auto result = doubled(true);
  ASSERT_TRUE(result);
  EXPECT_EQ(*result, 8);
  EXPECT_TRUE(checked(true));
}

TEST(Result, HandsTheErrorToTheCaller) {
  const auto result = doubled(false);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::not_found);
  EXPECT_EQ(checked(false).error().message, "cut");
}

}  // namespace
}  // namespace queqiao
