#include "client/core/messages/outbox_sender.h"

#include "client/core/qt_text.h"
#include "client/core/session.h"

namespace queqiao::client {
namespace {

constexpr std::size_t most_in_flight = 500;  // stanzas that the stream keeps in memory for us
constexpr std::size_t most_recent = 500;

// Only who was written to, or a server on the way, can return a stanza (RFC 6120 8.3.1).
bool may_refuse(const QString& from, const QString& chat, const xmpp::Jid& account) {
  return from == chat || from == chat.section('@', -1) || from == bare(account) || from == to_qt(account.domain());
}

}  // namespace

OutboxSender::OutboxSender(Session& session, LocalHistory& history, QObject* parent)
    : QObject(parent), session_(session), history_(history) {
  for (const auto& entry : history_.outbox().all()) {
    waiting_.push_back(entry.id);
    unsettled_.insert(entry.wire_id, entry.id);
  }
  is_held_ = !waiting_.empty();
  connect(&session_, &Session::online, this, &OutboxSender::pump);
}

void OutboxSender::put(const OutboxEntry& entry) {
  const auto id = history_.outbox().put(entry);
  history_.after_commit([this, id, wire_id = entry.wire_id] {
    waiting_.push_back(id);
    unsettled_.insert(wire_id, id);
    pump();
  });
}

void OutboxSender::release() {
  is_held_ = false;
  pump();
}

void OutboxSender::pump() {
  while (!is_held_ && session_.is_online() && !waiting_.empty() && in_flight_.size() < most_in_flight) {
    const auto entry = history_.outbox().find(waiting_.front());
    waiting_.pop_front();
    if (!entry) continue;  // the archive had it
    const auto number = session_.send_message(to_utf8(entry->stanza));
    if (session_.has_acknowledgements()) {
      in_flight_[number] = entry->id;
    } else {
      LocalHistory::Batch batch(history_);
      settle(entry->id);
    }
  }
}

bool OutboxSender::acknowledged(quint64 up_to) {
  LocalHistory::Batch batch(history_);
  for (auto sent = in_flight_.begin(); sent != in_flight_.upper_bound(up_to); ++sent) settle(sent->second);
  if (!batch.commit()) return false;
  in_flight_.erase(in_flight_.begin(), in_flight_.upper_bound(up_to));
  pump();
  return true;
}

void OutboxSender::settle(qint64 id) {
  const auto entry = history_.outbox().find(id);
  if (!entry) return;  // refused already
  history_.outbox().remove(id);
  history_.after_commit([this, entry = *entry] {
    unsettled_.remove(entry.wire_id);
    remember(entry);
  });
  emit settled(*entry);
}

void OutboxSender::archived(const QString& wire_id) {
  if (const auto id = unsettled_.constFind(wire_id); id != unsettled_.constEnd()) settle(*id);
}

void OutboxSender::remember(const OutboxEntry& entry) {
  auto kept = entry;
  kept.stanza.clear();
  recent_.insert(entry.wire_id, kept);
  recent_order_.push_back(entry.wire_id);
  if (recent_order_.size() <= most_recent) return;
  recent_.remove(recent_order_.front());
  recent_order_.pop_front();
}

std::optional<OutboxEntry> OutboxSender::find(const QString& wire_id) {
  if (const auto id = unsettled_.constFind(wire_id); id != unsettled_.constEnd()) return history_.outbox().find(*id);
  const auto recent = recent_.constFind(wire_id);
  return recent == recent_.constEnd() ? std::nullopt : std::optional(*recent);
}

bool OutboxSender::refuse(const QString& from, const QString& wire_id, const xmpp::StanzaError& error) {
  const auto entry = find(wire_id);
  if (!entry || !may_refuse(from, entry->chat, session_.account())) return false;
  LocalHistory::Batch batch(history_);
  history_.outbox().remove(entry->id);
  history_.after_commit([this, wire_id] {
    unsettled_.remove(wire_id);
    recent_.remove(wire_id);
  });
  emit refused(*entry, error);
  return true;
}

}  // namespace queqiao::client
