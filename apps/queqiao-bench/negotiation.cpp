#include "negotiation.h"

#include <fmt/format.h>

#include "base/encoding.h"
#include "scan.h"

namespace queqiao::bench {
namespace {

constexpr std::string_view sasl_ns = "urn:ietf:params:xml:ns:xmpp-sasl";

bool offers(std::string_view features, std::string_view mechanism) {
  return contains(features, fmt::format(">{}</mechanism>", mechanism));
}

Mechanism choose(Mechanism wanted, std::string_view features) {
  if (wanted != Mechanism::automatic) return wanted;
  if (offers(features, "SCRAM-SHA-256")) return Mechanism::scram_sha256;
  return offers(features, "SCRAM-SHA-1") ? Mechanism::scram_sha1 : Mechanism::plain;
}

std::string auth(std::string_view mechanism, std::string_view initial_response) {
  return fmt::format("<auth xmlns='{}' mechanism='{}'>{}</auth>", sasl_ns, mechanism, base64_encode(initial_response));
}

}  // namespace

Negotiation::Negotiation(const Settings& settings, Goal goal, std::size_t index, ScramKeys& keys)
    : settings_(settings), goal_(goal), index_(index), keys_(keys) {}

std::string Negotiation::stream_header() const {
  return fmt::format(
      "<?xml version='1.0'?><stream:stream to='{}' version='1.0' xmlns='jabber:client' "
      "xmlns:stream='http://etherx.jabber.org/streams'>",
      settings_.domain);
}

Negotiation::Step Negotiation::take(std::string_view element, bool is_secure, std::string& out) {
  const std::string_view name = name_of(element);
  if (name == "stream:error" || name == "failure") return fail(element);
  switch (state_) {
    case State::features:
      return name == "stream:features" ? on_features(element, is_secure, out) : fail(element);
    case State::tls_proceed:
      state_ = State::features;
      return name == "proceed" ? Step::start_tls : fail(element);
    case State::registering:
      return on_registered(element);
    case State::sasl:
      return on_sasl(element, out);
    case State::binding:
      return on_bound(element, out);
    case State::enabling_sm:
      return name == "enabled" ? become_available(out) : fail(element);
    case State::becoming_available:
      // Stanzas are handled in order (RFC 6120 10.1): the answer to what followed our presence means that it counts.
      return name == "iq" && attribute(element, "id") == "online" ? Step::done : Step::wait;
  }
  return Step::failed;
}

Negotiation::Step Negotiation::on_features(std::string_view features, bool is_secure, std::string& out) {
  if (is_authenticated_) {
    out +=
        "<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>"
        "<resource>bench</resource></bind></iq>";
    state_ = State::binding;
    return Step::wait;
  }
  if (settings_.tls == Tls::starttls && !is_secure) {
    out += "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>";
    state_ = State::tls_proceed;
    return Step::wait;
  }
  if (goal_ == Goal::registered) {
    out += fmt::format(
        "<iq type='set' id='register'><query xmlns='jabber:iq:register'><username>{}</username>"
        "<password>{}</password></query></iq>",
        settings_.user(index_), settings_.password);
    state_ = State::registering;
    return Step::wait;
  }
  return authenticate(features, out);
}

Negotiation::Step Negotiation::on_registered(std::string_view answer) {
  if (attribute(answer, "type") == "result") return Step::done;
  // An account of an earlier run is as good as a new one.
  return contains(answer, "<conflict") ? Step::done : fail(answer);
}

Negotiation::Step Negotiation::authenticate(std::string_view features, std::string& out) {
  state_ = State::sasl;
  const std::string user = settings_.user(index_);
  const Mechanism mechanism = choose(settings_.mechanism, features);
  if (mechanism == Mechanism::plain) {
    out += auth("PLAIN", std::string("\0", 1) + user + std::string("\0", 1) + settings_.password);
    return Step::wait;
  }
  const bool is_sha1 = mechanism == Mechanism::scram_sha1;
  scram_.emplace(is_sha1 ? Hash::sha1 : Hash::sha256, user, settings_.password, keys_);
  out += auth(is_sha1 ? "SCRAM-SHA-1" : "SCRAM-SHA-256", scram_->first_message());
  return Step::wait;
}

Negotiation::Step Negotiation::on_sasl(std::string_view element, std::string& out) {
  const auto content = base64_decode(content_of(element));
  if (name_of(element) == "challenge" && scram_ && content) {
    const auto response = scram_->final_message(*content);
    if (!response) return fail(element);
    out += fmt::format("<response xmlns='{}'>{}</response>", sasl_ns, base64_encode(*response));
    return Step::wait;
  }
  if (name_of(element) != "success" || (scram_ && !(content && scram_->is_genuine(*content)))) return fail(element);
  is_authenticated_ = true;
  state_ = State::features;
  out += stream_header();
  return Step::wait;
}

Negotiation::Step Negotiation::on_bound(std::string_view answer, std::string& out) {
  if (attribute(answer, "type") != "result") return fail(answer);
  if (settings_.ack_every == 0) return become_available(out);
  out += "<enable xmlns='urn:xmpp:sm:3'/>";
  state_ = State::enabling_sm;
  return Step::wait;
}

Negotiation::Step Negotiation::become_available(std::string& out) {
  if (goal_ == Goal::bound) return Step::done;
  out += "<presence/><iq type='get' id='online'><query xmlns='jabber:iq:roster'/></iq>";
  state_ = State::becoming_available;
  return Step::wait;
}

Negotiation::Step Negotiation::fail(std::string_view element) {
  failure_ = fmt::format("unexpected {}", element.substr(0, 300));
  return Step::failed;
}

}  // namespace queqiao::bench
