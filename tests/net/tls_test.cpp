#include <filesystem>
#include <fstream>

#include "net/certificate.h"
#include "net/tls_context.h"
#include "tests/net/net_fixture.h"
#include "tests/net/openssl_peer.h"

namespace queqiao::net {
namespace {

constexpr std::string_view xmpp_client = "\x0bxmpp-client";
constexpr std::string_view only_http = "\x02h2\x08http/1.1";

class TlsTest : public NetTest {
 protected:
  ~TlsTest() override {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  static Certificate make_certificate() {
    auto made = Certificate::self_signed("capulet.example");
    EXPECT_TRUE(made);
    return *std::move(made);
  }
  std::filesystem::path folder() {
    if (folder_.empty()) {
      auto pattern = (std::filesystem::temp_directory_path() / "queqiao-tls-XXXXXX").string();
      folder_ = mkdtemp(pattern.data());
    }
    return folder_;
  }

  void listen_tls(TlsStart start) { listen({.tls_start = start, .tls = server_.get()}); }
  static void echo(End& end) {
    end.on_input = [&end](std::string_view bytes) { end.connection().send(bytes); };
  }
  // A server end that answers <starttls/> with <proceed/>, whatever follows, and then echoes.
  static void negotiate(End& end) {
    end.on_input = [&end, has_started = false](std::string_view bytes) mutable {
      if (std::exchange(has_started, true)) return end.connection().send(bytes);
      EXPECT_TRUE(bytes.starts_with("<starttls/>"));
      end.connection().send("<proceed/>");
      end.connection().start_tls();
    };
  }
  std::shared_ptr<End> next_server_end() { return take_arrived().server; }

  const Certificate certificate_ = make_certificate();
  const std::unique_ptr<TlsContext> server_ = *TlsContext::server(certificate_);
  const std::unique_ptr<TlsContext> client_ = *TlsContext::client({.is_verifying = false, .authorities = {}});
  std::filesystem::path folder_;
};

TEST_F(TlsTest, DirectTlsSpeaksWithOpenssl) {
  listen_tls(TlsStart::at_once);
  prepare_ = &echo;
  OpensslPeer peer(listener_->port());
  ASSERT_TRUE(peer.handshake(xmpp_client));
  EXPECT_EQ(peer.protocol(), "xmpp-client");
  EXPECT_STREQ(SSL_get_version(peer.ssl()), "TLSv1.3");
  EXPECT_TRUE(peer.send("hello"));
  EXPECT_EQ(peer.receive(5), "hello");
}

TEST_F(TlsTest, AClientWithoutAlpnIsServed) {
  listen_tls(TlsStart::at_once);
  OpensslPeer peer(listener_->port());
  EXPECT_TRUE(peer.handshake());
}

TEST_F(TlsTest, AClientThatOffersOtherProtocolsOnlyIsRefused) {
  listen_tls(TlsStart::at_once);
  OpensslPeer peer(listener_->port());
  EXPECT_FALSE(peer.handshake(only_http));
  EXPECT_EQ(next_server_end()->wait_for_close(), CloseReason::tls_failed);
}

TEST_F(TlsTest, VersionsBelow12AreRefused) {
  listen_tls(TlsStart::at_once);
  OpensslPeer peer(listener_->port());
  SSL_CTX_set_security_level(peer.context(), 0);
  SSL_CTX_set_min_proto_version(peer.context(), TLS1_VERSION);
  SSL_CTX_set_max_proto_version(peer.context(), TLS1_1_VERSION);
  EXPECT_FALSE(peer.handshake());
  EXPECT_EQ(next_server_end()->wait_for_close(), CloseReason::tls_failed);
}

TEST_F(TlsTest, AClientCannotRenegotiate) {
  listen_tls(TlsStart::at_once);
  prepare_ = &echo;
  OpensslPeer peer(listener_->port());
  SSL_CTX_set_max_proto_version(peer.context(), TLS1_2_VERSION);
  ASSERT_TRUE(peer.handshake());
  SSL_renegotiate(peer.ssl());
  EXPECT_NE(SSL_do_handshake(peer.ssl()), 1);
}

TEST_F(TlsTest, StarttlsSecuresAClearConnection) {
  listen_tls(TlsStart::by_request);
  prepare_ = &negotiate;
  OpensslPeer peer(listener_->port());
  peer.send_clear("<starttls/>");
  EXPECT_EQ(peer.receive_clear(10), "<proceed/>");
  ASSERT_TRUE(peer.handshake());
  EXPECT_TRUE(peer.send("secret"));
  EXPECT_EQ(peer.receive(6), "secret");
  EXPECT_TRUE(next_server_end()->was_secured());
}

TEST_F(TlsTest, ClearBytesBehindStarttlsAreNeverHandedOut) {
  listen_tls(TlsStart::by_request);
  std::string handed_out;
  prepare_ = [&](End& end) {
    end.on_input = [&](std::string_view bytes) {
      handed_out += bytes;
      // The second part is in the socket before the handshake begins, as an attacker in the middle would put it there.
      end.connection().set_reading(false);
      end.connection().send("<proceed/>");
    };
  };
  OpensslPeer peer(listener_->port());
  peer.send_clear("<starttls/>");
  EXPECT_EQ(peer.receive_clear(10), "<proceed/>");
  peer.send_clear("<iq type='set'>injected</iq>");
  auto pair = take_arrived();
  on(*pair.server_shard, [&] {
    pair.server->connection().start_tls();
    pair.server->connection().set_reading(true);
  });
  EXPECT_EQ(pair.server->wait_for_close(), CloseReason::tls_failed);
  EXPECT_EQ(on(*pair.server_shard, [&] { return handed_out; }), "<starttls/>");
  EXPECT_FALSE(pair.server->was_secured());
}

TEST_F(TlsTest, WhatIsQueuedAfterStartTlsGoesOutEncrypted) {
  listen_tls(TlsStart::by_request);
  prepare_ = [](End& end) {
    end.connection().send("<proceed/>");
    end.connection().start_tls();
    end.connection().send("after");
  };
  OpensslPeer peer(listener_->port());
  EXPECT_EQ(peer.receive_clear(10), "<proceed/>");
  ASSERT_TRUE(peer.handshake());
  EXPECT_EQ(peer.receive(5), "after");
}

TEST_F(TlsTest, BothSidesAgreeOnTheChannelBindings) {
  listen_tls(TlsStart::at_once);
  OpensslPeer peer(listener_->port());
  ASSERT_TRUE(peer.handshake(xmpp_client));
  auto pair = take_arrived();
  pair.server->wait_for_secured();
  const auto info = on(*pair.server_shard, [&] { return pair.server->connection().tls_info(); });
  EXPECT_EQ(info.version, "TLSv1.3");
  EXPECT_EQ(info.cipher, SSL_get_cipher(peer.ssl()));
  EXPECT_EQ(info.exporter, peer.exporter());
  EXPECT_EQ(info.server_end_point, peer.certificate_sha256());
}

TEST_F(TlsTest, BelowTls13ThereIsNoExporter) {
  listen_tls(TlsStart::at_once);
  OpensslPeer peer(listener_->port());
  SSL_CTX_set_max_proto_version(peer.context(), TLS1_2_VERSION);
  ASSERT_TRUE(peer.handshake());
  auto pair = take_arrived();
  pair.server->wait_for_secured();
  const auto info = on(*pair.server_shard, [&] { return pair.server->connection().tls_info(); });
  EXPECT_EQ(info.version, "TLSv1.2");
  EXPECT_EQ(info.exporter, "");
  EXPECT_EQ(info.server_end_point, peer.certificate_sha256());
}

TEST_F(TlsTest, CloseTellsThePeerInTls) {
  listen_tls(TlsStart::at_once);
  OpensslPeer peer(listener_->port());
  ASSERT_TRUE(peer.handshake());
  auto pair = take_arrived();
  on(*pair.server_shard, [&] {
    pair.server->connection().send("</stream:stream>");
    pair.server->connection().close();
  });
  EXPECT_EQ(peer.receive(16), "</stream:stream>");
  EXPECT_TRUE(peer.got_orderly_end());
}

TEST_F(TlsTest, LargeTransfersAndHandOversKeepEveryByte) {
  listen_tls(TlsStart::at_once);
  auto pair = connect({.tls_start = TlsStart::at_once, .tls = client_.get()});
  auto& server = *pair.server;
  std::size_t moves = 0;
  on(*pair.server_shard, [&] {
    server.on_end = [&](CloseReason) { server.drop(); };
    server.on_input = [&](std::string_view bytes) {
      server.connection().send(bytes);
      ++moves;
      Shard& target = Shard::current() == &shards_[0] ? shards_[1] : shards_[0];
      hand_over(server.give_up(), target, [&](auto arrived) { server.adopt(std::move(arrived)); });
    };
  });
  std::string sent;
  for (int i = 0; sent.size() < 3'000'000; ++i) sent += std::to_string(i) + ' ';
  on(shards_[1], [&] { pair.client->connection().send(sent); });
  EXPECT_EQ(pair.client->wait_for_bytes(sent.size()), sent);
  on(shards_[1], [&] { pair.client->connection().close(); });
  server.wait_for_close();
  EXPECT_GT(moves, 10u);
}

TEST_F(TlsTest, AConnectionMayMoveInTheMiddleOfItsHandshake) {
  listen_tls(TlsStart::at_once);
  std::promise<void> moved;
  prepare_ = [&](End& end) {
    Shard& target = Shard::current() == &shards_[0] ? shards_[1] : shards_[0];
    hand_over(end.give_up(), target, [&](auto arrived) {
      end.adopt(std::move(arrived));
      echo(end);
      moved.set_value();
    });
  };
  OpensslPeer peer(listener_->port());
  moved.get_future().wait();
  ASSERT_TRUE(peer.handshake());
  EXPECT_TRUE(peer.send("hello"));
  EXPECT_EQ(peer.receive(5), "hello");
  auto pair = take_arrived();
  Shard& home = pair.server_shard == &shards_[0] ? shards_[1] : shards_[0];
  on(home, [&] { pair.server->drop(); });
}

TEST_F(TlsTest, AVerifyingClientRefusesACertificateThatItDoesNotTrustOrThatNamesAnother) {
  listen_tls(TlsStart::at_once);
  const auto chain = folder() / "chain.pem";
  ASSERT_TRUE(certificate_.save(chain, folder() / "key.pem"));
  const auto system = *TlsContext::client({});
  const auto trusting = *TlsContext::client({.is_verifying = true, .authorities = chain});
  const auto outcome = [&](const TlsContext& context, const std::string& name) {
    auto pair = connect({.tls_start = TlsStart::at_once, .tls = &context, .server_name = name});
    pair.client->wait_for_secured();
    return pair.client->was_secured();
  };
  EXPECT_FALSE(outcome(*system, "capulet.example"));
  EXPECT_FALSE(outcome(*trusting, "montague.example"));
  EXPECT_TRUE(outcome(*trusting, "capulet.example"));
}

TEST_F(TlsTest, NewHandshakesUseAReplacedCertificateAndABadOneChangesNothing) {
  listen_tls(TlsStart::at_once);
  const auto served = [&] {
    OpensslPeer peer(listener_->port());
    EXPECT_TRUE(peer.handshake());
    return peer.certificate_sha256();
  };
  const auto first = served();
  CertificateFiles files(folder() / "chain.pem", folder() / "key.pem");
  ASSERT_TRUE(make_certificate().save(folder() / "chain.pem", folder() / "key.pem"));
  ASSERT_TRUE(server_->use_certificate(*files.load()));
  const auto second = served();
  EXPECT_NE(first, second);
  EXPECT_FALSE(files.have_changed());
  std::ofstream(folder() / "chain.pem") << "damaged";
  EXPECT_TRUE(files.have_changed());
  EXPECT_FALSE(files.load());
  EXPECT_EQ(served(), second);
}

TEST_F(TlsTest, AKeyOfAnotherCertificateIsRefused) {
  ASSERT_TRUE(make_certificate().save(folder() / "a.pem", folder() / "a.key"));
  ASSERT_TRUE(make_certificate().save(folder() / "b.pem", folder() / "b.key"));
  EXPECT_TRUE(Certificate::load(folder() / "a.pem", folder() / "a.key"));
  const auto mixed = Certificate::load(folder() / "a.pem", folder() / "b.key");
  ASSERT_FALSE(mixed);
  EXPECT_EQ(mixed.error().code, ErrorCode::invalid);
  const auto absent = Certificate::load(folder() / "none.pem", folder() / "b.key");
  ASSERT_FALSE(absent);
  EXPECT_EQ(absent.error().code, ErrorCode::not_found);
}

TEST_F(TlsTest, ASelfSignedCertificateNamesItsDomainAndHidesItsKey) {
  using namespace std::filesystem;
  EXPECT_TRUE(certificate_.is_valid_for("capulet.example"));
  EXPECT_FALSE(certificate_.is_valid_for("montague.example"));
  EXPECT_GT(certificate_.expires(), std::chrono::system_clock::now() + std::chrono::hours(24 * 3'600));
  ASSERT_TRUE(certificate_.save(folder() / "chain.pem", folder() / "key.pem"));
  EXPECT_EQ(status(folder() / "key.pem").permissions(), perms::owner_read | perms::owner_write);
}

}  // namespace
}  // namespace queqiao::net
