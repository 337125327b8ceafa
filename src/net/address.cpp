#include "net/address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace queqiao::net {

Result<HostPort> HostPort::parse(std::string_view text) {
  const Error invalid{ErrorCode::invalid, "'" + std::string(text) + "' is not HOST:PORT"};
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) return invalid;
  auto host = text.substr(0, colon);
  const auto digits = text.substr(colon + 1);
  HostPort parsed;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), parsed.port);
  if (error != std::errc() || end != digits.data() + digits.size()) return invalid;
  if (host.starts_with('[') && host.ends_with(']')) {
    host = host.substr(1, host.size() - 2);
  } else if (host.find(':') != std::string_view::npos) {
    return invalid;  // an IPv6 address without brackets: where it ends is a guess
  }
  if (host != "*") parsed.host = host;
  return parsed;
}

IpAddress::IpAddress(const sockaddr_storage& address) {
  if (address.ss_family == AF_INET6) {
    address_ = reinterpret_cast<const sockaddr_in6&>(address).sin6_addr;
  } else if (address.ss_family == AF_INET) {
    address_.s6_addr[10] = address_.s6_addr[11] = 0xff;
    std::memcpy(&address_.s6_addr[12], &reinterpret_cast<const sockaddr_in&>(address).sin_addr, 4);
  }
}

std::string IpAddress::text() const {
  char buffer[INET6_ADDRSTRLEN] = "";
  if (is_v4()) {
    inet_ntop(AF_INET, &address_.s6_addr[12], buffer, sizeof buffer);
  } else {
    inet_ntop(AF_INET6, &address_, buffer, sizeof buffer);
  }
  return buffer;
}

bool IpAddress::is_loopback() const {
  return is_v4() ? address_.s6_addr[12] == 127 : IN6_IS_ADDR_LOOPBACK(&address_);
}

std::string network_of(std::string_view address) {
  const std::string text(address);
  in6_addr parsed{};
  if (inet_pton(AF_INET6, text.c_str(), &parsed) != 1) return text;
  std::fill(std::begin(parsed.s6_addr) + 8, std::end(parsed.s6_addr), std::uint8_t{0});
  char buffer[INET6_ADDRSTRLEN] = "";
  inet_ntop(AF_INET6, &parsed, buffer, sizeof buffer);
  return std::string(buffer) + "/64";
}

}  // namespace queqiao::net
