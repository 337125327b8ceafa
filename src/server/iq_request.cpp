#include <utility>

#include "base/log.h"
#include "server/module.h"
#include "server/shard.h"

namespace queqiao::server {

using xmpp::IqType;
using xmpp::StanzaCondition;
using xmpp::StanzaError;

IqRequest::IqRequest(Shard& shard, xmpp::Jid from, xmpp::Jid to, IqType type, std::string id, Origin origin)
    : shard_(&shard), from_(std::move(from)), to_(std::move(to)), type_(type), id_(std::move(id)), origin_(origin) {}

IqRequest::IqRequest(IqRequest&& other) noexcept
    : payload(other.payload),
      user(other.user),
      session(other.session),
      peer_address(std::move(other.peer_address)),
      is_trusted(other.is_trusted),
      shard_(std::exchange(other.shard_, nullptr)),
      from_(std::move(other.from_)),
      to_(std::move(other.to_)),
      type_(other.type_),
      id_(std::move(other.id_)),
      origin_(other.origin_) {}

IqRequest::~IqRequest() {
  if (shard_ && !shard_->is_closing()) reply_error(StanzaCondition::internal_server_error);
}

void IqRequest::send(std::string stanza) {
  std::exchange(shard_, nullptr)->router().answer(origin_, std::move(stanza));
}

void IqRequest::reply(std::string_view payload_xml) {
  send(xmpp::result_reply(id_, to_.text(), from_.text(), payload_xml));
}

void IqRequest::reply_error(const StanzaError& error) {
  std::string out;
  xmpp::write_stanza_start(out, "iq", to_.text(), from_.text(), "error", id_);
  out += '>';
  xmpp::write_error(out, error);
  send(std::move(out.append("</iq>")));
}

void IqRequest::reply_error(const Error& error) {
  log::warning("request of {} failed: {}", from_.text(), error.message);
  StanzaError answer;
  switch (error.code) {
    case ErrorCode::not_found: answer = StanzaError::of(StanzaCondition::item_not_found); break;
    case ErrorCode::conflict: answer = StanzaError::of(StanzaCondition::conflict); break;
    case ErrorCode::no_space: answer = StanzaError::of(StanzaCondition::resource_constraint); break;
    default:
      answer = StanzaError::of(StanzaCondition::internal_server_error);
      answer.type = xmpp::ErrorType::wait;
  }
  reply_error(answer);
}

}  // namespace queqiao::server
