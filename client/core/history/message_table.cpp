#include "client/core/history/message_table.h"

#include <algorithm>

namespace queqiao::client {
namespace {

// The columns that read_message() takes, in its order.
#define QUEQIAO_MESSAGE_COLUMNS                                                                                   \
  "SELECT m.id, c.jid, m.sender, m.is_outgoing, m.kind, m.text, m.wire_id, m.archive_id, m.delivery, m.failure, " \
  "m.edited, m.quote_id, m.quote_author, m.quote_text, m.game, f.message, f.name, f.size, f.media_type, f.url, "  \
  "f.local_path, f.sha256, f.width, f.height, f.thumbnail, "                                                      \
  "(SELECT group_concat(r.person || char(30) || r.emoji, char(29)) FROM reaction r "                              \
  "WHERE r.chat = m.chat AND r.target = m.wire_id AND r.emoji <> '' AND m.wire_id <> '') "                        \
  "FROM message m JOIN chat c ON c.id = m.chat LEFT JOIN file f ON f.message = m.id "

constexpr QChar between_people(29), before_emoji(30), between_emoji(31);

FileInfo read_file(const Rows& rows, int column) {
  FileInfo file;
  file.name = rows.text(column);
  file.size = rows.number(column + 1);
  file.media_type = rows.text(column + 2);
  file.url = rows.text(column + 3);
  file.local_path = rows.text(column + 4);
  file.sha256 = rows[column + 5].toByteArray();
  if (rows.number(column + 6) > 0) {
    file.picture_size = QSize(static_cast<int>(rows.number(column + 6)), static_cast<int>(rows.number(column + 7)));
  }
  file.thumbnail = rows[column + 8].toByteArray();
  return file;
}

QList<Reaction> read_reactions(const QString& joined) {
  QList<Reaction> reactions;
  for (const auto& entry : joined.split(between_people, Qt::SkipEmptyParts)) {
    const auto person = entry.section(before_emoji, 0, 0);
    for (const auto& emoji : entry.section(before_emoji, 1).split(between_emoji, Qt::SkipEmptyParts)) {
      auto same = std::find_if(reactions.begin(), reactions.end(), [&](const auto& r) { return r.emoji == emoji; });
      if (same == reactions.end()) same = reactions.insert(reactions.end(), Reaction{emoji, {}});
      same->people.append(person);
    }
  }
  return reactions;
}

Message read_message(const Rows& rows) {
  Message message;
  message.id = rows.number(0);
  message.time = QDateTime::fromMSecsSinceEpoch(message.id / 1000);
  message.chat = rows.text(1);
  message.sender = rows.text(2);
  message.is_outgoing = rows.flag(3);
  message.kind = static_cast<MessageKind>(rows.number(4));
  message.text = rows.text(5);
  message.wire_id = rows.text(6);
  message.archive_id = rows.text(7);
  message.delivery = static_cast<Delivery>(rows.number(8));
  message.failure = rows.text(9);
  message.is_edited = rows.number(10) != 0;
  if (!rows.text(11).isEmpty()) message.quote = Quote{rows.text(11), rows.text(12), rows.text(13)};
  message.game = rows[14].toByteArray();
  if (!rows[15].isNull()) message.file = read_file(rows, 16);
  message.reactions = read_reactions(rows.text(25));
  return message;
}

QVariant null_if_empty(const QString& text) {
  return text.isEmpty() ? QVariant() : QVariant(text);
}

// In the statements below `+chat` keeps the planner from walking through all of the chat instead of the few rows with
// that id: without statistics it takes both indexes for equally good.
std::optional<qint64> first_number(Rows rows) {
  if (!rows.next()) return std::nullopt;
  return rows.number(0);
}

}  // namespace

MessageTable::MessageTable(Database& database) : database_(database) {
  may_have_removed_ = database_.run("SELECT 1 FROM removed LIMIT 1").next();
}

QList<Message> MessageTable::read(Rows rows) {
  QList<Message> messages;
  while (rows.next()) messages.append(read_message(rows));
  return messages;
}

QList<Message> MessageTable::newest(qint64 chat, int limit) {
  return before(chat, std::numeric_limits<qint64>::max(), limit);
}

QList<Message> MessageTable::games(qint64 chat) {
  return read(database_.run(QUEQIAO_MESSAGE_COLUMNS "WHERE m.chat = ? AND m.game <> x'' ORDER BY m.id", {chat}));
}

QList<Message> MessageTable::before(qint64 chat, qint64 id, int limit) {
  auto messages = read(database_.run(QUEQIAO_MESSAGE_COLUMNS "WHERE m.chat = ? AND m.id < ? ORDER BY m.id DESC LIMIT ?",
                                     {chat, id, limit}));
  std::reverse(messages.begin(), messages.end());
  return messages;
}

QList<Message> MessageTable::after(qint64 chat, qint64 id, int limit) {
  return read(
      database_.run(QUEQIAO_MESSAGE_COLUMNS "WHERE m.chat = ? AND m.id > ? ORDER BY m.id LIMIT ?", {chat, id, limit}));
}

std::optional<Message> MessageTable::find(qint64 id) {
  auto rows = database_.run(QUEQIAO_MESSAGE_COLUMNS "WHERE m.id = ?", {id});
  if (!rows.next()) return std::nullopt;
  return read_message(rows);
}

QList<Message> MessageTable::find(const QList<qint64>& ids) {
  QList<Message> messages;
  for (const auto id : ids) {
    if (auto message = find(id)) messages.append(*std::move(message));
  }
  return messages;
}

std::optional<qint64> MessageTable::find_by_wire_id(qint64 chat, const QString& wire_id, bool is_outgoing) {
  if (wire_id.isEmpty()) return std::nullopt;
  return first_number(
      database_.run("SELECT id FROM message WHERE wire_id = ? AND wire_id <> '' AND +chat = ? AND is_outgoing = ? "
                    "ORDER BY id DESC LIMIT 1",
                    {wire_id, chat, int{is_outgoing}}));
}

std::optional<qint64> MessageTable::find_by_archive_id(const QString& archive_id) {
  if (archive_id.isEmpty()) return std::nullopt;
  return first_number(database_.run("SELECT id FROM message WHERE archive_id = ?", {archive_id}));
}

std::optional<qint64> MessageTable::find_copy(qint64 chat, const Message& message, bool has_origin_id) {
  if (const auto id = find_by_archive_id(message.archive_id)) return id;
  if (message.wire_id.isEmpty()) return std::nullopt;
  // Some clients count their ids from 1 anew after each start: two different places in the archive are two messages
  // then.
  return first_number(
      database_.run("SELECT id FROM message WHERE wire_id = ? AND wire_id <> '' AND +chat = ? AND sender = ? "
                    "AND (archive_id IS NULL OR ? = '' OR ?) LIMIT 1",
                    {message.wire_id, chat, message.sender, message.archive_id, has_origin_id}));
}

bool MessageTable::was_removed(qint64 chat, const Message& message) {
  if (!may_have_removed_) return false;
  if (!message.archive_id.isEmpty() &&
      first_number(
          database_.run("SELECT 1 FROM removed WHERE archive_id = ? AND archive_id <> ''", {message.archive_id}))) {
    return true;
  }
  return !message.wire_id.isEmpty() &&
         first_number(database_.run("SELECT 1 FROM removed WHERE wire_id = ? AND +chat = ? AND sender = ? "
                                    "AND (archive_id = '' OR ? = '')",
                                    {message.wire_id, chat, message.sender, message.archive_id}));
}

// Stamps of one second, or of one millisecond, are common: what comes later goes behind.
qint64 MessageTable::free_id(qint64 wanted) {
  for (;; wanted += 1) {
    if (!first_number(database_.run("SELECT 1 FROM message WHERE id = ?", {wanted}))) return wanted;
    const auto last =
        first_number(database_.run("SELECT max(id) FROM message WHERE id >= ? AND id < ?", {wanted, wanted + 1000}));
    wanted = last.value_or(wanted);
  }
}

qint64 MessageTable::free_id_before(qint64 wanted) {
  while (first_number(database_.run("SELECT 1 FROM message WHERE id = ?", {wanted}))) --wanted;
  return wanted;
}

void MessageTable::insert(qint64 chat, Message& message, const MessageTraits& traits) {
  message.id = free_id(message.id > 0 ? message.id : message.time.toMSecsSinceEpoch() * 1000);
  message.time = QDateTime::fromMSecsSinceEpoch(message.id / 1000);
  const auto quote = message.quote.value_or(Quote{});
  database_.run(
      "INSERT INTO message(id, chat, sender, is_outgoing, kind, text, wire_id, archive_id, delivery, failure, "
      "is_unread, "
      "is_markable, quote_id, quote_author, quote_text, game) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      {message.id, chat, message.sender, int{message.is_outgoing}, static_cast<int>(message.kind), message.text,
       message.wire_id, null_if_empty(message.archive_id), static_cast<int>(message.delivery), message.failure,
       int{traits.is_unread}, int{traits.is_markable}, quote.id, quote.author, quote.text, message.game});
  if (message.file) set_file(message.id, *message.file);
}

void MessageTable::remove(qint64 chat, const Message& message) {
  if (!message.wire_id.isEmpty() || !message.archive_id.isEmpty()) {
    may_have_removed_ = true;
    database_.run("INSERT INTO removed(chat, sender, wire_id, archive_id) VALUES(?, ?, ?, ?)",
                  {chat, message.sender, message.wire_id, message.archive_id});
  }
  database_.run("DELETE FROM message WHERE id = ?", {message.id});
  database_.run("DELETE FROM file WHERE message = ?", {message.id});
  database_.run("DELETE FROM transfer WHERE message = ?", {message.id});
}

void MessageTable::set_archive_id(qint64 id, const QString& archive_id) {
  // Somebody else's message of the same id in the archive would be a broken server: the first one stays.
  database_.run("UPDATE OR IGNORE message SET archive_id = ? WHERE id = ? AND archive_id IS NULL", {archive_id, id});
}

void MessageTable::set_file(qint64 id, const FileInfo& file) {
  database_.run(
      "INSERT OR REPLACE INTO file(message, name, size, media_type, url, local_path, sha256, width, height, thumbnail) "
      "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      {id, file.name, file.size, file.media_type, file.url, file.local_path, file.sha256, file.picture_size.width(),
       file.picture_size.height(), file.thumbnail});
}

}  // namespace queqiao::client
