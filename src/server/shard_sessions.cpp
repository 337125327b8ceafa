// The sessions of a Shard: bind, sending, resumption, end.
#include <algorithm>
#include <utility>

#include "base/log.h"
#include "server/client_connection.h"
#include "server/shard.h"

namespace queqiao::server {

Session& Shard::bind(ClientConnection& connection, User& user, std::string_view resource) {
  // RFC 6120 7.7.2.2: the newer one of two equal resources stays; a client that lost its connection comes back like this.
  if (Session* older = user.session(resource)) end_session(*older, "conflict", "Replaced by a new connection.");
  if (user.sessions.size() >= config().sessions_per_user) {
    end_session(*user.sessions.front(), "policy-violation", "Too many sessions of this account.");
  }
  const auto id = next_id_++;
  user.sessions.push_back(std::make_unique<Session>(id, user, user.jid.with_resource(resource)));
  Session& session = *user.sessions.back();
  users_.session_bound(user);
  sessions_.emplace(id, &session);
  session.attach(&connection);
  session.since = loop_.wall_time();
  session.last_active = loop_.now();
  session.address = connection.transport().peer_address();
  if (connection.transport().is_secure()) session.tls_version = connection.transport().tls_info().version;
  return session;
}

void Shard::send(Session& session, const Outbound& outbound) {
  for (const auto& hook : hooks_.outbound) {
    if (hook(session, outbound)) return;
  }
  send_now(session, outbound);
}

void Shard::send_now(Session& session, const Outbound& outbound) {
  if (session.resumption()) return send_resumable(session, outbound);
  if (!session.connection()) return;
  session.connection()->write(outbound.stanza);
  // Without XEP-0198 nothing tells whether it arrived; to have sent it is all there is.
  if (outbound.position) set_served(session.user(), outbound.position);
}

void Shard::send_resumable(Session& session, const Outbound& outbound) {
  auto& resumption = *session.resumption();
  resumption.outbound.push(outbound.stanza, outbound.position);
  const bool is_full = resumption.outbound.unacknowledged().size() > config().unacknowledged_stanzas ||
                       resumption.outbound.bytes() > config().unacknowledged_bytes;
  if (is_full) {
    // Not from here: whoever sends may be going through the user's sessions.
    loop_.at_end_of_turn([this, id = session.id()] {
      if (Session* there = this->session(id)) {
        // RFC 6120 4.9.3.17: not a broken rule, which a client would take for the last word; it comes back.
        end_session(*there, "resource-constraint", "Too many stanzas without an acknowledgement.");
      }
    });
    return;
  }
  if (!session.connection()) return;
  session.connection()->write(outbound.stanza);
  // One question at a time: an answer that leaves something open brings the next.
  if (resumption.sent_since_request++ == 0) session.connection()->write("<r xmlns='urn:xmpp:sm:3'/>");
}

Session* Shard::find_resumable(std::string_view token) const {
  const auto place = resumable_.find(token);
  return place == resumable_.end() ? nullptr : place->second;
}

void Shard::enable_resumption(Session& session, std::string token, std::chrono::seconds time) {
  session.resumption() = std::make_unique<Resumption>();
  session.resumption()->token = token;
  session.resumption()->time = time;
  if (!token.empty()) resumable_.emplace(std::move(token), &session);
}

void Shard::connection_lost(Session& session) {
  auto& resumption = session.resumption();
  if (!resumption || resumption->token.empty()) return end_session(session);
  if (resumption->timeout) return;
  resumption->timeout = loop_.after(resumption->time, [this, id = session.id()] {
    if (Session* there = this->session(id)) end_session(*there);
  });
}

void Shard::end_session(Session& session, std::string_view stream_condition, std::string_view text) {
  const auto id = session.id();
  if (sessions_.erase(id) == 0) return;  // it is ending already
  User& user = session.user();
  if (auto* connection = session.connection()) {
    session.attach(nullptr);
    connection->forget_session();
    connection->end(stream_condition, text);
  }
  if (auto& resumption = session.resumption()) {
    loop_.cancel(resumption->timeout);
    resumable_.erase(resumption->token);
    // What the client has not acknowledged is served again from the archive at the next log-in.
    for (const auto& sent : resumption->outbound.unacknowledged()) {
      if (sent.position > user.served_position) user.has_unserved = true;
    }
  }
  for (const auto& hook : hooks_.ended) hook(session);
  // XEP-0186 3.1.1: who was invisible left when it became so.
  if (!session.is_invisible) set_last_seen(user);
  std::erase_if(user.sessions, [&](const auto& other) { return other.get() == &session; });
  users_.session_ended(user);
}

std::size_t Shard::end_all_of(std::string_view user, std::string_view stream_condition, std::string_view text) {
  std::vector<std::uint64_t> ids;
  if (const User* here = users_.find(user)) {
    for (const auto& session : here->sessions) ids.push_back(session->id());
  }
  for (const auto id : ids) {
    if (Session* there = session(id)) end_session(*there, stream_condition, text);
  }
  std::vector<ClientConnection*> unbound;
  for (const auto& [id, connection] : connections_) {
    if (!connection->session() && connection->user() == user) unbound.push_back(connection.get());
  }
  for (auto* connection : unbound) connection->end(stream_condition, text);
  return ids.size();
}

}  // namespace queqiao::server
