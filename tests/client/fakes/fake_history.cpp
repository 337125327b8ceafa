#include "tests/client/fakes/fake_history.h"

#include <algorithm>
#include <set>

namespace queqiao::client::test {
namespace {

constexpr auto own_jid = "me@example.org";

bool is_earlier(const QDateTime& time, const Message& message) {
  return time < message.time;
}

bool matches(const Message& message, const HistoryQuery& query) {
  const QDate day = message.time.date();
  return (query.text.isEmpty() || message.text.contains(query.text, Qt::CaseInsensitive)) &&
         (query.chat.isEmpty() || message.chat == query.chat) &&
         (query.sender.isEmpty() || message.sender == query.sender) && (!query.from || day >= *query.from) &&
         (!query.to || day <= *query.to);
}

}  // namespace

qint64 FakeHistory::add(Message message, bool is_silent) {
  message.id = ++last_id_;
  if (!message.time.isValid()) message.time = QDateTime::currentDateTime();
  if (message.wire_id.isEmpty()) message.wire_id = QStringLiteral("wire-%1").arg(message.id);
  auto& messages = messages_[message.chat];
  messages.insert(std::upper_bound(messages.begin(), messages.end(), message.time, is_earlier), message);
  Conversation& conversation = conversations_[message.chat];
  conversation.jid = message.chat;
  conversation.preview = messages.back().text;
  conversation.time = messages.back().time;
  if (is_silent) return message.id;
  if (!message.is_outgoing) ++conversation.unread;
  emit message_added(message);
  emit conversation_changed(message.chat);
  return message.id;
}

void FakeHistory::fill(const QString& chat, int count, const QDateTime& end) {
  for (int i = 0; i < count; ++i) {
    Message message;
    message.chat = chat;
    message.is_outgoing = i % 2 == 1;
    message.sender = message.is_outgoing ? own_jid : chat;
    message.time = end.addSecs(-60LL * (count - 1 - i));
    message.text = QStringLiteral("message %1").arg(i);
    message.delivery = message.is_outgoing ? Delivery::read : Delivery::none;
    add(message, true);
  }
}

void FakeHistory::add_older(const QString& chat, int count) {
  auto& messages = messages_[chat];
  const QDateTime first = messages.empty() ? QDateTime::currentDateTime() : messages.front().time;
  fill(chat, count, first.addSecs(-60));
  emit older_added(chat, count);
}

void FakeHistory::change(const Message& message) {
  auto& messages = messages_[message.chat];
  const auto place = position(messages, message.id);
  if (place == messages.end()) return;
  *place = message;
  emit message_changed(message);
}

void FakeHistory::set_unread(const QString& chat, int count) {
  conversations_[chat].jid = chat;
  conversations_[chat].unread = count;
  emit conversation_changed(chat);
}

std::vector<Message>::iterator FakeHistory::position(std::vector<Message>& messages, qint64 id) {
  return std::find_if(messages.begin(), messages.end(), [id](const Message& message) { return message.id == id; });
}

QList<Message> FakeHistory::slice(const QString& chat, qint64 from, qint64 to) {
  auto& messages = messages_[chat];
  const qint64 size = qint64(messages.size());
  return {messages.begin() + std::clamp<qint64>(from, 0, size), messages.begin() + std::clamp<qint64>(to, 0, size)};
}

QList<Message> FakeHistory::newest(const QString& chat, int limit) {
  const qint64 size = qint64(messages_[chat].size());
  return slice(chat, size - limit, size);
}

QList<Message> FakeHistory::games(const QString& chat) {
  QList<Message> steps;
  for (const auto& message : messages_[chat]) {
    if (!message.game.isEmpty()) steps << message;
  }
  return steps;
}

QList<Message> FakeHistory::before(const QString& chat, qint64 anchor, int limit) {
  auto& messages = messages_[chat];
  const qint64 place = position(messages, anchor) - messages.begin();
  return slice(chat, place - limit, place);
}

QList<Message> FakeHistory::after(const QString& chat, qint64 anchor, int limit) {
  auto& messages = messages_[chat];
  const qint64 place = position(messages, anchor) - messages.begin();
  return slice(chat, place + 1, place + 1 + limit);
}

QList<Message> FakeHistory::around(const QString& chat, qint64 anchor, int limit) {
  auto& messages = messages_[chat];
  const qint64 place = position(messages, anchor) - messages.begin();
  return slice(chat, place - limit / 2, place + limit / 2 + 1);
}

std::optional<Message> FakeHistory::find(qint64 id) {
  for (auto& messages : messages_) {
    const auto place = position(messages, id);
    if (place != messages.end()) return *place;
  }
  return std::nullopt;
}

std::optional<qint64> FakeHistory::first_unread(const QString& chat) {
  int left = conversations_.value(chat).unread;
  std::optional<qint64> first;
  auto& messages = messages_[chat];
  for (auto message = messages.rbegin(); message != messages.rend() && left > 0; ++message) {
    if (message->is_outgoing) continue;
    first = message->id;
    --left;
  }
  return first;
}

std::optional<qint64> FakeHistory::first_of_day(const QString& chat, QDate day) {
  for (const Message& message : messages_[chat]) {
    if (message.time.date() >= day) return message.id;
  }
  return std::nullopt;
}

QList<QDate> FakeHistory::days_with_messages(const QString& chat, int year, int month) {
  std::set<QDate> days;
  for (const Message& message : messages_[chat]) {
    const QDate day = message.time.date();
    if (day.year() == year && day.month() == month) days.insert(day);
  }
  return {days.begin(), days.end()};
}

QList<Message> FakeHistory::search(const HistoryQuery& query) {
  QList<Message> found;
  for (const auto& messages : messages_) {
    std::copy_if(messages.begin(), messages.end(), std::back_inserter(found),
                 [&query](const Message& message) { return matches(message, query); });
  }
  std::stable_sort(found.begin(), found.end(), [](const Message& a, const Message& b) { return a.time > b.time; });
  return found.mid(query.offset, query.limit);
}

QList<Conversation> FakeHistory::conversations() {
  QList<Conversation> all = conversations_.values();
  std::sort(all.begin(), all.end(), [](const Conversation& a, const Conversation& b) {
    return a.is_pinned != b.is_pinned ? a.is_pinned : a.time > b.time;
  });
  return all;
}

std::optional<Conversation> FakeHistory::conversation(const QString& chat) {
  const auto found = conversations_.constFind(chat);
  return found == conversations_.cend() ? std::nullopt : std::optional(*found);
}

void FakeHistory::set_pinned(const QString& chat, bool is_pinned) {
  conversations_[chat].is_pinned = is_pinned;
  emit conversation_changed(chat);
}

void FakeHistory::set_muted(const QString& chat, bool is_muted) {
  conversations_[chat].is_muted = is_muted;
  emit conversation_changed(chat);
}

void FakeHistory::set_draft(const QString& chat, const QString& text) {
  conversations_[chat].jid = chat;
  conversations_[chat].draft = text;
  emit conversation_changed(chat);
}

void FakeHistory::remove_conversation(const QString& chat) {
  conversations_.remove(chat);
  emit conversation_changed(chat);
}

void FakeHistory::remove(const QList<qint64>& ids) {
  for (const qint64 id : ids) {
    const std::optional<Message> message = find(id);
    if (!message) continue;
    auto& messages = messages_[message->chat];
    messages.erase(position(messages, id));
    emit message_removed(message->chat, id);
  }
}

}  // namespace queqiao::client::test
