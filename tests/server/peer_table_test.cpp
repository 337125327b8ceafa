#include "server/peer_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/encoding.h"
#include "net/address.h"
#include "test_server.h"
#include "xmpp/sasl/scram_client.h"

namespace queqiao::server::testing {
namespace {

using std::chrono::seconds;
using ::testing::HasSubstr;
using ::testing::Not;

Config open_config() {
  Config config;
  config.requires_tls = false;
  return config;
}

std::string sasl(std::string_view element, std::string_view message) {
  return "<" + std::string(element) + " xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='SCRAM-SHA-256'>" +
         base64_encode(message) + "</" + std::string(element) + ">";
}

// What the server says to a log-in of `user` from a connection that is open.
std::string log_in(TestClient& client, std::string_view user, std::string_view password) {
  xmpp::sasl::ScramClient scram({.user = std::string(user), .password = std::string(password), .least_iterations = 1});
  client.received();
  client.send(sasl("auth", scram.client_first()));
  const auto challenge = client.received();
  if (challenge.empty() || challenge[0].element().name() != "challenge") {
    return challenge.empty() ? "" : challenge[0].text();
  }
  const auto answer = scram.client_final(base64_decode(challenge[0].element().text()).value_or(""));
  client.send(sasl("response", answer.value_or("")));
  return client.received_text();
}

std::string log_in_from(TestServer& server, std::string_view address, std::string_view password) {
  TestClient client(server, std::string(address), false);
  client.open();
  return log_in(client, "juliet", password);
}

}  // namespace

TEST(SlidingCounts, WhatIsOldCountsLessAndLess) {
  SlidingCounts counts;
  constexpr seconds window{100};
  TimePoint now{};
  for (int i = 0; i < 10; ++i) counts.add("a", window, now);
  EXPECT_EQ(counts.count("a", window, now), 10);
  EXPECT_EQ(counts.count("b", window, now), 0);
  now += seconds(150);
  EXPECT_NEAR(counts.count("a", window, now), 5, 0.01);
  counts.add("a", window, now);
  EXPECT_NEAR(counts.count("a", window, now), 6, 0.01);
  now += seconds(1000);
  EXPECT_EQ(counts.count("a", window, now), 0);
}

TEST(SlidingCounts, ManyNamesPushOutTheOldOnesOnly) {
  SlidingCounts counts;
  constexpr seconds window{100};
  for (int i = 0; i < 70'000; ++i) counts.add(std::to_string(i), window, {});
  EXPECT_EQ(counts.count("69999", window, {}), 1);
  for (int i = 0; i < 100'000; ++i) counts.add("x" + std::to_string(i), window, {});
  EXPECT_EQ(counts.count("69999", window, {}), 0);
}

TEST(PeerLimits, AnIpv6NetworkIsOnePeer) {
  EXPECT_EQ(net::network_of("192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(net::network_of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  EXPECT_EQ(net::network_of("2001:db8:1:2::9"), "2001:db8:1:2::/64");
  EXPECT_EQ(net::network_of("nonsense"), "nonsense");
}

TEST(PeerLimits, WhoGuessesFromManyConnectionsIsNotTriedAnyMore) {
  auto config = open_config();
  config.failed_logins_per_address = 3;
  TestServer server({"ping"}, config);
  server.create_account("juliet");
  for (int i = 0; i < 3; ++i) EXPECT_THAT(log_in_from(server, "192.0.2.1", "wrong"), HasSubstr("<not-authorized"));
  EXPECT_THAT(log_in_from(server, "192.0.2.1", "secret"), HasSubstr("<temporary-auth-failure"));
  EXPECT_THAT(log_in_from(server, "192.0.2.2", "secret"), HasSubstr("<success"));
  server.advance(2 * config.failed_login_window);
  EXPECT_THAT(log_in_from(server, "192.0.2.1", "secret"), HasSubstr("<success"));
}

TEST(PeerLimits, NeighboursOfOneIpv6NetworkGuessTogether) {
  auto config = open_config();
  config.failed_logins_per_address = 2;
  TestServer server({"ping"}, config);
  server.create_account("juliet");
  for (const auto* address : {"2001:db8::1", "2001:db8::2"}) log_in_from(server, address, "wrong");
  EXPECT_THAT(log_in_from(server, "2001:db8::3", "secret"), HasSubstr("<temporary-auth-failure"));
  EXPECT_THAT(log_in_from(server, "2001:db8:0:1::3", "secret"), HasSubstr("<success"));
}

TEST(PeerLimits, TrustedPeersAreNotCounted) {
  auto config = open_config();
  config.failed_logins_per_address = 1;
  config.connections_per_address = 1;
  TestServer server({"ping"}, config);
  server.create_account("juliet");
  TestClient first(server), second(server);
  first.open();
  EXPECT_THAT(log_in(first, "juliet", "wrong"), HasSubstr("<not-authorized"));
  second.open();
  EXPECT_THAT(log_in(second, "juliet", "secret"), HasSubstr("<success"));
}

TEST(PeerLimits, AnAddressHasSoManyConnectionsAndAPlaceIsFreeAgainWhenOneEnds) {
  auto config = open_config();
  config.connections_per_address = 2;
  TestServer server({"ping"}, config);
  TestClient first(server, "192.0.2.1", false);
  TestClient second(server, "192.0.2.1", false);
  TestClient third(server, "192.0.2.1", false);
  TestClient elsewhere(server, "192.0.2.2", false);
  EXPECT_FALSE(first.is_closed());
  EXPECT_FALSE(second.is_closed());
  EXPECT_TRUE(third.is_closed());
  EXPECT_FALSE(elsewhere.is_closed());
  first.break_connection();
  TestClient fourth(server, "192.0.2.1", false);
  EXPECT_FALSE(fourth.is_closed());
}

TEST(PeerLimits, WhoHasLoggedInIsNoStrangerAnyMoreOnWhateverShard) {
  auto config = open_config();
  config.strangers_per_address = 1;
  TestServer server({"ping"}, config);
  for (const auto* user : {"juliet", "romeo", "nurse", "paris"}) {
    server.create_account(user);
    TestClient client(server, "192.0.2.1", false);
    client.open();
    EXPECT_THAT(log_in(client, user, "secret"), HasSubstr("<success")) << user;
    server.run();
    TestClient other(server, "192.0.2.1", false);
    EXPECT_FALSE(other.is_closed()) << user;
    TestClient third(server, "192.0.2.1", false);
    EXPECT_TRUE(third.is_closed()) << user;
    client.break_connection();
    other.break_connection();
  }
}

}  // namespace queqiao::server::testing
