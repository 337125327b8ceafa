#include "xmpp/sasl/scram_client.h"

#include <gtest/gtest.h>

namespace queqiao::xmpp::sasl {
namespace {

ScramClientSetup setup_for(Mechanism mechanism, std::string nonce) {
  ScramClientSetup setup;
  setup.mechanism = mechanism;
  setup.user = "user";
  setup.password = "pencil";
  setup.nonce = std::move(nonce);
  return setup;
}

ScramClient started(ScramClientSetup setup) {
  ScramClient client(std::move(setup));
  client.client_first();
  return client;
}

// RFC 5802 5.
TEST(ScramClient, FollowsTheExampleOfRfc5802) {
  ScramClient client(setup_for(Mechanism::scram_sha_1, "fyko+d2lbbFgONRv9qkxdawL"));
  EXPECT_EQ(client.client_first(), "n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL");
  EXPECT_EQ(client.client_final("r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096"),
            "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=");
  EXPECT_TRUE(client.verify("v=rmF9pqV8S7suAoZWja4dJRkFsKQ="));
}

// RFC 7677 3.
TEST(ScramClient, FollowsTheExampleOfRfc7677) {
  ScramClient client(setup_for(Mechanism::scram_sha_256, "rOprNGfwEbeRWgbNEkqO"));
  EXPECT_EQ(client.client_first(), "n,,n=user,r=rOprNGfwEbeRWgbNEkqO");
  EXPECT_EQ(
      client.client_final("r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"),
      "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
      "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
  EXPECT_TRUE(client.verify("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="));
}

TEST(ScramClient, SaysWhetherItBindsTheChannel) {
  auto setup = setup_for(Mechanism::scram_sha_256, "abc");
  setup.is_binding_unused = true;
  EXPECT_EQ(ScramClient(setup).client_first(), "y,,n=user,r=abc");
  setup.mechanism = Mechanism::scram_sha_256_plus;
  setup.binding_type = "tls-exporter";
  EXPECT_EQ(ScramClient(setup).client_first(), "p=tls-exporter,,n=user,r=abc");
}

TEST(ScramClient, EscapesTheUserName) {
  auto setup = setup_for(Mechanism::scram_sha_256, "abc");
  setup.user = "a,b=c";
  EXPECT_EQ(ScramClient(setup).client_first(), "n,,n=a=2Cb=3Dc,r=abc");
}

TEST(ScramClient, WantsItsNonceContinued) {
  for (const auto* message : {"r=abc,s=c2FsdA==,i=4096", "r=xabc,s=c2FsdA==,i=4096", "r=ab,s=c2FsdA==,i=4096"}) {
    EXPECT_FALSE(started(setup_for(Mechanism::scram_sha_256, "abc")).client_final(message)) << message;
  }
}

TEST(ScramClient, RefusesTooFewAndAbsurdlyManyIterations) {
  auto setup = setup_for(Mechanism::scram_sha_256, "abc");
  EXPECT_FALSE(started(setup).client_final("r=abcd,s=c2FsdA==,i=4095"));
  EXPECT_TRUE(started(setup).client_final("r=abcd,s=c2FsdA==,i=4096"));
  EXPECT_FALSE(started(setup).client_final("r=abcd,s=c2FsdA==,i=10000001"));
  setup.least_iterations = 1;
  EXPECT_TRUE(started(setup).client_final("r=abcd,s=c2FsdA==,i=1"));
}

TEST(ScramClient, RefusesAServerThatDoesNotKnowThePassword) {
  auto client = started(setup_for(Mechanism::scram_sha_1, "fyko+d2lbbFgONRv9qkxdawL"));
  EXPECT_FALSE(client.verify("v=rmF9pqV8S7suAoZWja4dJRkFsKQ="));  // before it could
  client.client_final("r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096");
  for (const auto* message : {"", "v=", "v=AAAA", "v=AmF9pqV8S7suAoZWja4dJRkFsKQ=", "e=other-error"}) {
    EXPECT_FALSE(client.verify(message)) << message;
  }
}

TEST(ScramClient, AnswersOneChallengeOnly) {
  ScramClient client(setup_for(Mechanism::scram_sha_256, "abc"));
  EXPECT_FALSE(client.client_final("r=abcd,s=c2FsdA==,i=4096"));
  client.client_first();
  EXPECT_TRUE(client.client_final("r=abcd,s=c2FsdA==,i=4096"));
  EXPECT_FALSE(client.client_final("r=abcd,s=c2FsdA==,i=4096"));
}

}  // namespace
}  // namespace queqiao::xmpp::sasl
