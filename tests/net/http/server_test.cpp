#include "net/http/server.h"

#include <condition_variable>

#include "net/certificate.h"
#include "net/listener.h"
#include "net/tls_context.h"
#include "tests/net/http/http_peer.h"
#include "tests/net/net_fixture.h"

namespace queqiao::net::http {
namespace {

// Answers with what it was asked: method, path, body.
class Echo final : public RequestHandler {
 public:
  void begin(Exchange& exchange) override {
    exchange_ = &exchange;
    said_ = exchange.request().method;
    for (const auto& segment : exchange.request().path) said_ += "/" + segment;
    if (!exchange.request().has_body()) return reply();
    exchange.accept_body();
  }
  void on_body(std::string_view bytes) override { said_ += bytes; }
  void on_body_end() override { reply(); }

 private:
  void reply() { exchange_->respond(Response{}, said_); }

  Exchange* exchange_ = nullptr;
  std::string said_;
};

// Writes `bytes` without saying how many, as fast as the peer takes them.
class Stream final : public RequestHandler {
 public:
  explicit Stream(std::size_t bytes) : left_(bytes) {}
  void begin(Exchange& exchange) override {
    exchange_ = &exchange;
    exchange.start(Response{});
    on_drained();
  }
  void on_drained() override {
    const std::string block(10'000, 'x');
    while (left_ > 0 && !exchange_->is_congested()) {
      exchange_->write(std::string_view(block).substr(0, std::min(left_, block.size())));
      left_ -= std::min(left_, block.size());
    }
    if (left_ == 0) exchange_->finish();
  }

 private:
  Exchange* exchange_ = nullptr;
  std::size_t left_;
};

// Takes a body and never answers; counts those who left.
class Sink final : public RequestHandler {
 public:
  explicit Sink(std::function<void()> gone) : gone_(std::move(gone)) {}
  void begin(Exchange& exchange) override { exchange.accept_body(); }
  void on_gone() override { gone_(); }

 private:
  const std::function<void()> gone_;
};

class Early final : public RequestHandler {
 public:
  void begin(Exchange& exchange) override { exchange.respond(413); }
};

class Broken final : public RequestHandler {
 public:
  void begin(Exchange& exchange) override {
    exchange.start(Response{200, {}, 100});
    exchange.write("half");
    exchange.abort();
  }
};

class HttpServerTest : public ::testing::Test {
 protected:
  void start(ServerLimits limits = {}, bool is_secure = false) {
    server_ = std::make_unique<Server>(shards_, limits);
    server_->route("/echo", [](const Request&) { return std::make_shared<Echo>(); });
    server_->route("/echo/stream", [](const Request&) { return std::make_shared<Stream>(3'000'000); });
    server_->route("/early", [](const Request&) { return std::make_shared<Early>(); });
    server_->route("/broken", [](const Request&) { return std::make_shared<Broken>(); });
    server_->route("/sink", [this](const Request&) { return std::make_shared<Sink>([this] { note_gone(); }); });
    shards_.start();
    Listener::Options options{.limits = &server_->connection_limits()};
    if (is_secure) {
      tls_ = *TlsContext::server(*Certificate::self_signed("localhost"), "http/1.1");
      options.tls = tls_.get();
      options.tls_start = TlsStart::at_once;
    }
    listener_ = *Listener::open(shards_, {"127.0.0.1", 0}, options, [this](Shard& shard, auto connection) {
      server_->accept(shard, std::move(connection));
    });
  }
  ~HttpServerTest() override {
    listener_->stop();
    server_->stop();
    shards_.stop();
  }

  std::uint16_t port() const { return listener_->port(); }
  Answer ask(std::string_view request) { return HttpPeer(port()).ask(request); }
  void wait_for_gone(int count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return gone_ >= count; });
  }

  std::unique_ptr<Server> server_;

 private:
  void note_gone() {
    const std::lock_guard lock(mutex_);
    ++gone_;
    changed_.notify_all();
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  int gone_ = 0;
  std::unique_ptr<TlsContext> tls_;
  Shards shards_{2};
  std::unique_ptr<Listener> listener_;
};

TEST_F(HttpServerTest, RequestsOfOneConnectionAreAnsweredInOrder) {
  start();
  HttpPeer peer(port());
  peer.say(
      "GET /echo/1 HTTP/1.1\r\nHost: a\r\n\r\nPUT /echo/2 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello"
      "GET /echo/3 HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(peer.answer().body, "GET/echo/1");
  EXPECT_EQ(peer.answer().body, "PUT/echo/2hello");
  EXPECT_EQ(peer.answer().body, "GET/echo/3");
}

TEST_F(HttpServerTest, TheLongestPrefixAnswers) {
  start();
  EXPECT_EQ(ask("GET /echo/streams HTTP/1.1\r\nHost: a\r\n\r\n").body, "GET/echo/streams");
  EXPECT_EQ(ask("GET /echo/stream/a HTTP/1.1\r\nHost: a\r\n\r\n").body.size(), 3'000'000u);
  EXPECT_EQ(ask("GET /echoes HTTP/1.1\r\nHost: a\r\n\r\n").status, 404u);
  EXPECT_EQ(ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n").status, 404u);
}

TEST_F(HttpServerTest, EveryAnswerTellsBrowsersToBeCareful) {
  start();
  for (const auto* target : {"/", "/echo"}) {
    const auto answer = ask("GET " + std::string(target) + " HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(answer.field("x-content-type-options"), "nosniff");
    EXPECT_EQ(answer.field("content-security-policy"), "default-src 'none'; frame-ancestors 'none'");
    EXPECT_EQ(answer.field("referrer-policy"), "no-referrer");
    EXPECT_FALSE(answer.field("date").empty());
    EXPECT_TRUE(answer.field("server").empty());
  }
}

TEST_F(HttpServerTest, AHeadAnswerHasNoBody) {
  start();
  HttpPeer peer(port());
  const auto head = peer.ask("HEAD /echo HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(head.field("content-length"), "9");  // "HEAD/echo"
  EXPECT_EQ(peer.ask("GET /echo HTTP/1.1\r\nHost: a\r\n\r\n").body, "GET/echo");
}

TEST_F(HttpServerTest, AnAnswerWithoutLengthEndsWithTheConnectionForOldClients) {
  start();
  const auto answer = ask("GET /echo/stream HTTP/1.0\r\n\r\n");
  EXPECT_EQ(answer.field("transfer-encoding"), "");
  EXPECT_EQ(answer.field("connection"), "close");
  EXPECT_EQ(answer.body.size(), 3'000'000u);
}

TEST_F(HttpServerTest, ABodyIsAskedForBeforeItIsSent) {
  start();
  HttpPeer peer(port());
  peer.say("PUT /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(peer.answer().status, 100u);
  EXPECT_EQ(peer.ask("hi").body, "PUT/echohi");
}

TEST_F(HttpServerTest, ABodyThatIsNotWantedIsNotTakenForARequest) {
  start();
  HttpPeer peer(port());
  const auto answer =
      peer.ask("PUT /early HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nGET /echo HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(answer.status, 413u);
  EXPECT_EQ(answer.field("connection"), "close");
  EXPECT_TRUE(peer.is_ended());
}

TEST_F(HttpServerTest, BadRequestsEndTheConnection) {
  start();
  HttpPeer peer(port());
  EXPECT_EQ(
      peer.ask("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n").status,
      400u);
  EXPECT_TRUE(peer.is_ended());
  EXPECT_EQ(ask(std::string(100'000, 'a')).status, 431u);
  EXPECT_EQ(ask("\x16\x03\x01 this is TLS\r\n\r\n").status, 400u);
}

TEST_F(HttpServerTest, ABadChunkEndsTheRequest) {
  start();
  HttpPeer peer(port());
  EXPECT_EQ(peer.ask("PUT /sink HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n").status, 400u);
  wait_for_gone(1);
  EXPECT_TRUE(peer.is_ended());
}

TEST_F(HttpServerTest, AnAnswerThatBreaksIsSeenToBeBroken) {
  start();
  const auto answer = ask("GET /broken HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(answer.status == 0 || !answer.is_whole, true);
}

TEST_F(HttpServerTest, AHandlerHearsWhenThePeerLeavesItsBodyUnfinished) {
  start();
  { HttpPeer(port()).say("PUT /sink HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc"); }
  wait_for_gone(1);
}

TEST_F(HttpServerTest, AHeadThatDoesNotEndIsNotWaitedFor) {
  start({.header_timeout = std::chrono::seconds(1)});
  HttpPeer silent(port()), slow(port());
  slow.say("GET /echo HTTP/1.1\r\nHost:");
  EXPECT_EQ(slow.answer().status, 408u);
  EXPECT_TRUE(slow.is_ended());
  EXPECT_TRUE(silent.is_ended());
}

TEST_F(HttpServerTest, AConnectionWithoutRequestsIsNotKeptForLong) {
  start({.idle_timeout = std::chrono::seconds(1)});
  HttpPeer peer(port());
  EXPECT_EQ(peer.ask("GET /echo HTTP/1.1\r\nHost: a\r\n\r\n").status, 200u);
  EXPECT_TRUE(peer.is_ended());
}

TEST_F(HttpServerTest, ABodyThatDoesNotComeIsNotWaitedFor) {
  start({.rate_interval = std::chrono::seconds(1)});
  HttpPeer peer(port());
  EXPECT_EQ(peer.ask("PUT /sink HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc").status, 408u);
  wait_for_gone(1);
}

TEST_F(HttpServerTest, AnAddressHasOnlySoManyConnections) {
  start({.connections_per_address = 2});
  {
    HttpPeer first(port()), second(port());
    EXPECT_EQ(first.ask("GET /echo HTTP/1.1\r\nHost: a\r\n\r\n").status, 200u);
    EXPECT_EQ(second.ask("GET /echo HTTP/1.1\r\nHost: a\r\n\r\n").status, 200u);
    EXPECT_EQ(ask("GET /echo HTTP/1.1\r\nHost: a\r\n\r\n").status, 0u);
  }
  // They are counted no more once they have ended.
  unsigned status = 0;
  while (status != 200) status = ask("GET /echo HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").status;
}

TEST_F(HttpServerTest, ATrustedProxyHasAnyNumber) {
  start({.connections_per_address = 1, .trusts_loopback = true});
  HttpPeer first(port()), second(port());
  EXPECT_EQ(first.ask("GET /echo HTTP/1.1\r\nHost: a\r\n\r\n").status, 200u);
  EXPECT_EQ(second.ask("GET /echo HTTP/1.1\r\nHost: a\r\n\r\n").status, 200u);
}

TEST_F(HttpServerTest, AConnectionEndsAfterItsLastRequest) {
  start({.requests_per_connection = 2});
  HttpPeer peer(port());
  EXPECT_EQ(peer.ask("GET /echo HTTP/1.1\r\nHost: a\r\n\r\n").field("connection"), "");
  EXPECT_EQ(peer.ask("GET /echo HTTP/1.1\r\nHost: a\r\n\r\n").field("connection"), "close");
  EXPECT_TRUE(peer.is_ended());
}

TEST_F(HttpServerTest, TheSameGoesOverTls) {
  start({}, true);
  HttpPeer peer(port());
  ASSERT_TRUE(peer.secure());
  EXPECT_EQ(peer.ask("GET /echo/stream HTTP/1.1\r\nHost: a\r\n\r\n").body.size(), 3'000'000u);
  const std::string body(300'000, 'y');
  const auto answer = peer.ask("PUT /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 300000\r\n\r\n" + body);
  EXPECT_EQ(answer.body, "PUT/echo" + body);
}

TEST_F(HttpServerTest, StoppingTellsTheHandlersThatAreAtWork) {
  start();
  HttpPeer first(port()), second(port());
  first.say("PUT /sink HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n");
  second.say("PUT /sink HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(first.answer().status, 100u);
  EXPECT_EQ(second.answer().status, 100u);
  server_->stop();
  wait_for_gone(2);
}

}  // namespace
}  // namespace queqiao::net::http
