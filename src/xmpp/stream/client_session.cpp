#include <utility>

#include "xmpp/namespaces.h"
#include "xmpp/stream/client_stream.h"
#include "xmpp/xep/carbons.h"
#include "xmpp/xep/roster.h"

// The actions of ClientStream once the resource is online.
namespace queqiao::xmpp {

std::uint64_t ClientStream::send_message(std::string message, TimePoint now) {
  now_ = now;
  return acks_.send_message(std::move(message), state_ == State::online, output_);
}

void ClientStream::send_presence(std::string_view presence) {
  if (state_ == State::online) acks_.send_other(presence, output_);
}

void ClientStream::reply(std::string_view iq) {
  if (state_ == State::online && !iq.empty()) acks_.send_other(iq, output_);
}

void ClientStream::request(IqType type, const Jid& to, std::string_view payload, TimePoint now, IqRequests::Then then) {
  if (state_ != State::online) return then(IqAnswer{});
  now_ = now;
  auto id = settings_.random();
  std::string iq;
  write_stanza_start(iq, "iq", {}, to.text(), type == IqType::get ? "get" : "set", id);
  iq.append(1, '>').append(payload).append("</iq>");
  acks_.send_other(iq, output_);
  requests_.add(std::move(id), to, now + settings_.answer_timeout, std::move(then));
}

void ClientStream::on_message(const xml::Element& element) {
  acks_.stanza_received();
  // XEP-0280 11: a copy that does not come from the own account is a forgery.
  if (claims_carbon(element) && !read_carbon(element, settings_.account)) return;
  events_.emplace_back(StanzaReceived{element});
}

void ClientStream::on_presence(const xml::Element& element) {
  acks_.stanza_received();
  events_.emplace_back(StanzaReceived{element});
}

void ClientStream::on_iq(const xml::Element& element) {
  acks_.stanza_received();
  const auto type = iq_type(element.attribute("type"));
  if (!type) return;
  if (*type == IqType::result || *type == IqType::error) {
    requests_.answer(element);
    return;
  }
  // RFC 6121 2.1.6: a push of someone else is ignored.
  if (claims_roster_push(element) && !read_roster_push(element, settings_.account)) return;
  events_.emplace_back(StanzaReceived{element});
}

void ClientStream::on_ack_request(const xml::Element&) {
  if (acks_.is_enabled()) acks_.write_answer(output_);
}

void ClientStream::on_ack(const xml::Element& element) {
  if (!acks_.acknowledged(element)) return fail("undefined-condition");
  note_confirmed();
}

void ClientStream::note_confirmed() {
  if (acks_.confirmed() == reported_) return;
  reported_ = acks_.confirmed();
  events_.emplace_back(Acknowledged{reported_});
}

void ClientStream::ignore(const xml::Element&) {}

}  // namespace queqiao::xmpp
