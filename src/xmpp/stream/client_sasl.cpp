#include "xmpp/stream/client_sasl.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/encoding.h"
#include "base/text.h"
#include "xml/writer.h"
#include "xmpp/namespaces.h"
#include "xmpp/sasl/plain.h"

namespace queqiao::xmpp {
namespace {

// The type of binding that both sides have. Without a list (XEP-0440) the server is taken to have what RFC 9266 and
// RFC 5929 make the default of its version of TLS.
std::string_view choose_binding(const xml::Element& features, const sasl::ChannelBindings& tls) {
  const auto list = features.child("sasl-channel-binding", ns::sasl_channel_binding);
  const auto is_offered = [&](std::string_view type) {
    const auto types = list.children();
    return !list || std::any_of(types.begin(), types.end(),
                                [&](const xml::Element& offer) { return offer.attribute("type") == type; });
  };
  for (const std::string_view type : {"tls-exporter", "tls-server-end-point"}) {
    if (!tls.find(type).empty() && is_offered(type)) return type;
  }
  return {};
}

// XML of one SASL element; RFC 6120 6.4.2: data of no length is "=".
std::string element(std::string_view name, std::string_view mechanism, std::string_view message) {
  std::string out;
  xml::Writer writer(out);
  writer.open(name, ns::sasl);
  if (!mechanism.empty()) writer.attribute("mechanism", mechanism);
  writer.text(message.empty() ? "=" : base64_encode(message)).close();
  return out;
}

std::optional<std::string> message_of(const xml::Element& element) {
  const auto text = element.text();
  const auto trimmed = trim(text);
  if (trimmed == "=") return std::string();
  return base64_decode(trimmed);
}

}  // namespace

std::optional<LoginChoice> choose_login(const xml::Element& features, const sasl::ChannelBindings* tls) {
  std::vector<std::string> names;
  for (const auto child : features.child("mechanisms", ns::sasl).children()) {
    if (child.name() == "mechanism") names.push_back(child.text());
  }
  const std::vector<std::string_view> offered(names.begin(), names.end());
  const auto binding = tls ? choose_binding(features, *tls) : std::string_view();
  const auto mechanism = sasl::choose_mechanism(offered, !binding.empty(), tls != nullptr);
  if (!mechanism) return std::nullopt;
  LoginChoice choice;
  choice.mechanism = *mechanism;
  if (sasl::binds_channel(*mechanism)) choice.binding_type = binding;
  choice.is_binding_unused = !binding.empty() && choice.binding_type.empty();
  return choice;
}

ClientSasl::ClientSasl(const LoginChoice& choice, const sasl::ChannelBindings* tls, const Jid& account,
                       std::string_view password, std::string nonce)
    : mechanism_(choice.mechanism) {
  const auto normal = normalize_password(password).value_or(std::string(password));
  if (!sasl::is_scram(mechanism_)) {
    plain_ = sasl::build_plain(account.local(), normal);
    return;
  }
  sasl::ScramClientSetup setup;
  setup.mechanism = mechanism_;
  setup.user = account.local();
  setup.password = normal;
  setup.binding_type = choice.binding_type;
  if (tls) setup.binding_bytes = tls->find(choice.binding_type);
  setup.is_binding_unused = choice.is_binding_unused;
  setup.nonce = std::move(nonce);
  scram_.emplace(std::move(setup));
}

std::string ClientSasl::begin() {
  return element("auth", sasl::name_of(mechanism_), scram_ ? scram_->client_first() : plain_);
}

std::optional<std::string> ClientSasl::challenge(const xml::Element& challenge) {
  const auto message = message_of(challenge);
  if (!scram_ || !message) return std::nullopt;
  if (is_proven_) return std::nullopt;
  // RFC 5802 lets the server's proof come in a challenge of its own, which is answered with nothing.
  if (scram_->verify(*message)) {
    is_proven_ = true;
    return element("response", {}, {});
  }
  const auto final = scram_->client_final(*message);
  return final ? std::optional(element("response", {}, *final)) : std::nullopt;
}

bool ClientSasl::succeeded(const xml::Element& success) {
  if (!scram_ || is_proven_) return true;
  const auto message = message_of(success);
  return message && scram_->verify(*message);
}

}  // namespace queqiao::xmpp
