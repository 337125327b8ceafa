#include "net/socket_connection.h"

#include <thread>

#include "tests/net/net_fixture.h"

namespace queqiao::net {
namespace {

class SocketConnectionTest : public NetTest {
 protected:
  static constexpr std::size_t mebi = 1 << 20;

  // Bytes whose order can be told.
  static std::string pattern(std::size_t size) {
    std::string bytes;
    for (std::uint32_t i = 0; bytes.size() < size; ++i) bytes += std::to_string(i) + ' ';
    bytes.resize(size);
    return bytes;
  }
};

TEST_F(SocketConnectionTest, BytesArriveAsTheyWereSent) {
  prepare_ = [](End& end) { end.on_input = [&end](std::string_view bytes) { end.connection().send(bytes); }; };
  auto pair = connect();
  on(shards_[1], [&] {
    pair.client->connection().send("hello, ");
    pair.client->connection().send("world");
  });
  EXPECT_EQ(pair.client->wait_for_bytes(12), "hello, world");
  EXPECT_TRUE(on(shards_[1], [&] { return pair.client->connection().is_loopback(); }));
  EXPECT_EQ(on(shards_[1], [&] { return pair.client->connection().peer_address(); }), "127.0.0.1");
  EXPECT_EQ(on(shards_[1], [&] { return pair.client->connection().bytes_out(); }), 12u);
  EXPECT_EQ(on(shards_[1], [&] { return pair.client->connection().bytes_in(); }), 12u);
}

TEST_F(SocketConnectionTest, APeerThatEndsIsToldOnce) {
  auto pair = connect();
  on(shards_[1], [&] { pair.client->drop(); });
  EXPECT_EQ(pair.server->wait_for_close(), CloseReason::peer_closed);
}

TEST_F(SocketConnectionTest, ASlowReaderGetsEveryByteInOrder) {
  auto pair = connect();
  on(shards_[1], [&] { pair.client->connection().set_reading(false); });
  const auto sent = pattern(7 * mebi);
  on(*pair.server_shard, [&] { pair.server->connection().send(sent); });
  // By now the socket's buffer is full and a part of it was written.
  EXPECT_GT(on(*pair.server_shard, [&] { return pair.server->connection().queued_bytes(); }), 0u);
  on(shards_[1], [&] { pair.client->connection().set_reading(true); });
  EXPECT_EQ(pair.client->wait_for_bytes(sent.size()), sent);
}

TEST_F(SocketConnectionTest, ACongestedConnectionTellsWhenItIsDrained) {
  auto pair = connect();
  on(shards_[1], [&] { pair.client->connection().set_reading(false); });
  on(*pair.server_shard, [&] { pair.server->connection().send(pattern(7 * mebi)); });
  EXPECT_TRUE(on(*pair.server_shard, [&] { return pair.server->connection().is_congested(); }));
  on(shards_[1], [&] { pair.client->connection().set_reading(true); });
  pair.server->wait_for_drained();
  EXPECT_FALSE(on(*pair.server_shard, [&] { return pair.server->connection().is_congested(); }));
}

TEST_F(SocketConnectionTest, AQueueBeyondTheHardLimitEndsTheConnection) {
  ConnectionLimits limits;
  limits.hard_limit = 100'000;
  listen({.limits = &limits});
  auto pair = connect();
  on(*pair.server_shard, [&] {
    for (int i = 0; i < 101; ++i) pair.server->connection().send(pattern(1'000));
    EXPECT_FALSE(pair.server->is_closed()) << "told from inside send()";
  });
  EXPECT_EQ(pair.server->wait_for_close(), CloseReason::output_overflow);
  EXPECT_EQ(pair.client->wait_for_close(), CloseReason::peer_closed);
}

TEST_F(SocketConnectionTest, NothingIsReadWhileReadingIsOff) {
  auto pair = connect();
  on(*pair.server_shard, [&] { pair.server->connection().set_reading(false); });
  on(shards_[1], [&] { pair.client->connection().send("early"); });
  EXPECT_EQ(on(*pair.server_shard, [&] { return pair.server->connection().bytes_in(); }), 0u);
  on(*pair.server_shard, [&] { pair.server->connection().set_reading(true); });
  EXPECT_EQ(pair.server->wait_for_bytes(5), "early");
}

TEST_F(SocketConnectionTest, ReadingStopsAtOnceWhenTheHandlerSaysSo) {
  ConnectionLimits limits;
  limits.read_per_turn = 100'000;
  listen({.limits = &limits});
  int calls = 0;
  prepare_ = [&](End& end) {
    end.on_input = [&](std::string_view) {
      ++calls;
      end.connection().set_reading(false);
    };
  };
  auto pair = connect();
  on(shards_[1], [&] { pair.client->connection().send(pattern(mebi)); });
  while (on(*pair.server_shard, [&] { return calls; }) == 0) std::this_thread::yield();
  for (int turns = 0; turns < 20; ++turns) on(*pair.server_shard, [] {});
  EXPECT_EQ(on(*pair.server_shard, [&] { return calls; }), 1);
}

TEST_F(SocketConnectionTest, CloseWritesWhatIsQueuedFirst) {
  auto pair = connect();
  on(shards_[1], [&] { pair.client->connection().set_reading(false); });
  const auto sent = pattern(7 * mebi);
  on(*pair.server_shard, [&] {
    pair.server->connection().send(sent);
    pair.server->connection().close();
    pair.server->connection().send("not this");
  });
  on(shards_[1], [&] { pair.client->connection().set_reading(true); });
  EXPECT_EQ(pair.client->wait_for_close(), CloseReason::peer_closed);
  EXPECT_EQ(pair.client->wait_for_bytes(sent.size()), sent);
  EXPECT_EQ(pair.server->wait_for_close(), CloseReason::local);
}

TEST_F(SocketConnectionTest, NoResetOvertakesTheLastBytes) {
  auto pair = connect();
  // The client's bytes are never handed out, and a socket that is closed over unread bytes sends a reset.
  on(*pair.server_shard, [&] { pair.server->connection().set_reading(false); });
  on(shards_[1], [&] { pair.client->connection().send(pattern(mebi)); });
  on(*pair.server_shard, [&] {
    pair.server->connection().send("</stream:stream>");
    pair.server->connection().close();
  });
  EXPECT_EQ(pair.client->wait_for_close(), CloseReason::peer_closed);
  EXPECT_EQ(pair.client->wait_for_bytes(16), "</stream:stream>");
}

TEST_F(SocketConnectionTest, CloseDoesNotWaitForEverForAPeerThatDoesNotRead) {
  ConnectionLimits limits;
  limits.close_timeout = std::chrono::milliseconds(30);
  listen({.limits = &limits});
  auto pair = connect();
  on(shards_[1], [&] { pair.client->connection().set_reading(false); });
  on(*pair.server_shard, [&] {
    pair.server->connection().send(pattern(7 * mebi));
    pair.server->connection().close();
  });
  EXPECT_EQ(pair.server->wait_for_close(), CloseReason::local);
}

TEST_F(SocketConnectionTest, APeerThatShutItsSideStillGetsTheAnswer) {
  prepare_ = [](End& end) { end.on_input = [&end](std::string_view bytes) { end.connection().send(bytes); }; };
  auto pair = connect();
  on(shards_[1], [&] {
    pair.client->connection().send("question");
    pair.client->connection().close();
  });
  // close() shuts one side and goes on reading, so the server has to write into a connection that has half ended.
  EXPECT_EQ(pair.server->wait_for_close(), CloseReason::peer_closed);
  EXPECT_EQ(pair.client->wait_for_close(), CloseReason::local);
  EXPECT_EQ(on(*pair.server_shard, [&] { return pair.server->connection().bytes_out(); }), 8u);
}

TEST_F(SocketConnectionTest, TheHandlerMayDestroyTheConnectionFromAnyCall) {
  prepare_ = [](End& end) { end.on_input = [&end](std::string_view) { end.drop(); }; };
  auto by_input = connect();
  on(shards_[1], [&] { by_input.client->connection().send("x"); });
  EXPECT_EQ(by_input.client->wait_for_close(), CloseReason::peer_closed);

  prepare_ = [](End& end) { end.on_end = [&end](CloseReason) { end.drop(); }; };
  auto by_end = connect();
  on(shards_[1], [&] { by_end.client->drop(); });
  EXPECT_EQ(by_end.server->wait_for_close(), CloseReason::peer_closed);

  prepare_ = [](End& end) { end.on_drain = [&end] { end.drop(); }; };
  auto by_drain = connect();
  on(*by_drain.server_shard, [&] { by_drain.server->connection().send(pattern(mebi)); });
  EXPECT_EQ(by_drain.client->wait_for_close(), CloseReason::peer_closed);
}

TEST_F(SocketConnectionTest, DestroyingANeighbourInTheSameTurnIsSafe) {
  std::vector<std::shared_ptr<End>> clients;
  std::vector<Pair> pairs;
  for (int i = 0; i < 32; ++i) pairs.push_back(connect());
  on(shards_[1], [&] {
    for (auto& pair : pairs) {
      pair.client->on_input = [&pairs](std::string_view) {
        for (auto& other : pairs) other.client->drop();
      };
    }
  });
  // Both shards' servers write at once, so that many clients are ready in one turn of shard 1.
  for (auto& pair : pairs) pair.server_shard->post([&pair] { pair.server->connection().send("x"); });
  for (auto& pair : pairs) pair.server->wait_for_close();
  for (auto& pair : pairs) on(*pair.server_shard, [] {});
}

TEST_F(SocketConnectionTest, AHandOverUnderTrafficLosesAndReordersNothing) {
  auto pair = connect();
  auto& server = *pair.server;
  std::size_t moves = 0;
  // The echo moves to the other shard after each call, with what it just queued.
  std::function<void(std::string_view)> echo = [&](std::string_view bytes) {
    server.connection().send(bytes);
    ++moves;
    Shard& target = Shard::current() == &shards_[0] ? shards_[1] : shards_[0];
    hand_over(server.give_up(), target, [&](std::unique_ptr<Connection> arrived) { server.adopt(std::move(arrived)); });
  };
  on(*pair.server_shard, [&] {
    server.on_input = echo;
    server.on_end = [&](CloseReason) { server.drop(); };
  });
  const auto sent = pattern(4 * mebi);
  on(shards_[1], [&] { pair.client->connection().send(sent); });
  EXPECT_EQ(pair.client->wait_for_bytes(sent.size()), sent);
  on(shards_[1], [&] { pair.client->connection().close(); });
  server.wait_for_close();
  EXPECT_GT(moves, 10u);
}

TEST_F(SocketConnectionTest, AConnectionWhoseNewShardHasEndedIsClosed) {
  auto pair = connect();
  Shard ended(9);
  on(*pair.server_shard,
     [&] { hand_over(pair.server->give_up(), ended, [](std::unique_ptr<Connection>) { FAIL(); }); });
  on(*pair.server_shard, [] {});  // the turn has ended, and what it posted is handed over
  ended.drop_posted();
  EXPECT_EQ(pair.client->wait_for_close(), CloseReason::peer_closed);
}

}  // namespace
}  // namespace queqiao::net
