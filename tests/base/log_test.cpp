#include "base/log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace queqiao::log {
namespace {

class Log : public testing::Test {
 protected:
  void TearDown() override { set_level(Level::info); }
};

struct Counted {
  int& count;
};

}  // namespace
}  // namespace queqiao::log

template <>
struct fmt::formatter<queqiao::log::Counted> {
  constexpr auto parse(format_parse_context& context) { return context.begin(); }
  auto format(const queqiao::log::Counted& value, format_context& context) const {
    ++value.count;
    return context.out();
  }
};

namespace queqiao::log {
namespace {

TEST_F(Log, WritesOneLineWithTimeAndLevel) {
  testing::internal::CaptureStderr();
  info("listening on port {}", 5222);
  EXPECT_THAT(testing::internal::GetCapturedStderr(),
              testing::MatchesRegex("[0-9-]+T[0-9:]+\\.[0-9]+Z info listening on port 5222\n"));
}

TEST_F(Log, CannotBeForgedByAPeer) {
  testing::internal::CaptureStderr();
  warning("bad name {}", "x\n2026-01-01T00:00:00.000Z info admin logged in\r\x1b[2J");
  EXPECT_THAT(testing::internal::GetCapturedStderr(),
              testing::EndsWith(" bad name x\\n2026-01-01T00:00:00.000Z info admin logged in\\x0d\\x1b[2J\n"));
}

TEST_F(Log, KeepsTextOfAllLanguages) {
  EXPECT_EQ(escaped("鹊桥 \u00e9 😀"), "鹊桥 \u00e9 😀");
}

TEST_F(Log, EscapesWhatIsNotUtf8AndWhatReordersText) {
  EXPECT_EQ(escaped("\xff\xc3"), "\\xff\\xc3");
  EXPECT_EQ(escaped("a\u202eb"), "a\\xe2\\x80\\xaeb");
  EXPECT_EQ(escaped("\u2028\u2066\u0085"), "\\xe2\\x80\\xa8\\xe2\\x81\\xa6\\xc2\\x85");
  EXPECT_EQ(escaped(std::string_view("\0\x7f", 2)), "\\x00\\x7f");
}

TEST_F(Log, FormatsNothingWhenTheLevelIsOff) {
  int count = 0;
  set_level(Level::warning);
  info("{}", Counted{count});
  EXPECT_EQ(count, 0);
  testing::internal::CaptureStderr();
  error("{}", Counted{count});
  testing::internal::GetCapturedStderr();
  EXPECT_EQ(count, 1);
}

}  // namespace
}  // namespace queqiao::log
