#include "xmpp/stream/client_stream.h"

#include <algorithm>
#include <array>
#include <utility>

#include "xml/writer.h"
#include "xmpp/namespaces.h"

namespace queqiao::xmpp {

// One transition: what may come in which state (RFC 6120 4.3 to 7, XEP-0198 3 to 5). What no row allows ends the
// stream.
struct ClientStream::Rule {
  State state;
  std::string_view name;
  std::string_view ns;
  void (ClientStream::*action)(const xml::Element&);
};

const ClientStream::Rule* ClientStream::find_rule(State state, const xml::Element& element) {
  using S = State;
  using C = ClientStream;
  static constexpr std::array rules{
      Rule{S::before_tls, "features", ns::streams, &C::on_features_before_tls},
      Rule{S::tls_asked, "proceed", ns::tls, &C::on_proceed},
      Rule{S::tls_asked, "failure", ns::tls, &C::on_tls_refused},
      Rule{S::before_login, "features", ns::streams, &C::on_features_before_login},
      Rule{S::registration_asked, "iq", ns::client, &C::on_registration_question},
      Rule{S::registration_sent, "iq", ns::client, &C::on_registration_answer},
      Rule{S::authenticating, "challenge", ns::sasl, &C::on_challenge},
      Rule{S::authenticating, "success", ns::sasl, &C::on_login},
      Rule{S::authenticating, "failure", ns::sasl, &C::on_login_refused},
      Rule{S::after_login, "features", ns::streams, &C::on_features_after_login},
      Rule{S::resuming, "resumed", ns::stream_management, &C::on_resumed},
      Rule{S::resuming, "failed", ns::stream_management, &C::on_not_resumed},
      Rule{S::binding, "iq", ns::client, &C::on_bound},
      Rule{S::enabling, "enabled", ns::stream_management, &C::on_enabled},
      Rule{S::enabling, "failed", ns::stream_management, &C::on_not_enabled},
      Rule{S::online, "message", ns::client, &C::on_message},
      Rule{S::online, "presence", ns::client, &C::on_presence},
      Rule{S::online, "iq", ns::client, &C::on_iq},
      Rule{S::online, "r", ns::stream_management, &C::on_ack_request},
      Rule{S::online, "a", ns::stream_management, &C::on_ack},
      // RFC 6120 4.3.5: features may come again; what is new in them is of no use to us.
      Rule{S::online, "features", ns::streams, &C::ignore},
  };
  const auto matches = [&](const Rule& rule, State wanted) {
    return rule.state == wanted && element.is(rule.name, rule.ns);
  };
  for (const auto& rule : rules) {
    if (matches(rule, state)) return &rule;
  }
  // A bound resource may be sent stanzas before <enabled/> and until the server has read our end of the stream.
  if (state == S::enabling || state == S::closing) return find_rule(S::online, element);
  return nullptr;
}

ClientStream::ClientStream(ClientSettings settings)
    : settings_(std::move(settings)),
      jid_(settings_.account),
      wants_registration_(settings_.wants_registration),
      parser_(settings_.limits),
      requests_(settings_.account) {}

ClientStream::~ClientStream() = default;

bool ClientStream::is_reading() const {
  return state_ != State::disconnected && state_ != State::tls_handshake && state_ != State::ended;
}

bool ClientStream::is_negotiating() const {
  return state_ != State::disconnected && state_ != State::registration_filled_in && state_ != State::ended &&
         state_ != State::online;
}

void ClientStream::open(TimePoint now, std::optional<sasl::ChannelBindings> tls) {
  now_ = last_received_ = now;
  tls_ = std::move(tls);
  input_.clear();
  read_ = 0;
  output_.clear();
  has_sent_end_ = false;
  start_stream(tls_ || !settings_.requires_tls ? State::before_login : State::before_tls);
}

void ClientStream::secured(sasl::ChannelBindings tls, TimePoint now) {
  now_ = now;
  tls_ = std::move(tls);
  start_stream(State::before_login);
}

void ClientStream::start_stream(State expected) {
  state_ = expected;
  deadline_ = now_ + settings_.negotiation_timeout;
  has_header_ = false;
  parser_.restart();
  output_ += "<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='";
  output_.append(ns::streams).append("' version='1.0' xml:lang='en' to='");
  xml::escape_attribute(output_, settings_.account.domain());
  // RFC 6120 4.7.1: who we are is said only where nobody can listen.
  if (tls_) {
    output_ += "' from='";
    xml::escape_attribute(output_, settings_.account.bare_text());
  }
  output_ += "'>";
}

void ClientStream::receive(std::string_view bytes, TimePoint now) {
  now_ = last_received_ = now;
  if (is_reading()) input_ += bytes;
}

std::optional<ClientEvent> ClientStream::next_event(TimePoint now) {
  now_ = now;
  while (events_.empty() && is_reading() && read_input()) {
  }
  if (events_.empty()) return std::nullopt;
  auto event = std::move(events_.front());
  events_.pop_front();
  return event;
}

// Reads up to one event of the parser; false when there is nothing more.
bool ClientStream::read_input() {
  auto rest = std::string_view(input_).substr(read_);
  const auto event = parser_.parse(rest, document_);
  read_ = input_.size() - rest.size();
  switch (event) {
    case xml::ParseEvent::need_more:
      input_.clear();
      read_ = 0;
      return false;
    case xml::ParseEvent::stream_opened:
      handle_header(document_.root());
      return true;
    case xml::ParseEvent::element:
      handle(document_.root());
      return true;
    case xml::ParseEvent::stream_closed: {
      const bool was_asked = state_ == State::closing;
      acks_.end_session();
      end(StreamEnd::closed, {}, {}, !was_asked);
      return true;
    }
    case xml::ParseEvent::failed:
      handle_parse_failure();
      return true;
  }
  return false;
}

void ClientStream::handle_header(const xml::Element& header) {
  if (has_header_ || !header.is("stream", ns::streams)) return fail("invalid-namespace");
  // RFC 6120 4.7.5: without a version the server is one of before 2004 and sends no features.
  if (header.attribute("version").substr(0, 2) != "1.") return fail("unsupported-version");
  has_header_ = true;
}

void ClientStream::handle(const xml::Element& element) {
  if (!has_header_) return fail("not-authorized");
  if (element.is("error", ns::streams)) return on_stream_error(element);
  const auto* rule = find_rule(state_, element);
  if (!rule) return fail("unsupported-stanza-type");
  (this->*rule->action)(element);
}

void ClientStream::handle_parse_failure() {
  switch (parser_.error()) {
    case xml::ParseError::restricted_xml:
      return fail("restricted-xml");
    case xml::ParseError::unsupported_encoding:
    case xml::ParseError::invalid_encoding:
      return fail("unsupported-encoding");
    case xml::ParseError::bad_namespace_prefix:
      return fail("bad-namespace-prefix");
    case xml::ParseError::policy_violation:
      return fail("policy-violation");
    default:
      return fail("not-well-formed");
  }
}

std::string ClientStream::take_output() {
  if (state_ == State::online && acks_.write_request(output_)) deadline_ = now_ + settings_.answer_timeout;
  return std::exchange(output_, {});
}

std::optional<TimePoint> ClientStream::next_deadline() const {
  auto earliest = requests_.next_deadline();
  const auto consider = [&](TimePoint time) { earliest = earliest ? std::min(*earliest, time) : time; };
  if (is_negotiating() || (state_ == State::online && acks_.is_waiting())) consider(deadline_);
  if (state_ == State::online && !acks_.is_waiting()) consider(last_received_ + settings_.idle_timeout);
  return earliest;
}

void ClientStream::tick(TimePoint now) {
  now_ = now;
  requests_.expire(now);
  const bool has_waited = is_negotiating() || (state_ == State::online && acks_.is_waiting());
  if (has_waited && now >= deadline_) return end(StreamEnd::timed_out, {}, {}, true);
  if (state_ != State::online || has_waited || now < last_received_ + settings_.idle_timeout) return;
  last_received_ = now;
  if (acks_.write_request(output_, true)) {
    deadline_ = now + settings_.answer_timeout;
  } else {
    output_ += ' ';  // RFC 6120 4.6.1
  }
}

void ClientStream::connection_lost() {
  state_ = State::disconnected;
  acks_.connection_lost();
  if (!acks_.can_resume()) requests_.lose_all();
}

void ClientStream::close() {
  if (!is_reading() || has_sent_end_) return;
  const bool was_online = state_ == State::online;
  if (was_online && acks_.is_enabled()) acks_.write_answer(output_);
  output_ += "</stream:stream>";
  has_sent_end_ = true;
  if (!was_online) return end(StreamEnd::closed);
  state_ = State::closing;
  deadline_ = now_ + settings_.answer_timeout;
}

void ClientStream::end(StreamEnded event) {
  // After a silence the session may still be resumed, which the end of the stream would forbid (XEP-0198 6).
  const bool is_in_order = event.reason != StreamEnd::timed_out;
  if (is_in_order && !has_sent_end_) output_ += "</stream:stream>";
  has_sent_end_ = true;
  state_ = State::ended;
  events_.emplace_back(std::move(event));
}

void ClientStream::end(StreamEnd reason, std::string_view condition, std::string_view text, bool may_retry) {
  end(StreamEnded{reason, std::string(condition), std::string(text), may_retry});
}

void ClientStream::fail(std::string_view condition) {
  xml::Writer(output_).open("stream:error").open(condition, ns::stream_errors).close().close();
  acks_.end_session();
  // Something in between may have answered, or damaged what did: the next connection may be sound.
  end(StreamEnd::protocol, condition, {}, true);
}

}  // namespace queqiao::xmpp
