#include "client/core/history/chat_table.h"

#include "client/core/message.h"

namespace queqiao::client {
namespace {

// The newest message by the index of the chat: one step, however long the chat is.
#define QUEQIAO_CONVERSATION_COLUMNS                                                                              \
  "SELECT c.jid, c.unread, c.is_pinned, c.is_muted, c.draft, max(coalesce(m.id, 0), c.drafted), m.kind, m.text, " \
  "f.name, m.is_outgoing FROM chat c "                                                                            \
  "LEFT JOIN message m ON m.id = (SELECT max(id) FROM message WHERE chat = c.id) "                                \
  "LEFT JOIN file f ON f.message = m.id "

constexpr int preview_length = 100;  // characters

QString preview_of(MessageKind kind, const QString& text, const QString& file, bool is_outgoing) {
  switch (kind) {
    case MessageKind::file:
      return History::tr("[File] %1").arg(file);
    case MessageKind::recalled:
      return is_outgoing ? History::tr("You recalled a message") : History::tr("Message recalled");
    default:
      return text.left(preview_length).simplified();
  }
}

Conversation read_conversation(const Rows& rows) {
  Conversation conversation;
  conversation.jid = rows.text(0);
  conversation.unread = static_cast<int>(rows.number(1));
  conversation.is_pinned = rows.flag(2);
  conversation.is_muted = rows.flag(3);
  conversation.draft = rows.text(4);
  if (const auto time = rows.number(5)) conversation.time = QDateTime::fromMSecsSinceEpoch(time / 1000);
  if (!rows[6].isNull()) {
    conversation.preview =
        preview_of(static_cast<MessageKind>(rows.number(6)), rows.text(7), rows.text(8), rows.flag(9));
  }
  return conversation;
}

}  // namespace

std::optional<qint64> ChatTable::find(const QString& jid) {
  if (const auto known = ids_.constFind(jid); known != ids_.constEnd()) return *known;
  auto rows = database_.run("SELECT id FROM chat WHERE jid = ?", {jid});
  if (!rows.next()) return std::nullopt;
  return *ids_.insert(jid, rows.number(0));
}

qint64 ChatTable::id_of(const QString& jid) {
  if (const auto known = find(jid)) return *known;
  database_.run("INSERT INTO chat(jid) VALUES(?)", {jid});
  return database_.last_id();
}

QList<Conversation> ChatTable::listed() {
  QList<Conversation> conversations;
  auto rows = database_.run(QUEQIAO_CONVERSATION_COLUMNS "WHERE c.is_listed = 1 ORDER BY c.is_pinned DESC, 6 DESC");
  while (rows.next()) conversations.append(read_conversation(rows));
  return conversations;
}

std::optional<Conversation> ChatTable::conversation(const QString& jid) {
  auto rows = database_.run(QUEQIAO_CONVERSATION_COLUMNS "WHERE c.jid = ?", {jid});
  if (!rows.next()) return std::nullopt;
  return read_conversation(rows);
}

void ChatTable::set_listed(qint64 chat, bool is_listed) {
  database_.run("UPDATE chat SET is_listed = ? WHERE id = ? AND is_listed <> ?",
                {int{is_listed}, chat, int{is_listed}});
}

void ChatTable::set_pinned(qint64 chat, bool is_pinned) {
  database_.run("UPDATE chat SET is_pinned = ?, is_listed = max(is_listed, ?) WHERE id = ?",
                {int{is_pinned}, int{is_pinned}, chat});
}

void ChatTable::set_muted(qint64 chat, bool is_muted) {
  database_.run("UPDATE chat SET is_muted = ? WHERE id = ?", {int{is_muted}, chat});
}

void ChatTable::set_draft(qint64 chat, const QString& text, qint64 time) {
  database_.run("UPDATE chat SET draft = ?, drafted = ?, is_listed = max(is_listed, ?) WHERE id = ?",
                {text, text.isEmpty() ? qint64{0} : time, int{!text.isEmpty()}, chat});
}

void ChatTable::add_unread(qint64 chat, int count) {
  database_.run("UPDATE chat SET unread = max(0, unread + ?) WHERE id = ?", {count, chat});
}

qint64 ChatTable::number(const char* sql, qint64 chat) {
  auto rows = database_.run(sql, {chat});
  return rows.next() ? rows.number(0) : 0;
}

qint64 ChatTable::read_up_to(qint64 chat) {
  return number("SELECT read_up_to FROM chat WHERE id = ?", chat);
}

void ChatTable::set_read_up_to(qint64 chat, qint64 message) {
  database_.run("UPDATE chat SET read_up_to = max(read_up_to, ?) WHERE id = ?", {message, chat});
}

qint64 ChatTable::peer_read(qint64 chat) {
  return number("SELECT peer_read FROM chat WHERE id = ?", chat);
}

void ChatTable::set_peer_read(qint64 chat, qint64 message) {
  database_.run("UPDATE chat SET peer_read = max(peer_read, ?) WHERE id = ?", {message, chat});
}

ChatTable::OlderPage ChatTable::older_page(qint64 chat) {
  auto rows = database_.run("SELECT older_page, is_whole FROM chat WHERE id = ?", {chat});
  if (!rows.next()) return {};
  return {rows.text(0), rows.flag(1)};
}

void ChatTable::set_older_page(qint64 chat, const OlderPage& page) {
  database_.run("UPDATE chat SET older_page = ?, is_whole = ? WHERE id = ?", {page.before, int{page.is_whole}, chat});
}

}  // namespace queqiao::client
