#include "net/http/request_reader.h"

#include <gtest/gtest.h>

#include <vector>

namespace queqiao::net::http {
namespace {

// What a reader made of some bytes.
struct Seen final : RequestReader::Sink {
  std::vector<Request> heads;
  std::string body;
  int ends = 0;

  void on_head(Request request) override { heads.push_back(std::move(request)); }
  void on_body(std::string_view bytes) override { body += bytes; }
  void on_end() override { ++ends; }
};

constexpr std::size_t header_bytes = 1'000;

// Gives `bytes` in pieces of `step`, request after request. The answer is the failure.
unsigned read_all(std::string_view bytes, Seen& seen, std::size_t step = 1 << 20) {
  RequestReader reader(header_bytes);
  std::string held;
  for (std::size_t at = 0; at < bytes.size() && reader.failure() == 0; at += step) {
    held += bytes.substr(at, step);
    while (!held.empty() && reader.failure() == 0) {
      const int ends = seen.ends;
      held.erase(0, reader.read(held, seen));
      if (seen.ends > ends) reader.next();
    }
  }
  return reader.failure();
}

unsigned status_of(std::string_view bytes) {
  Seen seen;
  return read_all(bytes, seen);
}

// A GET with further fields.
std::string get_with(std::string_view fields, std::string_view host = "Host: a\r\n") {
  return "GET /a HTTP/1.1\r\n" + std::string(host) + std::string(fields) + "\r\n";
}

TEST(RequestReader, AHeadIsTakenApart) {
  Seen seen;
  ASSERT_EQ(
      read_all("PUT /a/b%20c?d=e HTTP/1.1\r\nHost: x.example:5443\r\nContent-Length:  5 \r\nX-A: b c\r\n\r\nhello",
               seen),
      0u);
  ASSERT_EQ(seen.heads.size(), 1u);
  const auto& head = seen.heads[0];
  EXPECT_EQ(head.method, "PUT");
  EXPECT_EQ(head.path, (std::vector<std::string>{"a", "b c"}));
  EXPECT_EQ(head.query, "d=e");
  EXPECT_EQ(head.content_length, 5u);
  EXPECT_EQ(head.fields.value("x-a"), "b c");
  EXPECT_TRUE(head.keeps_alive);
  EXPECT_EQ(seen.body, "hello");
  EXPECT_EQ(seen.ends, 1);
}

TEST(RequestReader, AnyCutOfTheBytesGivesTheSame) {
  const std::string bytes =
      "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n2\r\nde\r\n0\r\nTrailer: "
      "t\r\n\r\n"
      "GET /b HTTP/1.1\r\nHost: a\r\n\r\nPUT /c HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nfgh";
  for (std::size_t step = 1; step < bytes.size(); ++step) {
    Seen seen;
    ASSERT_EQ(read_all(bytes, seen, step), 0u) << step;
    ASSERT_EQ(seen.heads.size(), 3u) << step;
    EXPECT_EQ(seen.body, "abcdefgh") << step;
    EXPECT_EQ(seen.ends, 3) << step;
    EXPECT_FALSE(seen.heads[0].fields.has("Trailer"));
  }
}

// Found by fuzzing: with the last chunk alone, Beast asserted on the fourth of these bytes.
TEST(RequestReader, ABodyWithoutChunksMayComeByteByByte) {
  const std::string head = "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (const std::size_t step : {1, 2, 3, 4}) {
    Seen seen;
    EXPECT_EQ(read_all(head + "0\r\n\r\n" + head + "1\r\na\r\n0\r\n\r\n", seen, step), 0u) << step;
    EXPECT_EQ(seen.ends, 2) << step;
    EXPECT_EQ(seen.body, "a") << step;
  }
}

TEST(RequestReader, AnEmptyLineBeforeARequestIsSkipped) {
  Seen seen;
  EXPECT_EQ(read_all("\r\n" + get_with(""), seen), 0u);
  EXPECT_EQ(seen.ends, 1);
}

TEST(RequestReader, MoreThanTwoEmptyLinesBeforeARequestAreRefused) {
  for (const std::size_t step : {1, 3, 1 << 20}) {
    Seen seen;
    const auto request = "\r\n\r\n" + get_with("");
    EXPECT_EQ(read_all(request + request, seen, step), 0u) << step;
    EXPECT_EQ(seen.ends, 2) << step;
    EXPECT_EQ(read_all("\r\n" + request, seen, step), 400u) << step;
    EXPECT_EQ(seen.ends, 2) << step;
  }
}

TEST(RequestReader, TwoWaysToTellTheLengthAreRefused) {
  for (const auto* fields :
       {"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
        "Content-Length: 5\r\nContent-Length: 5\r\n", "Content-Length: 5\r\nContent-Length: 6\r\n",
        "Content-Length: 5, 5\r\n", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        "Content-Length: -5\r\n", "Content-Length: +5\r\n", "Content-Length: 0x5\r\n", "Content-Length: 5 5\r\n",
        "Content-Length:\r\n", "Content-Length: 99999999999999999999\r\n"}) {
    EXPECT_EQ(status_of(get_with(fields)), 400u) << fields;
  }
}

TEST(RequestReader, CodingsThatWeDoNotKnowAreRefused) {
  for (const auto* coding : {"gzip, chunked", "identity", "chunked, identity", "xchunked", "chunked\t,"}) {
    const auto status = status_of(get_with("Transfer-Encoding: " + std::string(coding) + "\r\n"));
    EXPECT_TRUE(status == 501u || status == 400u) << coding << status;
  }
  EXPECT_EQ(status_of("POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"), 400u);
}

TEST(RequestReader, LinesThatOthersReadDifferentlyAreRefused) {
  for (const auto* fields : {"X: a\r\n b: c\r\n", "X: a\r\n\tb\r\n", "X : a\r\n", "X: a\nY: b\r\n", "X: a\rY: b\r\n",
                             " X: a\r\n", "X\r\n", ": a\r\n", "X: \x01\r\n"}) {
    EXPECT_EQ(status_of(get_with(fields)), 400u) << fields;
  }
  EXPECT_EQ(status_of(get_with(std::string_view("X: a\0b\r\n", 8))), 400u);
  EXPECT_EQ(status_of("GET /a HTTP/1.1\nHost: a\n\n\r\n\r\n"), 400u);
}

TEST(RequestReader, ExactlyOneHostIsNeeded) {
  EXPECT_EQ(status_of(get_with("", "")), 400u);
  EXPECT_EQ(status_of(get_with("", "Host: a\r\nHost: a\r\n")), 400u);
  EXPECT_EQ(status_of(get_with("", "Host: a/b\r\n")), 400u);
  EXPECT_EQ(status_of(get_with("", "Host: a b\r\n")), 400u);
  EXPECT_EQ(status_of(get_with("", "Host: [::1]:80\r\n")), 0u);
  EXPECT_EQ(status_of("GET / HTTP/1.0\r\n\r\n"), 0u);
}

TEST(RequestReader, WhatIsNoHttpOfOursIsRefused) {
  EXPECT_EQ(status_of("GET /a HTTP/2.0\r\nHost: a\r\n\r\n"), 505u);
  EXPECT_EQ(status_of("GET /a\r\n\r\n"), 400u);
  EXPECT_EQ(status_of("GET  /a HTTP/1.1\r\nHost: a\r\n\r\n"), 400u);
  EXPECT_EQ(status_of("GET /../a HTTP/1.1\r\nHost: a\r\n\r\n"), 400u);
  EXPECT_EQ(status_of("CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n"), 400u);
  EXPECT_EQ(status_of(get_with("Expect: a miracle\r\n")), 417u);
}

TEST(RequestReader, AHeadThatIsTooLongIsRefusedBeforeItEnds) {
  Seen seen;
  EXPECT_EQ(read_all(get_with("X: " + std::string(header_bytes, 'a') + "\r\n"), seen), 431u);
  EXPECT_EQ(read_all(std::string(10 * header_bytes, 'a'), seen, 7), 431u);
  EXPECT_TRUE(seen.heads.empty());
}

TEST(RequestReader, AFrameOfAChunkIsBounded) {
  const std::string head = "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  Seen seen;
  EXPECT_NE(read_all(head + "1;" + std::string(10 * header_bytes, 'x'), seen, 100), 0u);
  EXPECT_NE(read_all(head + "0\r\nX: " + std::string(10 * header_bytes, 'x'), seen, 100), 0u);
  EXPECT_EQ(read_all(head + "g\r\n", seen), 400u);
  EXPECT_EQ(read_all(head + "3\r\nabcd\r\n0\r\n\r\n", seen), 400u);
  EXPECT_EQ(read_all(head + "fffffffffffffffff\r\n", seen), 400u);
}

TEST(RequestReader, HowTheConnectionGoesOnIsTold) {
  const auto keeps = [](std::string_view bytes) {
    Seen seen;
    EXPECT_EQ(read_all(bytes, seen), 0u);
    return seen.heads.at(0).keeps_alive;
  };
  EXPECT_TRUE(keeps(get_with("")));
  EXPECT_FALSE(keeps(get_with("Connection: close\r\n")));
  EXPECT_FALSE(keeps("GET / HTTP/1.0\r\n\r\n"));
  EXPECT_TRUE(keeps("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"));
}

}  // namespace
}  // namespace queqiao::net::http
