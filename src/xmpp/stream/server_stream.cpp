#include "xmpp/stream/server_stream.h"

#include <array>
#include <utility>

#include "base/assert.h"
#include "base/crypto.h"
#include "base/encoding.h"
#include "base/text.h"
#include "xml/writer.h"
#include "xmpp/namespaces.h"
#include "xmpp/sasl/mechanism.h"
#include "xmpp/sasl/plain.h"
#include "xmpp/sasl/scram_server.h"

namespace queqiao::xmpp {

using Kind = StreamEvent::Kind;

enum class ServerStream::State : unsigned char {
  header,    // the stream's start tag is due
  features,  // before authentication: STARTTLS, SASL, registration
  tls,       // the handshake is under way
  response,  // SASL: the client's next message is due
  password,  // SASL: the caller looks up keys or checks a password
  bind,      // authenticated: bind or resume is due
  binding,   // the caller binds or resumes
  established,
  left,  // the peer has ended its side; ours may still have answers
  ended
};

// What exists only until the stream is established.
struct ServerStream::Negotiation {
  sasl::ChannelBindings bindings;
  std::unique_ptr<sasl::ScramServer> scram;
  Hash hash = Hash::sha256;      // of the mechanism at hand
  std::string bind_id;           // of the IQ that binds
  std::string awaited_user;      // whose keys or password the caller looks up
  std::uint32_t failures = 0;
};

// The whole negotiation (RFC 6120 4.3.2 to 7): which element may come in which state, and who takes it. An empty name
// stands for every element that no row above it names. What no row takes ends the stream.
struct ServerStream::Rule {
  State state;
  std::string_view name, ns;
  StreamEvent (ServerStream::*action)(const xml::Element&);
};

const ServerStream::Rule* ServerStream::find_rule(State state, const xml::Element& element) {
  static constexpr std::array<Rule, 9> rules{{
      {State::features, "starttls", ns::tls, &ServerStream::on_starttls},
      {State::features, "auth", ns::sasl, &ServerStream::on_auth},
      {State::features, "iq", ns::client, &ServerStream::on_iq_before_login},
      {State::response, "response", ns::sasl, &ServerStream::on_response},
      {State::response, "abort", ns::sasl, &ServerStream::on_abort},
      {State::bind, "iq", ns::client, &ServerStream::on_iq_before_bind},
      {State::bind, "resume", ns::stream_management, &ServerStream::on_resume},
      {State::bind, "enable", ns::stream_management, &ServerStream::on_enable_before_bind},
      {State::established, {}, {}, &ServerStream::on_established},
  }};
  for (const auto& rule : rules) {
    if (rule.state == state && (rule.name.empty() || element.is(rule.name, rule.ns))) return &rule;
  }
  return nullptr;
}

ServerStream::ServerStream(const ServerStreamRules& rules, bool is_trusted)
    : rules_(&rules),
      parser_(rules.before_login),
      negotiation_(std::make_unique<Negotiation>()),
      state_(State::header),
      is_trusted_(is_trusted) {}

ServerStream::~ServerStream() = default;

void ServerStream::receive(std::string_view bytes) {
  if (state_ == State::ended || state_ == State::left) return;  // nobody will read it
  if (input_.empty()) {
    input_ = bytes;
    return;
  }
  std::string all(input_);
  unread_.swap(all.append(bytes));
  input_ = unread_;
}

void ServerStream::keep_unread() {
  std::string rest(input_);
  unread_.swap(rest);  // and the old memory goes
  input_ = unread_;
}

std::string ServerStream::take_output() { return std::exchange(output_, {}); }

bool ServerStream::is_established() const { return state_ == State::established; }
bool ServerStream::has_ended() const { return state_ == State::ended; }

StreamEvent ServerStream::next_event(xml::Document& document) {
  for (;;) {
    const bool is_waiting = state_ == State::tls || state_ == State::password || state_ == State::binding;
    if (is_waiting || state_ == State::left || state_ == State::ended) return {};
    switch (parser_.parse(input_, document)) {
      case xml::ParseEvent::need_more: return {};
      case xml::ParseEvent::stream_opened: {
        auto event = open(document.root());
        if (event.kind != Kind::none) return event;
        break;
      }
      case xml::ParseEvent::element: {
        auto event = handle(document.root());
        if (event.kind != Kind::none) return event;
        break;
      }
      case xml::ParseEvent::stream_closed:
        state_ = State::left;
        input_ = {};
        return {.kind = Kind::closed};
      case xml::ParseEvent::failed: return parse_failure();
    }
  }
}

StreamEvent ServerStream::handle(const xml::Element& element) {
  if (const auto* rule = find_rule(state_, element)) return (this->*rule->action)(element);
  // RFC 6120 4.9.3.12: a stanza before its time; anything else is not known here.
  if (stanza_kind(element)) return fail_event("not-authorized");
  return fail_event("unsupported-stanza-type");
}

namespace {

// RFC 6120 4.7.5: major and minor number, leading zeros ignored. Without a version it is 0.9, which we do not speak;
// one who offers more than 1.0 is answered with 1.0 and takes that or leaves.
bool is_supported_version(std::string_view version) {
  const auto point = version.find('.');
  if (point == std::string_view::npos || !parse_number<std::uint32_t>(version.substr(point + 1))) return false;
  return parse_number<std::uint32_t>(version.substr(0, point)).value_or(0) >= 1;
}

// RFC 6120 4.8.2: stanzas of clients. A header may also leave the default namespace to each stanza (4.8.5).
bool is_content_namespace(std::string_view name) {
  return name.empty() || name == ns::client || name == ns::streams;
}

}  // namespace

// RFC 6120 4.2 and 4.7. The answer always has our header first, so that an error can follow it.
StreamEvent ServerStream::open(const xml::Element& header) {
  if (header.name() != "stream") return fail_event("bad-format");
  if (header.ns() != ns::streams || !is_content_namespace(parser_.default_namespace())) {
    return fail_event("invalid-namespace");
  }
  const auto to = Jid::parse(header.attribute("to"));
  if (header.has_attribute("to") && (!to || to->text() != rules_->domain)) {
    return fail_event("host-unknown", "This server is " + rules_->domain + ".");
  }
  if (!is_supported_version(header.attribute("version"))) return fail_event("unsupported-version");
  write_header(header.attribute("from"));
  write_features();
  state_ = is_authenticated() ? State::bind : State::features;
  return {};
}

void ServerStream::write_header(std::string_view to) {
  output_ += "<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' id='";
  output_.append(random_id()).append("' from='");
  xml::escape_attribute(output_, rules_->domain);
  if (const auto peer = Jid::parse(to); peer && is_secure_) {  // RFC 6120 4.7.2: not in the clear, for privacy
    output_ += "' to='";
    xml::escape_attribute(output_, peer->bare_text());
  }
  output_ += "' version='1.0' xml:lang='en'>";
  is_header_sent_ = true;
}

void ServerStream::write_features() {
  output_ += "<stream:features>";
  if (is_authenticated()) {
    output_ += "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/>";
    output_ += "<session xmlns='urn:ietf:params:xml:ns:xmpp-session'><optional/></session>";
    output_ += session_features_;
  } else {
    if (rules_->has_tls && !is_secure_) {
      output_ += may_authenticate() ? "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"
                                    : "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls>";
    }
    if (may_authenticate()) {
      write_mechanisms(output_);
      if (rules_->has_registration) output_ += "<register xmlns='http://jabber.org/features/iq-register'/>";
    }
  }
  output_ += "</stream:features>";
}

void ServerStream::write_mechanisms(std::string& out) const {
  const auto& bindings = negotiation_->bindings;
  const bool has_binding = binds_channel();
  out += "<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>";
  if (has_binding) out += "<mechanism>SCRAM-SHA-256-PLUS</mechanism><mechanism>SCRAM-SHA-1-PLUS</mechanism>";
  out += "<mechanism>SCRAM-SHA-256</mechanism><mechanism>SCRAM-SHA-1</mechanism>";
  if (rules_->allows_plain && (is_secure_ || is_trusted_)) out += "<mechanism>PLAIN</mechanism>";
  out += "</mechanisms>";
  if (!has_binding) return;
  out += "<sasl-channel-binding xmlns='urn:xmpp:sasl-cb:0'>";  // XEP-0440
  if (!bindings.tls_exporter.empty()) out += "<channel-binding type='tls-exporter'/>";
  if (!bindings.tls_server_end_point.empty()) out += "<channel-binding type='tls-server-end-point'/>";
  out += "</sasl-channel-binding>";
}

// RFC 6120 5.4.2: <proceed/>, or <failure/> and the end when TLS cannot be had.
StreamEvent ServerStream::on_starttls(const xml::Element&) {
  if (!rules_->has_tls || is_secure_) {
    output_ += "<failure xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>";
    close();
    return {.kind = Kind::failed};
  }
  // 5.4.3.3: what came behind <starttls/> was not protected; to read it later as if it had been is an attack.
  if (!input_.empty()) return fail_event("policy-violation", "Nothing may follow <starttls/> before the handshake.");
  output_ += "<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>";
  state_ = State::tls;
  return {.kind = Kind::start_tls};
}

bool ServerStream::binds_channel() const { return is_secure_ && !negotiation_->bindings.empty(); }

void ServerStream::secured(sasl::ChannelBindings bindings) {
  is_secure_ = true;
  negotiation_->bindings = std::move(bindings);
  input_ = {};
  parser_.restart();
  is_header_sent_ = false;
  state_ = State::header;
}

StreamEvent ServerStream::on_auth(const xml::Element& element) {
  if (!may_authenticate()) return sasl_failure(sasl::Failure::encryption_required);
  // Only what was offered (write_mechanisms) may be used.
  const auto mechanism = sasl::find_mechanism(element.attribute("mechanism"));
  const bool is_plain = mechanism == sasl::Mechanism::plain;
  const bool is_plain_refused = is_plain && !(rules_->allows_plain && (is_secure_ || is_trusted_));
  if (!mechanism || is_plain_refused || (sasl::binds_channel(*mechanism) && !binds_channel())) {
    return sasl_failure(sasl::Failure::invalid_mechanism);
  }
  const auto text = element.text();
  const auto message = base64_decode(text == "=" ? "" : text);  // RFC 6120 6.4.2: "=" is an empty message
  if (!message) return sasl_failure(sasl::Failure::incorrect_encoding);
  if (!is_plain) return start_scram(*mechanism, *message);
  auto claim = sasl::parse_plain(*message, rules_->domain);
  if (const auto* failure = std::get_if<sasl::Failure>(&claim)) return sasl_failure(*failure);
  auto& [user, password] = std::get<sasl::PlainLogin>(claim);
  negotiation_->awaited_user = user;
  state_ = State::password;
  return {.kind = Kind::check_password, .text = std::move(user), .password = std::move(password)};
}

StreamEvent ServerStream::start_scram(sasl::Mechanism mechanism, std::string_view message) {
  sasl::ScramServerSetup setup{.mechanism = mechanism,
                               .domain = rules_->domain,
                               .bindings = negotiation_->bindings,
                               .is_plus_offered = binds_channel(),
                               .decoy_iterations = rules_->scram_iterations};
  if (!rules_->decoy_secret.empty()) setup.decoy_secret = rules_->decoy_secret;
  negotiation_->hash = sasl::hash_of(mechanism);
  negotiation_->scram = std::make_unique<sasl::ScramServer>(std::move(setup));
  state_ = State::response;
  if (!message.empty()) return scram_message(message);
  // No initial response: an empty challenge asks for it, RFC 6120 6.4.2.
  output_ += "<challenge xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>";
  return {};
}

StreamEvent ServerStream::on_response(const xml::Element& element) {
  const auto text = element.text();
  const auto message = base64_decode(text == "=" ? "" : text);
  if (!message) return sasl_failure(sasl::Failure::incorrect_encoding);
  return scram_message(*message);
}

StreamEvent ServerStream::on_abort(const xml::Element&) { return sasl_failure(sasl::Failure::aborted); }

StreamEvent ServerStream::scram_message(std::string_view message) {
  auto& scram = *negotiation_->scram;
  if (negotiation_->awaited_user.empty()) {
    if (const auto failure = scram.client_first(message)) return sasl_failure(*failure);
    negotiation_->awaited_user = scram.user();
    state_ = State::password;
    return {.kind = Kind::find_keys, .text = scram.user()};
  }
  if (const auto failure = scram.client_final(message)) return sasl_failure(*failure);
  output_ += "<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>";
  output_.append(base64_encode(scram.server_final())).append("</success>");
  return sasl_success();
}

void ServerStream::keys(const std::optional<sasl::ScramKeys>& keys) {
  QUEQIAO_ASSERT(state_ == State::password && negotiation_->scram);
  output_ += "<challenge xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>";
  output_.append(base64_encode(negotiation_->scram->server_first(keys))).append("</challenge>");
  state_ = State::response;
}

Hash ServerStream::mechanism_hash() const { return negotiation_->hash; }

void ServerStream::checked(bool is_right) {
  QUEQIAO_ASSERT(state_ == State::password && !negotiation_->scram);
  if (!is_right) {
    sasl_failure(sasl::Failure::not_authorized);
    return;
  }
  output_ += "<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>";
  sasl_success();
}

void ServerStream::refuse_login() {
  QUEQIAO_ASSERT(state_ == State::password);
  sasl_failure(sasl::Failure::temporary_auth_failure);
}

void ServerStream::set_rules(const ServerStreamRules& rules) {
  rules_ = &rules;
  if (state_ != State::ended) parser_.set_limits(is_authenticated() ? rules.after_login : rules.before_login);
}

StreamEvent ServerStream::sasl_success() {
  user_ = std::exchange(negotiation_->awaited_user, {});
  negotiation_->scram.reset();
  parser_.restart();
  parser_.set_limits(rules_->after_login);
  is_header_sent_ = false;
  state_ = State::header;
  return {.kind = Kind::authenticated, .text = user_};
}

StreamEvent ServerStream::sasl_failure(sasl::Failure failure) {
  negotiation_->scram.reset();
  negotiation_->awaited_user.clear();
  if (failure == sasl::Failure::not_authorized) ++failed_logins_;
  state_ = State::features;
  output_.append("<failure xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><").append(sasl::condition_of(failure)).append("/></failure>");
  // RFC 6120 6.4.5: a few tries, then the end.
  if (++negotiation_->failures >= rules_->login_attempts) return fail_event("policy-violation", "Too many attempts.");
  return {};
}

StreamEvent ServerStream::on_iq_before_login(const xml::Element& element) {
  const auto payload = element.first_child();
  const bool is_registration = payload && payload.is("query", ns::register_query) && rules_->has_registration;
  if (!is_registration || !may_authenticate()) return fail_event("not-authorized");
  if (!is_request(element)) {
    output_ += error_reply(element, {}, {}, StanzaError::of(StanzaCondition::bad_request));
    return {};
  }
  return {.kind = Kind::request, .stanza = StanzaKind::iq, .element = element};
}

// RFC 6120 7.
StreamEvent ServerStream::on_iq_before_bind(const xml::Element& element) {
  const auto bind = element.child("bind", ns::bind);
  if (!bind || element.attribute("type") != "set") return fail_event("not-authorized", "Bind a resource first.");
  negotiation_->bind_id = element.attribute("id");
  if (!is_request(element)) {
    refuse_bind(StanzaError::of(StanzaCondition::bad_request));
    return {};
  }
  std::string resource;
  if (const auto wanted = bind.child("resource")) {
    auto normal = normalize_resource(wanted.text());
    if (!normal && !wanted.text().empty()) {
      refuse_bind(StanzaError::of(StanzaCondition::bad_request));
      return {};
    }
    if (normal) resource = *std::move(normal);
  }
  state_ = State::binding;
  return {.kind = Kind::bind, .text = std::move(resource)};
}

void ServerStream::bound(const Jid& full) {
  std::string payload = "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><jid>";
  xml::escape_text(payload, full.text());
  output_ += result_reply(negotiation_->bind_id, {}, {}, payload.append("</jid></bind>"));
  resumed();
}

void ServerStream::refuse_bind(const StanzaError& error) {
  write_stanza_start(output_, "iq", {}, {}, "error", negotiation_->bind_id);
  output_ += '>';
  write_error(output_, error);
  output_ += "</iq>";
  state_ = State::bind;
}

StreamEvent ServerStream::on_resume(const xml::Element& element) {
  state_ = State::binding;
  return {.kind = Kind::resume, .element = element};
}

// XEP-0198 3: acknowledgements are for a bound resource.
StreamEvent ServerStream::on_enable_before_bind(const xml::Element&) {
  xml::Writer(output_)
      .open("failed", ns::stream_management)
      .open("unexpected-request", ns::stanza_errors)
      .close()
      .close();
  return {};
}

void ServerStream::resumed() {
  state_ = State::established;
  negotiation_.reset();
  session_features_ = {};
}

void ServerStream::refuse_resume(std::string_view failed_xml) {
  output_ += failed_xml;
  state_ = State::bind;
}

StreamEvent ServerStream::on_established(const xml::Element& element) {
  if (const auto kind = stanza_kind(element)) return {.kind = Kind::stanza, .stanza = *kind, .element = element};
  // RFC 6120 4.9.3.4 and 4.9.3.24: stanzas of another namespace, or none of ours.
  if (element.ns() == ns::client || element.ns().empty()) return fail_event("unsupported-stanza-type");
  return {.kind = Kind::other, .element = element};
}

StreamEvent ServerStream::parse_failure() {
  switch (parser_.error()) {
    case xml::ParseError::restricted_xml: return fail_event("restricted-xml");
    case xml::ParseError::unsupported_encoding:
    case xml::ParseError::invalid_encoding: return fail_event("unsupported-encoding");
    case xml::ParseError::bad_namespace_prefix: return fail_event("bad-namespace-prefix");
    case xml::ParseError::policy_violation: return fail_event("policy-violation", "A limit of this server was passed.");
    default: return fail_event("not-well-formed");
  }
}

StreamEvent ServerStream::fail_event(std::string_view condition, std::string_view text) {
  fail(condition, text);
  return {.kind = Kind::failed};
}

void ServerStream::fail(std::string_view condition, std::string_view text, std::string_view application) {
  if (state_ == State::ended) return;
  if (!is_header_sent_) write_header({});
  output_ += "<stream:error>";
  xml::Writer(output_).open(condition, ns::stream_errors).close();
  if (!text.empty()) xml::Writer(output_).open("text", ns::stream_errors).text(text).close();
  output_.append(application).append("</stream:error>");
  close();
}

void ServerStream::close() {
  if (state_ == State::ended) return;
  if (!is_header_sent_) write_header({});
  output_ += "</stream:stream>";
  state_ = State::ended;
}

}  // namespace queqiao::xmpp
