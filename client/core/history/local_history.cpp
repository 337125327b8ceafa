#include "client/core/history/local_history.h"

#include <QDir>
#include <QFileInfo>
#include <QLoggingCategory>
#include <algorithm>

#include "client/core/factories.h"

// What History promises to everybody. What fills it is in history_writes.cpp.
namespace queqiao::client {
namespace {

Q_LOGGING_CATEGORY(log_history, "queqiao.history")

qint64 microseconds(const QDateTime& time) {
  return time.toMSecsSinceEpoch() * 1000;
}

}  // namespace

std::unique_ptr<History> make_history(const QString& path) {
  QDir().mkpath(QFileInfo(path).path());
  auto database = Database::open(path);
  if (!database) {
    qCWarning(log_history) << path << database.error().message.c_str() << "- the history lasts until the end only";
    database = Database::open(QStringLiteral(":memory:"));
  }
  return std::make_unique<LocalHistory>(*std::move(database));
}

LocalHistory::LocalHistory(std::unique_ptr<Database> database)
    : database_(std::move(database)),
      messages_(*database_),
      chats_(*database_),
      index_(*database_),
      amendments_(*database_),
      outbox_(*database_),
      archive_(*database_) {}

QList<Message> LocalHistory::newest(const QString& chat, int limit) {
  const auto id = chats_.find(chat);
  return id ? messages_.newest(*id, limit) : QList<Message>();
}

QList<Message> LocalHistory::games(const QString& chat) {
  const auto id = chats_.find(chat);
  return id ? messages_.games(*id) : QList<Message>();
}

QList<Message> LocalHistory::before(const QString& chat, qint64 anchor, int limit) {
  const auto id = chats_.find(chat);
  return id ? messages_.before(*id, anchor, limit) : QList<Message>();
}

QList<Message> LocalHistory::after(const QString& chat, qint64 anchor, int limit) {
  const auto id = chats_.find(chat);
  return id ? messages_.after(*id, anchor, limit) : QList<Message>();
}

QList<Message> LocalHistory::around(const QString& chat, qint64 anchor, int limit) {
  auto page = before(chat, anchor, limit / 2);
  if (auto middle = find(anchor); middle && middle->chat == chat) page.append(*std::move(middle));
  return page + after(chat, anchor, limit / 2);
}

std::optional<Message> LocalHistory::find(qint64 id) {
  return messages_.find(id);
}

std::optional<qint64> LocalHistory::first_unread(const QString& chat) {
  const auto id = chats_.find(chat);
  if (!id) return std::nullopt;
  auto rows = database_->run("SELECT id FROM message WHERE chat = ? AND is_unread = 1 ORDER BY id LIMIT 1", {*id});
  if (!rows.next()) return std::nullopt;
  return rows.number(0);
}

std::optional<qint64> LocalHistory::first_of_day(const QString& chat, QDate day) {
  const auto page = after(chat, microseconds(day.startOfDay()) - 1, 1);
  if (page.isEmpty()) return std::nullopt;
  return page.first().id;
}

// One step in the index per day that has any, not per message.
QList<QDate> LocalHistory::days_with_messages(const QString& chat, int year, int month) {
  QList<QDate> days;
  const auto id = chats_.find(chat);
  QDate day(year, month, 1);
  if (!id || !day.isValid()) return days;
  const auto end = microseconds(day.addMonths(1).startOfDay());
  for (;;) {
    auto rows = database_->run("SELECT id FROM message WHERE chat = ? AND id >= ? AND id < ? ORDER BY id LIMIT 1",
                               {*id, microseconds(day.startOfDay()), end});
    if (!rows.next()) return days;
    days.append(QDateTime::fromMSecsSinceEpoch(rows.number(0) / 1000).date());
    day = days.last().addDays(1);
  }
}

QList<Message> LocalHistory::search(const HistoryQuery& query) {
  auto chat = query.chat;
  std::optional<bool> is_outgoing;
  if (!query.sender.isEmpty()) {
    // In a chat of two, what somebody else says is in the chat with them.
    const bool is_theirs = chat.isEmpty() ? chats_.find(query.sender).has_value() : query.sender == chat;
    if (is_theirs) chat = query.sender;
    is_outgoing = !is_theirs;
  }
  const auto id = chat.isEmpty() ? std::optional<qint64>(0) : chats_.find(chat);
  if (!id) return {};
  return messages_.find(index_.find(query, *id, is_outgoing));
}

QList<Conversation> LocalHistory::conversations() {
  return chats_.listed();
}

std::optional<Conversation> LocalHistory::conversation(const QString& chat) {
  return chats_.conversation(chat);
}

void LocalHistory::set_pinned(const QString& chat, bool is_pinned) {
  Batch batch(*this);
  chats_.set_pinned(chats_.id_of(chat), is_pinned);
  announce_conversation(chat);
}

void LocalHistory::set_muted(const QString& chat, bool is_muted) {
  Batch batch(*this);
  chats_.set_muted(chats_.id_of(chat), is_muted);
  announce_conversation(chat);
}

void LocalHistory::set_draft(const QString& chat, const QString& text) {
  Batch batch(*this);
  chats_.set_draft(chats_.id_of(chat), text, microseconds(QDateTime::currentDateTime()));
  announce_conversation(chat);
}

void LocalHistory::remove_conversation(const QString& chat) {
  Batch batch(*this);
  const auto id = chats_.id_of(chat);
  chats_.set_listed(id, false);
  chats_.set_pinned(id, false);
  mark_read(chat, std::numeric_limits<qint64>::max() - 1);
  announce_conversation(chat);
}

void LocalHistory::remove(const QList<qint64>& ids) {
  Batch batch(*this);
  for (const auto& message : messages_.find(ids)) {
    const auto chat = chats_.id_of(message.chat);
    index_.remove(chat, message);
    auto unread = database_->run("SELECT is_unread FROM message WHERE id = ?", {message.id});
    if (unread.next() && unread.flag(0)) chats_.add_unread(chat, -1);
    messages_.remove(chat, message);
    after_commit([this, message] { emit message_removed(message.chat, message.id); });
    announce_conversation(message.chat);
  }
}

}  // namespace queqiao::client
