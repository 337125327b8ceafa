// XEP-0160 from the archive: the offline queue of a user is what lies behind the position up to which it was served.
#include <utility>

#include "base/log.h"
#include "server/client_connection.h"
#include "server/modules/archive/parts.h"
#include "storage/stanza_address.h"
#include "xml/writer.h"
#include "xmpp/xep/delay.h"

namespace queqiao::server::archive {

void OfflineQueue::start(Session& session) {
  User& user = session.user();
  if (!user.has_unserved || user.is_serving_offline) return;
  user.is_serving_offline = true;
  runs_.insert_or_assign(user.name, Run{session.id(), user.served_position, false});
  read(user.name);
}

OfflineQueue::Run* OfflineQueue::run_of(const std::string& user, std::uint64_t session) {
  const auto place = runs_.find(user);
  return place == runs_.end() || place->second.session != session ? nullptr : &place->second;
}

void OfflineQueue::read(const std::string& name) {
  User* user = shard_.users().find(name);
  const auto run = runs_.at(name);
  // What comes from now on may not be in the answer: then it sets this again, and there is another turn.
  user->has_unserved = false;
  auto then = [this, name, session = run.session](Result<std::vector<storage::ArchivedMessage>> batch) {
    User* there = shard_.users().find(name);
    Run* going = run_of(name, session);
    if (!there || !going) return;
    if (!batch) {
      log::error("cannot read the offline messages of {}: {}", name, batch.error().message);
      there->has_unserved = true;
      return stop(*there);
    }
    serve(*there, *going, *batch);
  };
  shard_.store().undelivered(name, run.after, shard_.config().offline_batch, {&shard_.loop(), std::move(then)});
}

void OfflineQueue::serve(User& user, Run& run, const std::vector<storage::ArchivedMessage>& batch) {
  Session* session = shard_.session(run.session);
  if (!session || !session->takes_messages()) {
    user.has_unserved = true;
    return stop(user);
  }
  for (const auto& message : batch) serve_one(user, *session, message);
  if (!batch.empty()) run.after = batch.back().id;
  if (batch.empty() && !user.has_unserved) return stop(user);
  if (is_far_ahead(*session)) return pause(user.name);
  read(user.name);
}

void OfflineQueue::serve_one(User& user, Session& session, const storage::ArchivedMessage& message) {
  const auto from = xmpp::Jid::parse(storage::stanza_attribute(*message.stanza, "from"));
  // XEP-0191 3.2: also what came before the user blocked the sender. The archive has it.
  for (const auto& blocks : shard_.hooks().blocks) {
    if (from && blocks(user, *from)) return;
  }
  constexpr std::string_view end = "</message>";
  std::string stanza(shard_.router().with_stanza_id(*message.stanza, user, message.id));
  stanza.resize(stanza.size() - end.size());
  xml::Writer writer(stanza);
  xmpp::Delay{message.received, shard_.domain(), {}}.write(writer);
  stanza += end;
  // What names a resource that is there is for that one.
  const auto to = xmpp::Jid::parse(storage::stanza_attribute(*message.stanza, "to"));
  Session* named = to && to->is_full() ? user.session(to->resource()) : nullptr;
  Outbound outbound{stanza, xmpp::StanzaKind::message, message.id};
  outbound.from = from ? &*from : nullptr;
  shard_.send(named ? *named : session, outbound);
}

// An offline queue may be longer than what a session may leave unacknowledged, or than its connection's queue.
bool OfflineQueue::is_far_ahead(Session& session) const {
  if (session.connection() && session.connection()->transport().is_congested()) return true;
  if (!session.resumption()) return false;
  const auto& outbound = session.resumption()->outbound;
  return outbound.unacknowledged().size() > shard_.config().unacknowledged_stanzas / 4 ||
         outbound.bytes() > shard_.config().unacknowledged_bytes / 4;
}

void OfflineQueue::pause(const std::string& name) {
  Run& run = runs_.at(name);
  run.is_waiting = true;
  shard_.loop().after(std::chrono::milliseconds(200), [this, name, id = run.session] {
    Run* waiting = run_of(name, id);
    Session* session = shard_.session(id);
    if (!waiting || !waiting->is_waiting || !session) return;
    if (is_far_ahead(*session)) return pause(name);
    waiting->is_waiting = false;
    read(name);
  });
}

void OfflineQueue::go_on(Session& session) {
  Run* run = run_of(session.user().name, session.id());
  if (!run || !run->is_waiting || is_far_ahead(session)) return;
  run->is_waiting = false;
  read(session.user().name);
}

void OfflineQueue::stop(User& user) {
  user.is_serving_offline = false;
  runs_.erase(user.name);
}

void OfflineQueue::session_ended(Session& session) {
  User& user = session.user();
  if (run_of(user.name, session.id())) {
    user.has_unserved = true;
    stop(user);
    for (const auto& other : user.sessions) {
      if (other.get() != &session && other->takes_messages()) return start(*other);
    }
  }
  keep_unacknowledged(session);
}

// XEP-0198 5: without an archive, what the client never acknowledged is all that is left of a message.
void OfflineQueue::keep_unacknowledged(Session& session) {
  if (shard_.config().has_archive || !session.resumption()) return;
  User& user = session.user();
  for (const auto& other : user.sessions) {
    if (other.get() != &session && other->takes_messages()) return;
  }
  for (const auto& sent : session.resumption()->outbound.unacknowledged()) {
    xml::Document document;
    const bool is_message = sent.position == 0 && sent.stanza.starts_with("<message");
    if (!is_message || xml::parse_element(sent.stanza, document, {}, "jabber:client") != xml::ParseError::none)
      continue;
    const auto type = xmpp::message_type(document.root().attribute("type"));
    const bool is_kept = (type == xmpp::MessageType::chat || type == xmpp::MessageType::normal) &&
                         keeping_hint(document.root()) != Keeping::never && has_lasting_content(document.root());
    if (!is_kept) continue;
    user.has_unserved = true;
    const auto from = xmpp::Jid::parse(document.root().attribute("from"));
    storage::ArchiveEntry entry{.received = shard_.loop().wall_time(),
                                .stanza = std::make_shared<const std::string>(sent.stanza),
                                .sender = {},
                                .recipient = user.name,
                                .sender_jid = std::string(from ? from->bare_text() : std::string_view()),
                                .recipient_jid = user.jid.text(),
                                .is_for_offline = true,
                                .is_queued_only = true};
    shard_.store().append(std::move(entry), {}, {});
  }
}

}  // namespace queqiao::server::archive
