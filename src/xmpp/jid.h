#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/hash.h"

namespace queqiao::xmpp {

// An address of XMPP (RFC 7622): [localpart@]domainpart[/resourcepart], always in its normal form: localpart by PRECIS
// UsernameCaseMapped, domainpart by UTS 46, resourcepart by PRECIS OpaqueString. A default Jid is empty: "no address".
class Jid {
 public:
  Jid() = default;
  // Nothing when `text` is not a JID; RFC 7622 3 has the rules, each part takes at most 1023 bytes.
  static std::optional<Jid> parse(std::string_view text);
  // Each part is normalised; `local` and `resource` may be empty, meaning absent.
  static std::optional<Jid> from_parts(std::string_view local, std::string_view domain, std::string_view resource);

  bool empty() const { return text_.empty(); }
  std::string_view local() const { return std::string_view(text_).substr(0, local_size_); }
  std::string_view domain() const {
    return std::string_view(text_).substr(local_size_ ? local_size_ + 1u : 0u, domain_size_);
  }
  std::string_view resource() const {
    const auto bare = bare_size();
    return bare == text_.size() ? std::string_view() : std::string_view(text_).substr(bare + 1);
  }
  bool is_bare() const { return bare_size() == text_.size(); }
  bool is_full() const { return !is_bare(); }
  bool is_domain() const { return local_size_ == 0; }

  const std::string& text() const { return text_; }  // "local@domain/resource"
  std::string_view bare_text() const { return std::string_view(text_).substr(0, bare_size()); }
  Jid bare() const;
  Jid with_resource(std::string_view normal_resource) const;  // takes a resource that is in normal form already

  bool operator==(const Jid& other) const { return text_ == other.text_; }
  auto operator<=>(const Jid& other) const { return text_ <=> other.text_; }

 private:
  Jid(std::string_view local, std::string_view domain, std::string_view resource);  // in normal form already
  std::size_t bare_size() const { return local_size_ + (local_size_ ? 1u : 0u) + domain_size_; }

  std::string text_;
  std::uint16_t local_size_ = 0;
  std::uint16_t domain_size_ = 0;
};

// The normal forms of single parts; nothing when the part is not allowed. RFC 7622 3.2, 3.3, 3.4.
std::optional<std::string> normalize_local(std::string_view text);
std::optional<std::string> normalize_domain(std::string_view text);
std::optional<std::string> normalize_resource(std::string_view text);
// RFC 8265 4.2 OpaqueString, for passwords before SCRAM; at most 3069 bytes.
std::optional<std::string> normalize_password(std::string_view text);

}  // namespace queqiao::xmpp

template <>
struct std::hash<queqiao::xmpp::Jid> {
  std::size_t operator()(const queqiao::xmpp::Jid& jid) const noexcept { return queqiao::hash_text(jid.text()); }
};
