#include "xmpp/jid.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/assert.h"
#include "base/text.h"
#include "xmpp/domainpart.h"
#include "xmpp/precis.h"

namespace queqiao::xmpp {
namespace {

constexpr std::size_t max_part = 1023;  // bytes of a part, RFC 7622 3.2, 3.3, 3.4
// What is longer is refused unseen: the usual mappings make a text shorter by two thirds at most (full-width to ASCII).
constexpr std::size_t max_unmapped_part = 3 * max_part;

// What a byte of ASCII may be without any mapping; 0 for the rest.
enum Use : std::uint8_t { in_local = 1, in_domain = 2, in_resource = 4 };

constexpr bool is_excluded_from_local(char c) {  // RFC 7622 3.3.1
  return std::string_view("\"&'/:<>@").find(c) != std::string_view::npos;
}

constexpr std::array<std::uint8_t, 256> make_uses() {
  std::array<std::uint8_t, 256> uses{};
  for (unsigned i = 0x20; i < 0x7f; ++i) {
    const char c = static_cast<char>(i);
    const bool is_upper = c >= 'A' && c <= 'Z';
    const bool is_ldh = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
    uses[i] = in_resource;
    if (c != ' ' && !is_upper && !is_excluded_from_local(c)) uses[i] |= in_local;
    if (is_ldh) uses[i] |= in_domain;
  }
  return uses;
}

constexpr std::array<std::uint8_t, 256> uses = make_uses();

bool all_are(std::string_view text, Use use) {
  unsigned common = use;
  for (const char c : text) common &= uses[static_cast<unsigned char>(c)];
  return common != 0;
}

bool fits(std::string_view part) {
  return !part.empty() && part.size() <= max_part;
}

bool is_normal_local(std::string_view text) {
  return fits(text) && all_are(text, in_local);
}
bool is_normal_resource(std::string_view text) {
  return fits(text) && all_are(text, in_resource);
}

// Leaves to UTS 46 what only it can judge: empty labels, hyphens at borders, and "--", which "xn--" labels have.
bool is_normal_domain(std::string_view text) {
  if (!fits(text) || !all_are(text, in_domain)) return false;
  char before = '.';
  for (const char c : text) {
    const bool is_border = before == '.' || before == '-';
    if (is_border && (c == '.' || c == '-')) return false;
    before = c;
  }
  return before != '.' && before != '-';
}

struct Parts {
  std::string_view local, domain, resource;
};

// RFC 7622 3.1: the resourcepart begins at the first '/', and what comes before it is cut at its first '@'. Nothing
// when a delimiter stands next to an empty part.
std::optional<Parts> cut(std::string_view text) {
  Parts parts;
  const std::size_t slash = text.find('/');
  if (slash != text.npos) {
    parts.resource = text.substr(slash + 1);
    if (parts.resource.empty()) return std::nullopt;
    text = text.substr(0, slash);
  }
  const std::size_t at = text.find('@');
  if (at != text.npos) {
    parts.local = text.substr(0, at);
    if (parts.local.empty()) return std::nullopt;
    text = text.substr(at + 1);
  }
  parts.domain = text;
  return parts;
}

bool is_normal(const Parts& parts) {
  return is_normal_domain(parts.domain) && (parts.local.empty() || is_normal_local(parts.local)) &&
         (parts.resource.empty() || is_normal_resource(parts.resource));
}

std::optional<std::string> if_it_fits(std::optional<std::string> part) {
  if (!part || !fits(*part)) return std::nullopt;
  return part;
}

// An absent part stays absent; one that cannot be normalised makes the whole fail.
bool normalize_optional(std::string_view part, std::optional<std::string> (*normalize)(std::string_view),
                        std::string& out) {
  if (part.empty()) return true;
  auto normal = normalize(part);
  if (normal) out = std::move(*normal);
  return normal.has_value();
}

}  // namespace

Jid::Jid(std::string_view local, std::string_view domain, std::string_view resource)
    : local_size_(static_cast<std::uint16_t>(local.size())), domain_size_(static_cast<std::uint16_t>(domain.size())) {
  text_.reserve(local.size() + domain.size() + resource.size() + 2);
  if (!local.empty()) text_.append(local).append(1, '@');
  text_.append(domain);
  if (!resource.empty()) text_.append(1, '/').append(resource);
}

std::optional<Jid> Jid::parse(std::string_view text) {
  const auto parts = cut(text);
  if (!parts) return std::nullopt;
  if (!is_normal(*parts)) return from_parts(parts->local, parts->domain, parts->resource);
  Jid jid;
  jid.text_ = text;
  jid.local_size_ = static_cast<std::uint16_t>(parts->local.size());
  jid.domain_size_ = static_cast<std::uint16_t>(parts->domain.size());
  return jid;
}

std::optional<Jid> Jid::from_parts(std::string_view local, std::string_view domain, std::string_view resource) {
  if (is_normal({local, domain, resource})) return Jid(local, domain, resource);
  const auto normal_domain = normalize_domain(domain);
  std::string normal_local, normal_resource;
  if (!normal_domain || !normalize_optional(local, normalize_local, normal_local) ||
      !normalize_optional(resource, normalize_resource, normal_resource)) {
    return std::nullopt;
  }
  return Jid(normal_local, *normal_domain, normal_resource);
}

Jid Jid::bare() const {
  return Jid(local(), domain(), {});
}

Jid Jid::with_resource(std::string_view normal_resource) const {
  QUEQIAO_ASSERT(normal_resource.size() <= max_part);
  return Jid(local(), domain(), normal_resource);
}

std::optional<std::string> normalize_local(std::string_view text) {
  if (text.size() > max_unmapped_part) return std::nullopt;
  if (const auto lower = ascii_lower(text); is_normal_local(lower)) return lower;
  auto local = precis::username_case_mapped(text);
  if (!local || std::any_of(local->begin(), local->end(), is_excluded_from_local)) return std::nullopt;
  return if_it_fits(std::move(local));
}

std::optional<std::string> normalize_domain(std::string_view text) {
  if (text.size() > max_unmapped_part) return std::nullopt;
  if (const auto lower = ascii_lower(text); is_normal_domain(lower)) return lower;
  return if_it_fits(map_domain(text));
}

std::optional<std::string> normalize_resource(std::string_view text) {
  if (text.size() > max_unmapped_part) return std::nullopt;
  if (is_normal_resource(text)) return std::string(text);
  return if_it_fits(precis::opaque_string(text));
}

std::optional<std::string> normalize_password(std::string_view text) {
  if (text.size() > max_unmapped_part) return std::nullopt;
  if (!text.empty() && all_are(text, in_resource)) return std::string(text);
  return precis::opaque_string(text);
}

}  // namespace queqiao::xmpp
