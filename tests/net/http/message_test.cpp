#include <gtest/gtest.h>

#include "net/http/date.h"
#include "net/http/message.h"
#include "net/http/range.h"
#include "net/http/target.h"

namespace queqiao::net::http {
namespace {

TEST(Fields, NamesAreComparedWithoutCase) {
  Fields fields;
  fields.add("Content-Type", "a");
  fields.add("content-type", "b");
  EXPECT_EQ(fields.value("CONTENT-TYPE"), "a");
  EXPECT_EQ(fields.count("Content-type"), 2u);
  EXPECT_FALSE(fields.has("Content"));
  EXPECT_EQ(fields.value("Content"), "");
}

TEST(Target, SegmentsAreDecoded) {
  const auto target = parse_target("/upload/a%20b/%E7%85%A7.jpg?x=%2F");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->path, (std::vector<std::string>{"upload", "a b", "照.jpg"}));
  EXPECT_EQ(target->query, "x=%2F");
}

TEST(Target, TheHostOfAnAbsoluteFormIsDropped) {
  EXPECT_EQ(parse_target("http://evil.example/a/b")->path, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(parse_target("https://evil.example")->path, std::vector<std::string>{""});
}

TEST(Target, NothingLeavesItsFolder) {
  for (const auto* target :
       {"/..",    "/../a", "/a/../b", "/a/..", "/a/%2e%2e/b", "/a/%2E./b", "/.",   "/a/%2e",          "/a%2fb",
        "/a%2Fb", "/%00",  "/a%0ab",  "/a%7f", "/%",          "/%4",       "/%zz", "/%c0%ae%c0%ae/a", "/%ff",
        "/a#b",   "",      "a/b",     "*",     "host:443",    "ftp://a/b"}) {
    EXPECT_FALSE(parse_target(target)) << target;
  }
}

TEST(Target, WhatIsDecodedOnceIsNotDecodedAgain) {
  EXPECT_EQ(parse_target("/%252e%252e")->path, std::vector<std::string>{"%2e%2e"});
}

TEST(Range, OnePartOfAFileIsChosen) {
  const auto part = [](std::uint64_t first, std::uint64_t last) { return ByteRange{first, last}; };
  EXPECT_EQ(choose_range("bytes=0-9", 100).range, part(0, 9));
  EXPECT_EQ(choose_range("bytes=10-", 100).range, part(10, 99));
  EXPECT_EQ(choose_range("bytes=-10", 100).range, part(90, 99));
  EXPECT_EQ(choose_range("bytes=-1000", 100).range, part(0, 99));
  EXPECT_EQ(choose_range("BYTES=99-1000", 100).range, part(99, 99));
  EXPECT_EQ(choose_range("bytes=0-9", 100).answer, RangeAnswer::part);
}

TEST(Range, BehindTheEndThereIsNothing) {
  for (const auto* value : {"bytes=100-", "bytes=100-200", "bytes=-0"}) {
    EXPECT_EQ(choose_range(value, 100).answer, RangeAnswer::unsatisfiable) << value;
  }
  EXPECT_EQ(choose_range("bytes=0-", 0).answer, RangeAnswer::unsatisfiable);
  EXPECT_EQ(choose_range("bytes=-5", 0).answer, RangeAnswer::unsatisfiable);
}

TEST(Range, WhatIsNoSingleRangeIsIgnored) {
  for (const auto* value : {"", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=5-4", "bytes=0-1,3-4", "lines=0-1",
                            "bytes=+1-2", "bytes=1- 2", "bytes=99999999999999999999-"}) {
    EXPECT_EQ(choose_range(value, 100).answer, RangeAnswer::whole) << value;
  }
}

TEST(ContentRangeField, AllThreeNumbersMustFit) {
  const auto range = parse_content_range("bytes 100-199/200");
  ASSERT_TRUE(range);
  EXPECT_EQ(range->range, (ByteRange{100, 199}));
  EXPECT_EQ(range->total, 200u);
  for (const auto* value :
       {"", "bytes */200", "bytes 0-199/*", "bytes 5-4/10", "bytes 0-10/10", "bytes=0-1/2", "bytes 0-1", "0-1/2"}) {
    EXPECT_FALSE(parse_content_range(value)) << value;
  }
  EXPECT_EQ(write_content_range({100, 199}, 200), "bytes 100-199/200");
}

TEST(Date, IsWrittenAndReadAsTheRfcShows) {
  const WallTime time = std::chrono::sys_days(std::chrono::year(1994) / 11 / 6) + std::chrono::hours(8) +
                        std::chrono::minutes(49) + std::chrono::seconds(37);
  EXPECT_EQ(format_date(time), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(parse_date("Sun, 06 Nov 1994 08:49:37 GMT"), time);
  for (const auto* text :
       {"", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:49:37 GMT",
        "Sun, -6 Nov 1994 08:49:37 GMT", "Sun, 06 Foo 1994 08:49:37 GMT"}) {
    EXPECT_FALSE(parse_date(text)) << text;
  }
}

}  // namespace
}  // namespace queqiao::net::http
