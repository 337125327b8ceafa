// The IQ half of Router: RFC 6120 8.2.3 and RFC 6121 8.5.
#include <memory>
#include <utility>

#include "server/client_connection.h"
#include "server/router.h"
#include "server/shard.h"
#include "xml/writer.h"

namespace queqiao::server {

using xmpp::IqType;
using xmpp::StanzaCondition;
using xmpp::StanzaError;
using xmpp::StanzaKind;

namespace {

bool is_blocked(Shard& there, const User& user, const xmpp::Jid& other) {
  for (const auto& blocks : there.hooks().blocks) {
    if (blocks(user, other)) return true;
  }
  return false;
}

}  // namespace

void Router::iq_from(Session& session, const xml::Element& element, std::uint32_t number) {
  const auto type = xmpp::iq_type(element.attribute("type"));
  const auto to = element.has_attribute("to") ? xmpp::Jid::parse(element.attribute("to")) : xmpp::Jid();
  const auto reply = [&](StanzaCondition condition) {
    const auto answer =
        xmpp::error_reply(element, element.attribute("to"), session.jid().text(), StanzaError::of(condition));
    if (!answer.empty()) shard_.send(session, answer, StanzaKind::iq);
  };
  // RFC 6120 8.2.3: an id, a known type, and one child element in a request.
  if (!type || element.attribute("id").empty()) return reply(StanzaCondition::bad_request);
  const bool is_request = *type == IqType::get || *type == IqType::set;
  const auto payload = element.first_child();
  if (is_request && (!payload || ++element.children().begin() != element.children().end())) {
    return reply(StanzaCondition::bad_request);
  }
  if (!to) return reply(StanzaCondition::jid_malformed);

  const Origin origin{shard_.index(), session.id(), number};
  const bool is_remote = !to->empty() && to->domain() != shard_.domain();
  if (is_remote) return reply(StanzaCondition::remote_server_not_found);
  const bool is_for_others = !to->empty() && !to->is_domain() && to->bare_text() != session.user().jid.text();
  if (is_for_others) {
    for (const auto& hook : shard_.hooks().validate_iq) {
      if (const auto error = hook(session, *to)) return refuse(session, element, StanzaKind::iq, *error);
    }
  }
  if (!is_request) {
    if (to->is_full() && !to->is_domain()) return forward_answer(element, session.jid(), *to);
    // An answer to the server itself (to our ping, say) has done its work by coming in.
    for (const auto& hook : shard_.hooks().answered) {
      if (!is_for_others && hook(session, element)) return;
    }
    return;
  }
  session.add_request();  // until answer()
  if (number) session.resumption()->inbound.hold(number);
  if (to->empty() || to->is_domain() || to->is_bare()) return ask_server(session, element, *type, *to, origin);
  forward_iq(stamped(element, session.jid(), *to, shard_.domain()), *type, session.jid(), *to,
             std::string(element.attribute("id")), origin);
}

// A request that the server answers, for itself or for one of its accounts.
void Router::ask_server(Session& session, const xml::Element& element, IqType type, const xmpp::Jid& to,
                        Origin origin) {
  IqRequest asked(shard_, session.jid(), to, type, std::string(element.attribute("id")), origin);
  const auto payload = element.first_child();
  const auto* route = shard_.iq_route(payload);
  const bool is_own = to.empty() || to == session.user().jid;
  const IqTargets target = is_own           ? iq_target::own_account
                           : to.is_domain() ? iq_target::server
                                            : iq_target::other_account;
  if (!route || !(route->targets & target)) return asked.reply_error(StanzaCondition::service_unavailable);
  if (target == iq_target::other_account) return ask_account(std::move(asked), payload);
  asked.payload = payload;
  asked.session = &session;
  asked.user = &session.user();
  route->handler(std::move(asked));
}

// The account of somebody else: answered on its home shard, which needs the elements as bytes.
void Router::ask_account(IqRequest asked, const xml::Element& payload) {
  std::string bytes;
  xml::write(bytes, payload, {});
  const auto home = shard_.shards().home_of(asked.to().local());
  auto parcel = std::make_unique<std::pair<IqRequest, std::string>>(std::move(asked), std::move(bytes));
  note_work_for(home);
  shard_.shards().post(home, [parcel = std::move(parcel)](Shard& there) mutable {
    parcel->first.move_to(there);
    const std::string name(parcel->first.to().local());
    there.users().with(name, [&there, parcel = std::move(parcel)](User* user) mutable {
      xml::Document document;
      const bool is_parsed = xml::parse_element(parcel->second, document) == xml::ParseError::none;
      const auto* route = is_parsed ? there.iq_route(document.root()) : nullptr;
      auto& request = parcel->first;
      if (!route || (user && is_blocked(there, *user, request.from()))) {
        return request.reply_error(StanzaCondition::service_unavailable);
      }
      if (!user || !user->is_seen_by(request.from().bare_text())) {
        const auto told = request.is_set() ? route->strangers.set : route->strangers.get;
        if (told || !user) return request.reply_error(told.value_or(StanzaCondition::service_unavailable));
      }
      request.payload = document.root();
      request.user = user;
      route->handler(std::move(request));
    });
  });
}

// RFC 6121 8.5.3.1 and 8.5.3.2.3: to the resource, or service-unavailable when it is not there.
void Router::forward_iq(std::string stanza, IqType type, const xmpp::Jid& from, const xmpp::Jid& to, std::string id,
                        Origin origin) {
  IqRequest guard(shard_, from, to, type, std::move(id), origin);
  auto parcel = std::make_unique<std::pair<IqRequest, std::string>>(std::move(guard), std::move(stanza));
  const auto deliver_there = [](Shard& there, std::pair<IqRequest, std::string>& arrived) {
    auto& [asked, bytes] = arrived;
    User* user = there.users().find(asked.to().local());
    Session* session = user ? user->session(asked.to().resource()) : nullptr;
    if (!session || !session->is_there_for(asked.from()) || is_blocked(there, *user, asked.from())) {
      return asked.reply_error(StanzaCondition::service_unavailable);
    }
    there.send(*session, bytes, StanzaKind::iq);
    asked.forwarded();
  };
  const auto home = shard_.shards().home_of(to.local());
  if (home == shard_.index()) return deliver_there(shard_, *parcel);
  note_work_for(home);
  shard_.shards().post(home, [parcel = std::move(parcel), deliver_there](Shard& there) {
    parcel->first.move_to(there);
    deliver_there(there, *parcel);
  });
}

// To the resource that asked, unless its user does not want to hear from us.
void Router::forward_answer(const xml::Element& element, const xmpp::Jid& from, const xmpp::Jid& to) {
  auto stanza = stamped(element, from, to, shard_.domain());
  const auto deliver_there = [from, to, stanza = std::move(stanza)](Shard& there) {
    User* user = there.users().find(to.local());
    Session* session = user ? user->session(to.resource()) : nullptr;
    if (session && !is_blocked(there, *user, from)) there.send(*session, stanza, StanzaKind::iq);
  };
  const auto home = shard_.shards().home_of(to.local());
  if (home == shard_.index()) return deliver_there(shard_);
  note_work_for(home);
  shard_.shards().post(home, deliver_there);
}

void Router::answer(const Origin& origin, std::string stanza) {
  if (origin.shard != shard_.index()) {
    shard_.shards().post(origin.shard, [origin, stanza = std::move(stanza)](Shard& there) mutable {
      there.router().answer(origin, std::move(stanza));
    });
    return;
  }
  Session* session = shard_.session(origin.session);
  if (!session) {
    // Before log-in the answer is for the connection; see Origin.
    ClientConnection* connection = shard_.connection(origin.session);
    if (connection && !connection->session()) connection->answer(stanza);
    return;
  }
  if (!stanza.empty()) shard_.send(*session, stanza, StanzaKind::iq);
  session->remove_request();
  shard_.release(origin.session, origin.number);
}

}  // namespace queqiao::server
