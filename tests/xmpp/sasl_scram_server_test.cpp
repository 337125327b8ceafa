#include "xmpp/sasl/scram_server.h"

#include <gtest/gtest.h>

#include <string>

#include "base/encoding.h"
#include "xmpp/sasl/scram_client.h"

namespace queqiao::xmpp::sasl {
namespace {

constexpr std::string_view domain = "capulet.lit";

ScramServerSetup setup_for(Mechanism mechanism, std::string nonce = "server-nonce") {
  ScramServerSetup setup;
  setup.mechanism = mechanism;
  setup.domain = domain;
  setup.nonce = std::move(nonce);
  setup.decoy_secret = "secret of the test";
  return setup;
}

ScramKeys keys_of(std::string_view password, Mechanism mechanism = Mechanism::scram_sha_256) {
  return ScramKeys::derive(password, "the salt of test", 4096, hash_of(mechanism));
}

ScramClientSetup client_for(Mechanism mechanism, std::string password = "pencil") {
  ScramClientSetup setup;
  setup.mechanism = mechanism;
  setup.user = "user";
  setup.password = std::move(password);
  return setup;
}

std::optional<Failure> failure_of_first(ScramServerSetup setup, std::string_view message) {
  return ScramServer(std::move(setup)).client_first(message);
}

// Both sides' messages until the first that one of them does not accept; whether both are content at the end.
bool log_in(ScramClient client, ScramServer server, const std::optional<ScramKeys>& keys) {
  if (server.client_first(client.client_first())) return false;
  const auto final = client.client_final(server.server_first(keys));
  if (!final || server.client_final(*final)) return false;
  return client.verify(server.server_final());
}

// RFC 5802 5.
TEST(ScramServer, FollowsTheExampleOfRfc5802) {
  ScramServer server(setup_for(Mechanism::scram_sha_1, "3rfcNHYJY1ZVvWVs7j"));
  EXPECT_FALSE(server.client_first("n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL"));
  EXPECT_EQ(server.user(), "user");
  const auto keys = ScramKeys::derive("pencil", *base64_decode("QSXCR+Q6sek8bf92"), 4096, Hash::sha1);
  EXPECT_EQ(server.server_first(keys), "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096");
  EXPECT_FALSE(
      server.client_final("c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts="));
  EXPECT_EQ(server.server_final(), "v=rmF9pqV8S7suAoZWja4dJRkFsKQ=");
}

// RFC 7677 3.
TEST(ScramServer, FollowsTheExampleOfRfc7677) {
  ScramServer server(setup_for(Mechanism::scram_sha_256, "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0"));
  EXPECT_FALSE(server.client_first("n,,n=user,r=rOprNGfwEbeRWgbNEkqO"));
  const auto keys = ScramKeys::derive("pencil", *base64_decode("W22ZaJ0SNY7soEsUEjb6gQ=="), 4096, Hash::sha256);
  EXPECT_EQ(server.server_first(keys),
            "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096");
  EXPECT_FALSE(
      server.client_final("c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                          "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="));
  EXPECT_EQ(server.server_final(), "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
}

TEST(ScramServer, LogsOurClientInByEveryMechanism) {
  for (const auto mechanism : {Mechanism::scram_sha_1, Mechanism::scram_sha_256}) {
    EXPECT_TRUE(
        log_in(ScramClient(client_for(mechanism)), ScramServer(setup_for(mechanism)), keys_of("pencil", mechanism)));
  }
  for (const auto mechanism : {Mechanism::scram_sha_1_plus, Mechanism::scram_sha_256_plus}) {
    for (const auto* type : {"tls-exporter", "tls-server-end-point"}) {
      auto setup = setup_for(mechanism);
      setup.bindings = {"bytes of tls-exporter", "bytes of tls-server-end-point"};
      auto client = client_for(mechanism);
      client.binding_type = type;
      client.binding_bytes = "bytes of " + client.binding_type;
      EXPECT_TRUE(log_in(ScramClient(client), ScramServer(setup), keys_of("pencil", mechanism))) << type;
    }
  }
}

TEST(ScramServer, RefusesAWrongPassword) {
  ScramClient client(client_for(Mechanism::scram_sha_256, "pencil2"));
  ScramServer server(setup_for(Mechanism::scram_sha_256));
  ASSERT_FALSE(server.client_first(client.client_first()));
  const auto final = client.client_final(server.server_first(keys_of("pencil")));
  EXPECT_EQ(server.client_final(*final), Failure::not_authorized);
}

TEST(ScramServer, DoesNotShowWhichUsersExist) {
  std::string challenges[2];
  for (auto& challenge : challenges) {
    ScramClient client(client_for(Mechanism::scram_sha_256));
    ScramServer server(setup_for(Mechanism::scram_sha_256));
    ASSERT_FALSE(server.client_first(client.client_first()));
    const std::string first = server.server_first(std::nullopt);
    challenge = first.substr(first.find(",s="));
    const auto final = client.client_final(first);
    ASSERT_TRUE(final);
    EXPECT_EQ(server.client_final(*final), Failure::not_authorized);
  }
  EXPECT_EQ(challenges[0], challenges[1]);
  EXPECT_EQ(challenges[0].size(), (",s=" + base64_encode(std::string(scram_salt_size, 's')) + ",i=10000").size());
}

TEST(ScramServer, GivesEachUnknownUserASaltOfItsOwn) {
  EXPECT_EQ(decoy_salt("a", Hash::sha1, "secret"), decoy_salt("a", Hash::sha1, "secret"));
  EXPECT_NE(decoy_salt("a", Hash::sha1, "secret"), decoy_salt("b", Hash::sha1, "secret"));
  EXPECT_NE(decoy_salt("a", Hash::sha1, "secret"), decoy_salt("a", Hash::sha256, "secret"));
  EXPECT_NE(decoy_salt("a", Hash::sha1, "secret"), decoy_salt("a", Hash::sha1, process_decoy_secret()));
}

TEST(ScramServer, TakesDamagedKeysForNone) {
  ScramServer server(setup_for(Mechanism::scram_sha_256));
  ASSERT_FALSE(server.client_first("n,,n=user,r=abc"));
  server.server_first(ScramKeys{"salt", 4096, "", ""});
  EXPECT_EQ(server.client_final("c=biws,r=abcserver-nonce,p=" + base64_encode(std::string(32, 'p'))),
            Failure::not_authorized);
}

TEST(ScramServer, BringsTheUserNameToNormalForm) {
  ScramServer server(setup_for(Mechanism::scram_sha_256));
  EXPECT_FALSE(server.client_first("n,a=user@capulet.lit,n=USER,r=abc"));
  EXPECT_EQ(server.user(), "user");
}

TEST(ScramServer, LetsNobodyActAsAnother) {
  const auto setup = setup_for(Mechanism::scram_sha_256);
  EXPECT_EQ(failure_of_first(setup, "n,a=admin@capulet.lit,n=user,r=abc"), Failure::invalid_authzid);
  EXPECT_EQ(failure_of_first(setup, "n,a=user@montague.lit,n=user,r=abc"), Failure::invalid_authzid);
}

TEST(ScramServer, NoticesThatPlusWasTakenFromTheList) {
  auto setup = setup_for(Mechanism::scram_sha_256);
  EXPECT_FALSE(failure_of_first(setup, "y,,n=user,r=abc"));
  setup.is_plus_offered = true;
  EXPECT_EQ(failure_of_first(setup, "y,,n=user,r=abc"), Failure::not_authorized);
  EXPECT_FALSE(failure_of_first(setup, "n,,n=user,r=abc"));
}

TEST(ScramServer, WantsABindingExactlyWithPlus) {
  auto setup = setup_for(Mechanism::scram_sha_256);
  setup.bindings.tls_exporter = "bytes";
  EXPECT_EQ(failure_of_first(setup, "p=tls-exporter,,n=user,r=abc"), Failure::malformed_request);
  setup.mechanism = Mechanism::scram_sha_256_plus;
  EXPECT_FALSE(failure_of_first(setup, "p=tls-exporter,,n=user,r=abc"));
  EXPECT_EQ(failure_of_first(setup, "n,,n=user,r=abc"), Failure::malformed_request);
  EXPECT_EQ(failure_of_first(setup, "y,,n=user,r=abc"), Failure::malformed_request);
}

TEST(ScramServer, RefusesBindingsThatTheConnectionHasNot) {
  auto setup = setup_for(Mechanism::scram_sha_256_plus);
  setup.bindings.tls_exporter = "bytes";
  EXPECT_EQ(failure_of_first(setup, "p=tls-server-end-point,,n=user,r=abc"), Failure::not_authorized);
  EXPECT_EQ(failure_of_first(setup, "p=tls-unique,,n=user,r=abc"), Failure::not_authorized);
}

// The man in the middle has two TLS connections, whose bytes differ.
TEST(ScramServer, RefusesALoginThatWasRelayed) {
  auto setup = setup_for(Mechanism::scram_sha_256_plus);
  setup.bindings.tls_exporter = "bytes of one connection";
  auto client = client_for(Mechanism::scram_sha_256_plus);
  client.binding_type = "tls-exporter";
  client.binding_bytes = "bytes of another";
  EXPECT_FALSE(log_in(ScramClient(client), ScramServer(setup), keys_of("pencil")));
}

// RFC 5802 5.1, c=: the header is repeated, so that nobody could change the flag on its way.
TEST(ScramServer, ComparesTheHeaderOfTheFirstMessage) {
  ScramClient client(client_for(Mechanism::scram_sha_256));
  ScramServer server(setup_for(Mechanism::scram_sha_256));
  const std::string first = client.client_first();
  ASSERT_FALSE(server.client_first("y" + first.substr(1)));
  const auto final = client.client_final(server.server_first(keys_of("pencil")));
  EXPECT_EQ(server.client_final(*final), Failure::not_authorized);
}

TEST(ScramServer, RefusesANonceOfAnotherExchange) {
  ScramClient client(client_for(Mechanism::scram_sha_256));
  ScramServer old_server(setup_for(Mechanism::scram_sha_256, "old")),
      server(setup_for(Mechanism::scram_sha_256, "new"));
  const std::string first = client.client_first();
  ASSERT_FALSE(old_server.client_first(first));
  ASSERT_FALSE(server.client_first(first));
  const auto final = client.client_final(old_server.server_first(keys_of("pencil")));
  server.server_first(keys_of("pencil"));
  EXPECT_EQ(server.client_final(*final), Failure::not_authorized);
}

TEST(ScramServer, RefusesMessagesOutOfOrder) {
  ScramServer server(setup_for(Mechanism::scram_sha_256));
  EXPECT_EQ(server.client_final("c=biws,r=a,p=cHJvb2Y="), Failure::malformed_request);
  EXPECT_EQ(server.client_first("n,,n=user,r=abc"), Failure::malformed_request);

  ScramServer waiting(setup_for(Mechanism::scram_sha_256));
  EXPECT_FALSE(waiting.client_first("n,,n=user,r=abc"));
  EXPECT_EQ(waiting.client_first("n,,n=user,r=abc"), Failure::malformed_request);
}

TEST(ScramServer, RefusesProofsOfAnotherSize) {
  ScramServer server(setup_for(Mechanism::scram_sha_256));
  ASSERT_FALSE(server.client_first("n,,n=user,r=abc"));
  server.server_first(keys_of("pencil"));
  EXPECT_EQ(server.client_final("c=biws,r=abcserver-nonce,p=cHJvb2Y="), Failure::not_authorized);
}

TEST(ScramKeys, TellAPasswordFromAnother) {
  const auto keys = ScramKeys::make("pencil", 10, Hash::sha256);
  EXPECT_EQ(keys.salt.size(), scram_salt_size);
  EXPECT_TRUE(is_password_of(keys, "pencil", Hash::sha256));
  EXPECT_FALSE(is_password_of(keys, "Pencil", Hash::sha256));
  EXPECT_FALSE(is_password_of(ScramKeys{}, "", Hash::sha256));
}

}  // namespace
}  // namespace queqiao::xmpp::sasl
