#pragma once

#include <QList>
#include <QString>

#include "client/core/history/database.h"

namespace queqiao::client {

enum class AmendmentKind : quint8 { correction, recall, delivered, displayed };

// What somebody says about a message of an earlier time.
struct Amendment {
  AmendmentKind kind = AmendmentKind::correction;
  QString target;       // wire id
  bool is_own = false;  // said by the user, on whatever device; else by the other side
  QString text;         // of a correction
  qint64 time = 0;      // microseconds
};

// Amendments of messages that are not here yet; each waits for its message. Bounded per chat, the newest stay.
class Amendments {
 public:
  static constexpr int most_per_chat = 1000;

  explicit Amendments(Database& database);
  void keep(qint64 chat, const Amendment& amendment);
  QList<Amendment> take(qint64 chat, const QString& target);  // in the order of their times

 private:
  Database& database_;
  bool may_have_any_ = true;  // false: the table is empty, which spares a look at it for each message
};

}  // namespace queqiao::client
