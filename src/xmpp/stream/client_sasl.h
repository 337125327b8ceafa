#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "xml/element.h"
#include "xmpp/jid.h"
#include "xmpp/sasl/mechanism.h"
#include "xmpp/sasl/scram_client.h"

namespace queqiao::xmpp {

// How a client logs in: by the strongest mechanism that both sides have.
struct LoginChoice {
  sasl::Mechanism mechanism = sasl::Mechanism::scram_sha_256;
  std::string_view binding_type;   // of a -PLUS mechanism; empty otherwise
  bool is_binding_unused = false;  // we could bind the channel, and the server says that it cannot (RFC 5802 6)
};

// `features` is <stream:features/>; `tls` is null without TLS. Nothing when no mechanism is acceptable: PLAIN is not
// without TLS, since it shows the password to whoever listens (RFC 6120 13.8).
std::optional<LoginChoice> choose_login(const xml::Element& features, const sasl::ChannelBindings* tls);

// One SASL exchange of a client (RFC 6120 6.4).
class ClientSasl {
 public:
  // `tls` is null without TLS; `nonce` is unpredictable.
  ClientSasl(const LoginChoice& choice, const sasl::ChannelBindings* tls, const Jid& account, std::string_view password,
             std::string nonce);

  std::string begin();  // <auth/>
  // <response/>; nothing when the server's message cannot be trusted. Slow: derives keys from the password.
  std::optional<std::string> challenge(const xml::Element& challenge);
  // Whether the server has proved that it knows the password. PLAIN has no proof: TLS must have told who it is.
  bool succeeded(const xml::Element& success);

 private:
  sasl::Mechanism mechanism_;
  std::string plain_;
  std::optional<sasl::ScramClient> scram_;
  bool is_proven_ = false;
};

}  // namespace queqiao::xmpp
