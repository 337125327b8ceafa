#include "net/socket_connection.h"

#include "tests/net/net_fixture.h"

namespace queqiao::net {
namespace {

class SocketConnectionTest : public NetTest {
 protected:
  static constexpr std::size_t mebi = 1 << 20;
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

}  // namespace
}  // namespace queqiao::net
