#include "xmpp/domainpart.h"

#include <arpa/inet.h>
#include <unicode/bytestream.h>
#include <unicode/idna.h>
#include <unicode/stringpiece.h>

#include <cstdint>

#include "base/text.h"

namespace queqiao::xmpp {
namespace {

// STD3 leaves letters, digits, hyphens and dots of ASCII, so no delimiter of a JID can come out of a mapping.
const icu::IDNA* make_idna() {
  UErrorCode status = U_ZERO_ERROR;
  const icu::IDNA* idna =
      icu::IDNA::createUTS46Instance(UIDNA_USE_STD3_RULES | UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ |
                                         UIDNA_CHECK_CONTEXTO | UIDNA_NONTRANSITIONAL_TO_UNICODE,
                                     status);
  return U_SUCCESS(status) ? idna : nullptr;
}

// "--" as third and fourth character is in use outside of IDNA (content networks), and harmless. Lengths are those of
// RFC 7622, which the caller checks, not those of the DNS.
constexpr std::uint32_t tolerated =
    UIDNA_ERROR_HYPHEN_3_4 | UIDNA_ERROR_LABEL_TOO_LONG | UIDNA_ERROR_DOMAIN_NAME_TOO_LONG;

// One canonical text per address (RFC 5952).
std::optional<std::string> map_ipv6(std::string_view text) {
  const std::string address(text.substr(1, text.size() - 2));
  in6_addr bytes;
  char canonical[INET6_ADDRSTRLEN];
  if (address.find('\0') != address.npos || inet_pton(AF_INET6, address.c_str(), &bytes) != 1) return std::nullopt;
  if (inet_ntop(AF_INET6, &bytes, canonical, sizeof canonical) == nullptr) return std::nullopt;
  return "[" + std::string(canonical) + "]";
}

}  // namespace

std::optional<std::string> map_domain(std::string_view text) {
  if (text.starts_with('[') && text.ends_with(']')) return map_ipv6(text);
  static const icu::IDNA* const idna = make_idna();
  if (idna == nullptr || text.size() > INT32_MAX || !is_utf8(text)) return std::nullopt;
  std::string out;
  icu::StringByteSink<std::string> sink(&out, static_cast<std::int32_t>(text.size()));
  icu::IDNAInfo info;
  UErrorCode status = U_ZERO_ERROR;
  idna->nameToUnicodeUTF8({text.data(), static_cast<std::int32_t>(text.size())}, sink, info, status);
  if (U_FAILURE(status) || (info.getErrors() & ~tolerated) != 0) return std::nullopt;
  // RFC 7622 3.2: the dot of the DNS's root is taken off before anything is compared.
  if (out.ends_with('.')) out.pop_back();
  if (out.empty() || out.ends_with('.')) return std::nullopt;
  return out;
}

}  // namespace queqiao::xmpp
