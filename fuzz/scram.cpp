// SASL: both ends read whatever a peer sends; what the parsers accept, they accept for what it says, and nobody is
// logged in who does not know the password.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/assert.h"
#include "xmpp/sasl/plain.h"
#include "xmpp/sasl/scram_client.h"
#include "xmpp/sasl/scram_message.h"
#include "xmpp/sasl/scram_server.h"

namespace {

using namespace queqiao;
using namespace queqiao::xmpp::sasl;

constexpr std::string_view domain = "capulet.lit";

void feed_server(std::string_view first, std::string_view final, const ScramKeys& keys, Mechanism mechanism) {
  ScramServerSetup setup;
  setup.mechanism = mechanism;
  setup.domain = domain;
  setup.bindings = {"exported", "hash of certificate"};
  setup.is_plus_offered = true;
  setup.nonce = "server";
  setup.decoy_secret = "secret";
  ScramServer server(setup);
  if (server.client_first(first)) return;
  QUEQIAO_ASSERT(!server.user().empty());
  QUEQIAO_ASSERT(parse_server_first(server.server_first(keys)).has_value());
  QUEQIAO_ASSERT(server.client_final(final).has_value());
}

void feed_client(std::string_view first, std::string_view final) {
  ScramClientSetup setup;
  setup.user = "juliet";
  setup.password = "pencil";
  setup.nonce = "client";
  setup.least_iterations = 1;
  setup.most_iterations = 10;
  ScramClient client(setup);
  client.client_first();
  if (const auto answer = client.client_final(first)) QUEQIAO_ASSERT(parse_client_final(*answer).has_value());
  QUEQIAO_ASSERT(!client.verify(final));
}

void check_client_first(std::string_view message) {
  const auto first = parse_client_first(message);
  if (!first) return;
  QUEQIAO_ASSERT(first->gs2_header.size() + first->bare.size() == message.size());
  QUEQIAO_ASSERT(first->bare.starts_with("n=" + escape_name(first->user) + ",r="));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static const ScramKeys keys = ScramKeys::derive("correct horse battery staple", "salt", 1, Hash::sha256);
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const std::size_t cut = text.find('\n');
  const std::string_view first = text.substr(0, cut), final = cut == text.npos ? "" : text.substr(cut + 1);
  check_client_first(first);
  feed_server(first, final, keys, Mechanism::scram_sha_256);
  feed_server(first, final, keys, Mechanism::scram_sha_256_plus);
  feed_client(first, final);
  const auto plain = parse_plain(text, domain);
  if (const auto* login = std::get_if<PlainLogin>(&plain)) {
    QUEQIAO_ASSERT(std::get<PlainLogin>(parse_plain(build_plain(login->user, login->password), domain)).user ==
                   login->user);
  }
  return 0;
}
