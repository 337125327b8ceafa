#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace queqiao::net {

// A host and a port as people write them: "chat.example:5222", "127.0.0.1:0", "[::1]:5222", "*:5222" (every address).
struct HostPort {
  std::string host;  // "" for every address
  std::uint16_t port = 0;

  static Result<HostPort> parse(std::string_view text);
};

// An IPv4 or IPv6 address, kept as IPv6 (IPv4 as ::ffff:a.b.c.d, RFC 4291 2.5.5.2).
class IpAddress {
 public:
  IpAddress() = default;
  explicit IpAddress(const sockaddr_storage& address);

  std::string text() const;  // "192.0.2.1" or "2001:db8::1"
  bool is_loopback() const;

 private:
  bool is_v4() const { return IN6_IS_ADDR_V4MAPPED(&address_); }

  in6_addr address_{};
};

// Whom an address belongs to, as far as limits are concerned: an IPv4 address itself, of an IPv6 address its first 64
// bits
// ("2001:db8::/64"), because a customer's network has all that lie behind them. What is no address stays as it is.
std::string network_of(std::string_view address);

}  // namespace queqiao::net
