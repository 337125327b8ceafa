#include "xmpp/sasl/plain.h"

#include <gtest/gtest.h>

namespace queqiao::xmpp::sasl {
namespace {

using namespace std::string_literals;

std::variant<PlainLogin, Failure> parse(const std::string& message) {
  return parse_plain(message, "capulet.lit");
}

TEST(Plain, CarriesUserAndPassword) {
  const auto login = std::get<PlainLogin>(parse(build_plain("juliet", "r0m30 myr0m30")));
  EXPECT_EQ(login.user, "juliet");
  EXPECT_EQ(login.password, "r0m30 myr0m30");
}

TEST(Plain, BringsBothToNormalForm) {
  const auto login = std::get<PlainLogin>(parse("\0JULIET\0a\u00a0B"s));
  EXPECT_EQ(login.user, "juliet");
  EXPECT_EQ(login.password, "a B");
}

TEST(Plain, AllowsNoIdentityButOnesOwn) {
  EXPECT_TRUE(std::holds_alternative<PlainLogin>(parse("juliet@capulet.lit\0juliet\0secret"s)));
  EXPECT_EQ(std::get<Failure>(parse("romeo@capulet.lit\0juliet\0secret"s)), Failure::invalid_authzid);
}

TEST(Plain, RefusesMalformedMessages) {
  for (const auto& message : {""s, "juliet"s, "\0juliet"s, "\0juliet\0"s, "\0\0secret"s, "\0\0"s, "\0juliet\0a\0b"s,
                              "\0juliet\0\xff"s, "juliet\0secret"s}) {
    EXPECT_EQ(std::get<Failure>(parse(message)), Failure::malformed_request);
  }
}

TEST(Plain, RefusesPasswordsThatNoAccountCanHave) {
  EXPECT_EQ(std::get<Failure>(parse("\0juliet\0a\tb"s)), Failure::not_authorized);
}

}  // namespace
}  // namespace queqiao::xmpp::sasl
