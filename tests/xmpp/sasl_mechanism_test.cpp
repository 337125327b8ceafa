#include "xmpp/sasl/mechanism.h"

#include <gtest/gtest.h>

#include <vector>

#include "xmpp/sasl/identity.h"

namespace queqiao::xmpp::sasl {
namespace {

TEST(Mechanism, IsFoundByItsExactName) {
  for (const Mechanism mechanism : all_mechanisms) EXPECT_EQ(find_mechanism(name_of(mechanism)), mechanism);
  EXPECT_FALSE(find_mechanism("scram-sha-1"));
  EXPECT_FALSE(find_mechanism("ANONYMOUS"));
  EXPECT_FALSE(find_mechanism(""));
}

TEST(Mechanism, TheStrongestThatBothSidesAllowIsChosen) {
  const std::vector<std::string_view> offered = {"PLAIN", "SCRAM-SHA-1", "X-NEW", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-256"};
  EXPECT_EQ(choose_mechanism(offered, true, true), Mechanism::scram_sha_1_plus);
  EXPECT_EQ(choose_mechanism(offered, false, true), Mechanism::scram_sha_256);
}

TEST(Mechanism, PlainIsChosenOnlyWhenAllowed) {
  const std::vector<std::string_view> offered = {"PLAIN"};
  EXPECT_EQ(choose_mechanism(offered, true, true), Mechanism::plain);
  EXPECT_FALSE(choose_mechanism(offered, true, false));
}

TEST(ChannelBindings, HaveNoBytesForUnknownTypes) {
  const ChannelBindings bindings{"exported", ""};
  EXPECT_EQ(bindings.find("tls-exporter"), "exported");
  EXPECT_EQ(bindings.find("tls-server-end-point"), "");
  EXPECT_EQ(bindings.find("tls-unique"), "");
}

TEST(Failure, HasTheNameOfItsCondition) {
  EXPECT_EQ(condition_of(Failure::not_authorized), "not-authorized");
  EXPECT_EQ(condition_of(Failure::temporary_auth_failure), "temporary-auth-failure");
}

TEST(Identity, IsTheNormalFormOfTheUserName) {
  EXPECT_EQ(std::get<std::string>(identify("Juliet", "", "capulet.lit")), "juliet");
  EXPECT_EQ(std::get<std::string>(identify("juliet", "Juliet@Capulet.lit", "capulet.lit")), "juliet");
}

TEST(Identity, NobodyActsAsAnother) {
  for (const auto* authzid : {"romeo@capulet.lit", "juliet@montague.lit", "juliet", "capulet.lit", "@",
                              "juliet@capulet.lit/balcony", "admin@capulet.lit"}) {
    EXPECT_EQ(std::get<Failure>(identify("juliet", authzid, "capulet.lit")), Failure::invalid_authzid) << authzid;
  }
}

TEST(Identity, NamesThatNoAccountCanHaveAreNotAuthorized) {
  EXPECT_EQ(std::get<Failure>(identify("a b", "", "capulet.lit")), Failure::not_authorized);
  EXPECT_EQ(std::get<Failure>(identify("juliet@capulet.lit", "", "capulet.lit")), Failure::not_authorized);
}

}  // namespace
}  // namespace queqiao::xmpp::sasl
