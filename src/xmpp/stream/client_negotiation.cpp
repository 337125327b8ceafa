#include <utility>

#include "xml/writer.h"
#include "xmpp/namespaces.h"
#include "xmpp/stream/client_stream.h"
#include "xmpp/xep/payload.h"

// The actions of ClientStream until the resource is online, in the order of RFC 6120: TLS (5), SASL (6), bind (7).
namespace queqiao::xmpp {
namespace {

// What a <failure/> or <failed/> says: the first child that is not <text/>, and <text/>.
struct Refusal {
  std::string condition;
  std::string text;
};

Refusal read_refusal(const xml::Element& element) {
  Refusal refusal;
  for (const auto child : element.children()) {
    if (child.name() == "text") {
      refusal.text = child.text();
    } else if (refusal.condition.empty()) {
      refusal.condition = child.name();
    }
  }
  return refusal;
}

}  // namespace

void ClientStream::on_features_before_tls(const xml::Element& features) {
  // RFC 6120 5.2: whoever took the offer out of the features would read everything, so without TLS there is no going
  // on.
  if (!features.child("starttls", ns::tls)) return end(StreamEnd::no_tls);
  xml::Writer(output_).open("starttls", ns::tls).close();
  state_ = State::tls_asked;
}

void ClientStream::on_proceed(const xml::Element&) {
  // RFC 6120 5.4.3.3: bytes behind <proceed/> were not protected, and nobody may take them for protected ones later.
  if (read_ != input_.size()) return end(StreamEnd::protocol, "policy-violation");
  state_ = State::tls_handshake;
  events_.emplace_back(TlsWanted{});
}

void ClientStream::on_tls_refused(const xml::Element&) {
  end(StreamEnd::no_tls, {}, {}, true);
}

void ClientStream::on_features_before_login(const xml::Element& features) {
  login_ = choose_login(features, tls_ ? &*tls_ : nullptr);
  if (!login_ && !tls_ && features.child("starttls", ns::tls)) return end(StreamEnd::no_tls);
  if (!wants_registration_) return log_in();
  if (!features.child("register", ns::register_feature)) return end(StreamEnd::no_registration);
  negotiate_by_iq(IqType::get, settings_.account.domain(), to_xml(Registration{}), State::registration_asked);
}

void ClientStream::negotiate_by_iq(IqType type, std::string_view to, std::string_view payload, State next) {
  iq_id_ = settings_.random();
  write_stanza_start(output_, "iq", {}, to, type == IqType::get ? "get" : "set", iq_id_);
  output_.append(1, '>').append(payload).append("</iq>");
  state_ = next;
}

bool ClientStream::is_answer(const xml::Element& iq) const {
  const auto type = iq_type(iq.attribute("type"));
  return iq.attribute("id") == iq_id_ && (type == IqType::result || type == IqType::error);
}

void ClientStream::on_registration_question(const xml::Element& iq) {
  if (!is_answer(iq)) return;
  if (const auto error = read_error(iq)) {
    return end(StreamEnd::registration_refused, name_of(error->condition), error->text);
  }
  auto question = Registration::parse(iq.child("query", ns::register_query));
  if (!question) return end(StreamEnd::no_registration);
  state_ = State::registration_filled_in;
  events_.emplace_back(RegistrationWanted{*std::move(question)});
}

void ClientStream::submit_registration(const Registration& answer, TimePoint now) {
  if (state_ != State::registration_filled_in) return;
  now_ = now;
  deadline_ = now + settings_.negotiation_timeout;
  negotiate_by_iq(IqType::set, settings_.account.domain(), to_xml(answer), State::registration_sent);
}

void ClientStream::on_registration_answer(const xml::Element& iq) {
  if (!is_answer(iq)) return;
  if (const auto error = read_error(iq)) {
    return end(StreamEnd::registration_refused, name_of(error->condition), error->text);
  }
  wants_registration_ = false;
  events_.emplace_back(Registered{});
  log_in();
}

void ClientStream::log_in() {
  if (!login_) return end(StreamEnd::no_mechanism);
  sasl_.emplace(*login_, tls_ ? &*tls_ : nullptr, settings_.account, settings_.password, settings_.random());
  output_ += sasl_->begin();
  state_ = State::authenticating;
}

void ClientStream::on_challenge(const xml::Element& element) {
  const auto response = sasl_->challenge(element);
  if (!response) return end(StreamEnd::not_proven);
  output_ += *response;
}

void ClientStream::on_login(const xml::Element& element) {
  if (!sasl_->succeeded(element)) return end(StreamEnd::not_proven);
  sasl_.reset();
  start_stream(State::after_login);
}

void ClientStream::on_login_refused(const xml::Element& element) {
  const auto refusal = read_refusal(element);
  const bool may_retry = refusal.condition == "temporary-auth-failure";
  end(StreamEnd::login_refused, refusal.condition, refusal.text, may_retry);
}

void ClientStream::on_features_after_login(const xml::Element& features) {
  offers_acks_ = static_cast<bool>(features.child("sm", ns::stream_management));
  if (!offers_acks_ || !acks_.can_resume()) return bind();
  acks_.write_resume(output_);
  state_ = State::resuming;
}

void ClientStream::on_resumed(const xml::Element& element) {
  if (!acks_.resumed(element, output_)) return fail("undefined-condition");
  go_online(true);
}

void ClientStream::on_not_resumed(const xml::Element& element) {
  if (!acks_.resumption_failed(element)) return fail("undefined-condition");
  note_confirmed();
  bind();
}

void ClientStream::bind() {
  acks_.end_session();
  requests_.lose_all();
  std::string payload;
  xml::Writer writer(payload);
  writer.open("bind", ns::bind);
  if (settings_.account.is_full()) writer.open("resource").text(settings_.account.resource()).close();
  writer.close();
  negotiate_by_iq(IqType::set, {}, payload, State::binding);
}

void ClientStream::on_bound(const xml::Element& iq) {
  if (!is_answer(iq)) return;
  if (const auto error = read_error(iq)) {
    const bool may_retry = error->type == ErrorType::wait;
    return end(StreamEnd::bind_refused, name_of(error->condition), error->text, may_retry);
  }
  auto jid = Jid::parse(iq.child("bind", ns::bind).child("jid").text());
  if (!jid || !jid->is_full() || jid->bare_text() != settings_.account.bare_text()) {
    return end(StreamEnd::bind_refused, "jid-malformed");
  }
  jid_ = *std::move(jid);
  if (!offers_acks_) return go_online(false);
  acks_.write_enable(output_);
  state_ = State::enabling;
}

void ClientStream::on_enabled(const xml::Element& element) {
  acks_.enabled(element);
  go_online(false);
}

void ClientStream::on_not_enabled(const xml::Element&) {
  go_online(false);
}

void ClientStream::go_online(bool is_resumed) {
  state_ = State::online;
  note_confirmed();
  acks_.send_backlog(output_);
  events_.emplace_back(Online{jid_, is_resumed});
}

// RFC 6120 4.9.3. Some errors are a server's lasting word about who we are or what we speak; the others are of the
// moment, or of one stanza. Servers say <policy-violation/> (4.9.3.14) of a session that was too busy as well, so it is
// lasting only where they have never taken us. <see-other-host/> is told, not followed: whoever could send it would
// choose our server.
void ClientStream::on_stream_error(const xml::Element& element) {
  const auto refusal = read_refusal(element);
  bool may_retry = refusal.condition != "policy-violation" || state_ == State::online;
  for (const std::string_view lasting :
       {"conflict", "host-gone", "host-unknown", "improper-addressing", "invalid-from", "invalid-namespace",
        "not-authorized", "see-other-host", "unsupported-encoding", "unsupported-feature", "unsupported-version"}) {
    may_retry = may_retry && refusal.condition != lasting;
  }
  end(StreamEnd::stream_error, refusal.condition, refusal.text, may_retry);
}

}  // namespace queqiao::xmpp
