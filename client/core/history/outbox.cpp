#include "client/core/history/outbox.h"

namespace queqiao::client {
namespace {

#define QUEQIAO_OUTBOX_COLUMNS "SELECT id, purpose, message, chat, wire_id, stanza, undo FROM outbox "

OutboxEntry read_entry(const Rows& rows) {
  return {rows.number(0), static_cast<StanzaPurpose>(rows.number(1)),
          rows.number(2), rows.text(3),
          rows.text(4),   rows.text(5),
          rows.text(6)};
}

}  // namespace

qint64 Outbox::put(const OutboxEntry& entry) {
  database_.run("INSERT INTO outbox(purpose, message, chat, wire_id, stanza, undo) VALUES(?, ?, ?, ?, ?, ?)",
                {static_cast<int>(entry.purpose), entry.message, entry.chat, entry.wire_id, entry.stanza, entry.undo});
  return database_.last_id();
}

QList<OutboxEntry> Outbox::all() {
  QList<OutboxEntry> entries;
  auto rows = database_.run(QUEQIAO_OUTBOX_COLUMNS "ORDER BY id");
  while (rows.next()) entries.append(read_entry(rows));
  return entries;
}

std::optional<OutboxEntry> Outbox::find(qint64 id) {
  auto rows = database_.run(QUEQIAO_OUTBOX_COLUMNS "WHERE id = ?", {id});
  if (!rows.next()) return std::nullopt;
  return read_entry(rows);
}

void Outbox::remove(qint64 id) {
  database_.run("DELETE FROM outbox WHERE id = ?", {id});
}

}  // namespace queqiao::client
