#include "client/core/history/amendments.h"

namespace queqiao::client {

Amendments::Amendments(Database& database) : database_(database) {
  may_have_any_ = database_.run("SELECT 1 FROM amendment LIMIT 1").next();
}

void Amendments::keep(qint64 chat, const Amendment& amendment) {
  may_have_any_ = true;
  database_.run("INSERT INTO amendment(chat, target, is_own, kind, text, time) VALUES(?, ?, ?, ?, ?, ?)",
                {chat, amendment.target, int{amendment.is_own}, static_cast<int>(amendment.kind), amendment.text,
                 amendment.time});
  database_.run(
      "DELETE FROM amendment WHERE chat = ? AND id <= "
      "(SELECT id FROM amendment WHERE chat = ? ORDER BY id DESC LIMIT 1 OFFSET ?)",
      {chat, chat, most_per_chat});
}

QList<Amendment> Amendments::take(qint64 chat, const QString& target) {
  QList<Amendment> found;
  if (target.isEmpty() || !may_have_any_) return found;
  {
    auto rows =
        database_.run("SELECT is_own, kind, text, time FROM amendment WHERE chat = ? AND target = ? ORDER BY time, id",
                      {chat, target});
    while (rows.next()) {
      found.append({static_cast<AmendmentKind>(rows.number(1)), target, rows.flag(0), rows.text(2), rows.number(3)});
    }
  }
  if (!found.isEmpty()) database_.run("DELETE FROM amendment WHERE chat = ? AND target = ?", {chat, target});
  return found;
}

}  // namespace queqiao::client
