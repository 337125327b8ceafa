#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// The four messages of SCRAM (RFC 5802 7), parsed strictly: attributes in their order, none twice, none empty, names
// escaped as they must be. Views point into the message that was parsed.
namespace queqiao::xmpp::sasl {

struct ClientFirst {
  char binding_flag = 'n';        // n: cannot bind, y: could, but the server seems not to, p: binds
  std::string_view binding_type;  // with p
  std::string authzid;            // empty: none
  std::string user;               // as sent, not in normal form
  std::string_view nonce;
  std::string_view gs2_header;  // with its last comma
  std::string_view bare;        // what follows the header
};

struct ServerFirst {
  std::string_view nonce;
  std::string salt;
  std::uint32_t iterations = 0;
};

struct ClientFinal {
  std::string binding;  // the GS2 header and the bytes of the channel
  std::string_view nonce;
  std::string proof;
  std::string_view without_proof;
};

std::optional<ClientFirst> parse_client_first(std::string_view message);
std::optional<ServerFirst> parse_server_first(std::string_view message);
std::optional<ClientFinal> parse_client_final(std::string_view message);
// The server's signature; nothing when it is malformed or an error.
std::optional<std::string> parse_server_final(std::string_view message);

std::string escape_name(std::string_view name);  // ',' and '=' as "=2C" and "=3D"

}  // namespace queqiao::xmpp::sasl
