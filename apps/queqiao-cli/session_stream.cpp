#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "session.h"
#include "stream_end.h"
#include "xmpp/namespaces.h"
#include "xmpp/xep/roster.h"

// The part of Session that serves the stream.
namespace queqiao::cli {
namespace {

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;  // Clang 14 does not deduce it

}  // namespace

// What the stream wants to say goes out before its events are handled, since an event may end the connection.
void Session::pump() {
  if (is_finishing_ || !connection_) return;
  while (auto event = stream_.next_event(shard_.now())) {
    handle(*event);
    if (is_finishing_ || !connection_) return;
  }
  connection_->send(stream_.take_output());
  arm_timer();
}

// Without a connection the timer is that of the next attempt.
void Session::arm_timer() {
  if (!connection_) return;
  shard_.cancel(stream_timer_);
  stream_timer_ = 0;
  const auto deadline = stream_.next_deadline();
  if (!deadline) return;
  const auto wait = std::chrono::ceil<std::chrono::milliseconds>(*deadline - shard_.now());
  stream_timer_ = shard_.after(std::max(wait, std::chrono::milliseconds(0)), [this] {
    stream_.tick(shard_.now());
    pump();
  });
}

void Session::handle(const xmpp::ClientEvent& event) {
  std::visit(Overloaded{[this](const xmpp::TlsWanted&) {
                          connection_->send(stream_.take_output());
                          connection_->start_tls();
                        },
                        [this](const xmpp::RegistrationWanted& wanted) { register_account(wanted.question); },
                        [this](const xmpp::Registered&) { command_->registered(*this); },
                        [this](const xmpp::Online& online) {
                          has_been_online_ = true;
                          back_off_ = std::chrono::seconds(1);
                          command_->online(*this, online.is_resumed);
                        },
                        [this](const xmpp::StanzaReceived& received) { receive(received.stanza); },
                        [this](const xmpp::Acknowledged& news) { command_->acknowledged(*this, news.up_to); },
                        [this](const xmpp::StreamEnded& end) { ended(end); }},
             event);
}

void Session::register_account(const xmpp::Registration& question) {
  auto known = options_.fields;
  known.emplace("username", options_.account.local());
  known.emplace("password", options_.password);
  const auto answer = answer_registration(question, known);
  if (!question.form && question.fields.empty() && !question.url.empty()) {
    return finish(ExitCode::refused, "The server wants people to register at " + question.url);
  }
  if (answer.missing.empty()) return stream_.submit_registration(answer.registration, shard_.now());
  std::string names;
  for (const auto& name : answer.missing) names += (names.empty() ? "" : ", ") + name;
  finish(ExitCode::refused,
         "The server also asks for: " + names + ". Answer with --field NAME=VALUE. " + question.instructions);
}

void Session::receive(const xml::Element& stanza) {
  if (stanza.name() != "iq") return command_->received(*this, stanza);
  const auto from = stanza.attribute("from");
  const bool is_ping = stanza.first_child().is("ping", "urn:xmpp:ping");  // XEP-0199
  if (is_ping || xmpp::claims_roster_push(stanza)) {
    return stream_.reply(xmpp::result_reply(stanza.attribute("id"), {}, from));
  }
  stream_.reply(xmpp::error_reply(stanza, {}, from, xmpp::StanzaError::of(xmpp::StanzaCondition::service_unavailable)));
}

void Session::ended(const xmpp::StreamEnded& end) {
  const auto why = explain(end, options_);
  if (!end.may_retry || !has_been_online_) return finish(why.code, why.text);
  connection_->set_handler(nullptr);
  connection_->send(stream_.take_output());
  connection_.reset();
  stream_.connection_lost();
  reconnect(why.text);
}

std::uint64_t Session::send_message(std::string message) {
  const auto number = stream_.send_message(std::move(message), shard_.now());
  if (connection_) connection_->send(stream_.take_output());
  arm_timer();
  return number;
}

void Session::send_presence(std::string_view presence) {
  stream_.send_presence(presence);
  if (connection_) connection_->send(stream_.take_output());
}

void Session::ask(xmpp::IqType type, const xmpp::Jid& to, std::string_view payload,
                  std::function<void(const xml::Element&)> then) {
  const auto heard = [this, then = std::move(then)](const xmpp::IqAnswer& answer) {
    if (answer.is_result()) return then(answer.iq);
    if (answer.kind == xmpp::IqAnswer::Kind::error) return finish(ExitCode::refused, explain(answer.error));
    finish(ExitCode::unreachable, "The server did not answer.");
  };
  stream_.request(type, to, payload, shard_.now(), heard);
  if (connection_) connection_->send(stream_.take_output());
}

}  // namespace queqiao::cli
