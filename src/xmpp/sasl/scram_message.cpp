#include "xmpp/sasl/scram_message.h"

#include <algorithm>

#include "base/encoding.h"
#include "base/text.h"

namespace queqiao::xmpp::sasl {
namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Takes attributes ("x=value", separated by commas) from the front of a message. Nothing is what does not fit.
class Attributes {
 public:
  explicit Attributes(std::string_view message) : rest_(message) {}

  std::string_view rest() const { return rest_; }

  // The value of the next attribute, which must be `name`. All of SCRAM's values have at least one byte.
  std::optional<std::string_view> take(char name) {
    if (is_done_ || rest_.size() < 3 || rest_[0] != name || rest_[1] != '=') return std::nullopt;
    const std::size_t end = std::min(rest_.find(','), rest_.size());
    const std::string_view value = rest_.substr(2, end - 2);
    is_done_ = end == rest_.size();
    rest_.remove_prefix(is_done_ ? end : end + 1);
    if (value.empty()) return std::nullopt;
    return value;
  }

  // RFC 5802 5.1: unknown attributes may follow and mean nothing; one that has a meaning would be a second one, and
  // "m=" says that whoever does not know it must stop. `last` ends the message and is not taken.
  bool skip_extensions(char last = '\0') {
    std::string seen;
    while (!is_done_ && (last == '\0' || !rest_.starts_with(std::string{last, '='}))) {
      const char name = rest_.empty() ? '\0' : rest_[0];
      const bool is_known = std::string_view("nmrcsipave").find(name) != std::string_view::npos;
      if (!is_letter(name) || is_known || seen.find(name) != seen.npos || !take(name)) return false;
      seen += name;
    }
    return is_done_ == (last == '\0');
  }

  bool is_done() const { return is_done_; }

 private:
  std::string_view rest_;
  bool is_done_ = false;  // the last attribute has been taken: no comma is open
};

// RFC 5802 7, saslname.
std::optional<std::string> unescape_name(std::string_view text) {
  if (text.find('\0') != text.npos || !is_utf8(text)) return std::nullopt;
  std::string name;
  for (std::size_t at; (at = text.find('=')) != text.npos; text.remove_prefix(at + 3)) {
    const std::string_view escape = text.substr(at, 3);
    if (escape != "=2C" && escape != "=3D") return std::nullopt;
    name.append(text.substr(0, at)).append(1, escape == "=2C" ? ',' : '=');
  }
  return name.append(text);
}

bool is_nonce(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f && c != ','; });
}

bool is_binding_type(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '.' || c == '-';
  });
}

// gs2-header: gs2-cbind-flag "," [authzid] ",". Leaves what follows it in `rest`.
bool take_gs2_header(std::string_view& rest, ClientFirst& out) {
  const std::size_t flag_end = rest.find(',');
  if (flag_end == rest.npos) return false;
  const std::string_view flag = rest.substr(0, flag_end);
  if (flag.starts_with("p=")) {
    out.binding_type = flag.substr(2);
    if (!is_binding_type(out.binding_type)) return false;
  } else if (flag != "n" && flag != "y") {
    return false;
  }
  out.binding_flag = flag[0];
  rest.remove_prefix(flag_end + 1);

  const std::size_t end = rest.find(',');
  if (end == rest.npos) return false;
  if (end > 0) {
    const auto name = Attributes(rest.substr(0, end)).take('a');
    auto authzid = name ? unescape_name(*name) : std::nullopt;
    if (!authzid) return false;
    out.authzid = *std::move(authzid);
  }
  rest.remove_prefix(end + 1);
  return true;
}

}  // namespace

std::optional<ClientFirst> parse_client_first(std::string_view message) {
  ClientFirst out;
  std::string_view rest = message;
  if (!take_gs2_header(rest, out)) return std::nullopt;
  out.gs2_header = message.substr(0, message.size() - rest.size());
  out.bare = rest;

  Attributes attributes(rest);
  const auto name = attributes.take('n');
  const auto nonce = attributes.take('r');
  if (!name || !nonce || !is_nonce(*nonce) || !attributes.skip_extensions()) return std::nullopt;
  auto user = unescape_name(*name);
  if (!user) return std::nullopt;
  out.user = *std::move(user);
  out.nonce = *nonce;
  return out;
}

std::optional<ServerFirst> parse_server_first(std::string_view message) {
  Attributes attributes(message);
  const auto nonce = attributes.take('r');
  const auto salt_text = attributes.take('s');
  const auto count = attributes.take('i');
  if (!nonce || !is_nonce(*nonce) || !salt_text || !count || !attributes.skip_extensions()) return std::nullopt;
  auto salt = base64_decode(*salt_text);
  const auto iterations = parse_number<std::uint32_t>(*count);
  if (!salt || !iterations || *iterations == 0 || count->starts_with('0')) return std::nullopt;
  return ServerFirst{*nonce, *std::move(salt), *iterations};
}

std::optional<ClientFinal> parse_client_final(std::string_view message) {
  Attributes attributes(message);
  const auto binding_text = attributes.take('c');
  const auto nonce = attributes.take('r');
  if (!binding_text || !nonce || !is_nonce(*nonce) || !attributes.skip_extensions('p')) return std::nullopt;
  const std::size_t proof_at = message.size() - attributes.rest().size();
  const auto proof_text = attributes.take('p');
  if (!proof_text || !attributes.is_done()) return std::nullopt;
  auto binding = base64_decode(*binding_text);
  auto proof = base64_decode(*proof_text);
  if (!binding || !proof) return std::nullopt;
  return ClientFinal{*std::move(binding), *nonce, *std::move(proof), message.substr(0, proof_at - 1)};
}

std::optional<std::string> parse_server_final(std::string_view message) {
  Attributes attributes(message);
  const auto signature = attributes.take('v');
  if (!signature || !attributes.skip_extensions()) return std::nullopt;
  return base64_decode(*signature);
}

std::string escape_name(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c == ',') {
      out += "=2C";
    } else if (c == '=') {
      out += "=3D";
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace queqiao::xmpp::sasl
