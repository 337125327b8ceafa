#include "base/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>

namespace queqiao {
namespace {

using testing::ElementsAre;

TEST(Text, LowersAsciiAlone) {
  EXPECT_EQ(ascii_lower("AZ[\xc3\x84"), "az[\xc3\x84");
  EXPECT_TRUE(equal_ignoring_case("STARTtls", "startTLS"));
  EXPECT_FALSE(equal_ignoring_case("a", "ab"));
}

TEST(Text, TrimsBothEnds) {
  EXPECT_EQ(trim(" \t a b\r\n"), "a b");
  EXPECT_EQ(trim("  "), "");
}

TEST(Text, SplitsWithEmptyParts) {
  EXPECT_THAT(split("a,,b", ','), ElementsAre("a", "", "b"));
  EXPECT_THAT(split("", ','), ElementsAre(""));
  EXPECT_THAT(split(",", ','), ElementsAre("", ""));
}

TEST(Text, ParsesWholeNumbersThatFit) {
  EXPECT_EQ(parse_number<std::uint8_t>("255"), 255);
  EXPECT_EQ(parse_number<int>("-12"), -12);
  for (const auto* text : {"", "256", "-1", "+1", " 1", "1 ", "1x", "0x1"}) {
    EXPECT_FALSE(parse_number<std::uint8_t>(text)) << text;
  }
}

TEST(Text, AcceptsUtf8OfEveryLength) {
  EXPECT_TRUE(is_utf8("a\u00e9\u9e4a\U0001F600\U0010FFFF"));
}

TEST(Text, RefusesWhatRfc3629Forbids) {
  for (const auto* text : {"\x80", "\xc0\x80", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xf0\x8f\xbf\xbf",
                           "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "\xe9\xb5", "\xc3", "\xc3("}) {
    EXPECT_FALSE(is_utf8(text)) << text;
  }
}

}  // namespace
}  // namespace queqiao
