#include "net/listener.h"

#include <arpa/inet.h>
#include <sys/resource.h>

#include "tests/net/net_fixture.h"

namespace queqiao::net {
namespace {

class ListenerTest : public NetTest {};

TEST(HostPort, IsReadAsPeopleWriteIt) {
  const auto parsed = [](std::string_view text) {
    const auto result = HostPort::parse(text);
    return result ? result->host + "|" + std::to_string(result->port) : "refused";
  };
  EXPECT_EQ(parsed("127.0.0.1:5222"), "127.0.0.1|5222");
  EXPECT_EQ(parsed("chat.example:0"), "chat.example|0");
  EXPECT_EQ(parsed("[::1]:5223"), "::1|5223");
  EXPECT_EQ(parsed("*:5222"), "|5222");
  for (const auto* bad : {"", "5222", "host", "host:", "host:65536", "host:-1", "host:5222x", "::1:5222"}) {
    EXPECT_EQ(parsed(bad), "refused") << bad;
  }
}

TEST_F(ListenerTest, ConnectionsAreSpreadOverTheShards) {
  auto first = connect();
  auto second = connect();
  EXPECT_NE(first.server_shard, second.server_shard);
}

TEST_F(ListenerTest, IPv6IsServed) {
  auto listener = Listener::open(shards_, {"::1", 0}, {}, [](Shard&, std::unique_ptr<Connection>) {});
  if (!listener) GTEST_SKIP() << "this machine has no IPv6: " << listener.error().message;
  std::promise<std::string> address;
  connector_.connect(shards_[1], {"::1", (*listener)->port()}, {}, [&](auto connection) {
    address.set_value(connection ? (*connection)->peer_address() : connection.error().message);
  });
  EXPECT_EQ(address.get_future().get(), "::1");
}

TEST_F(ListenerTest, ATakenAddressIsAnError) {
  listen();
  const auto second = Listener::open(shards_, {"127.0.0.1", listener_->port()}, {}, [](Shard&, auto) {});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::unavailable);
}

TEST_F(ListenerTest, AfterStopNobodyIsAccepted) {
  listen();
  const auto port = listener_->port();
  listener_->stop();
  std::promise<ErrorCode> refused;
  connector_.connect(shards_[0], {"127.0.0.1", port}, {}, [&](auto connection) {
    refused.set_value(connection ? ErrorCode::invalid : connection.error().code);
  });
  EXPECT_EQ(refused.get_future().get(), ErrorCode::unavailable);
}

TEST_F(ListenerTest, ANameIsLookedUp) {
  listen();
  std::promise<bool> connected;
  connector_.connect(shards_[1], {"localhost", listener_->port()}, {},
                     [&](auto connection) { connected.set_value(connection.has_value()); });
  EXPECT_TRUE(connected.get_future().get());
}

TEST_F(ListenerTest, ItGoesOnAfterDescriptorsHaveRunOut) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "the sanitizers look at memory through a pipe, so they need descriptors themselves";
#endif
  listen();
  const FileDescriptor client(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  rlimit before{};
  getrlimit(RLIMIT_NOFILE, &before);
  rlimit full = before;
  full.rlim_cur = static_cast<rlim_t>(client.get()) + 1;
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &full), 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(listener_->port());
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(::connect(client.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  on(shards_[0], [] {});
  on(shards_[0], [] {});
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &before), 0);
  EXPECT_NE(take_arrived().server, nullptr);
}

TEST(Shards, AHashHasOneHomeAndWeakHashesAreSpread) {
  Shards shards(4);
  std::vector<int> count(4);
  for (std::uint64_t hash = 0; hash < 4'000; ++hash) {
    EXPECT_EQ(&shards.shard_of(hash * 4), &shards.shard_of(hash * 4));
    ++count[shards.shard_of(hash * 4).id()];
  }
  for (const int one : count) EXPECT_GT(one, 800);
}

}  // namespace
}  // namespace queqiao::net
