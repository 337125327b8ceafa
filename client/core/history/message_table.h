#pragma once

#include <QList>
#include <QSet>
#include <QString>
#include <optional>

#include "client/core/history/database.h"
#include "client/core/message.h"

namespace queqiao::client {

// What a message of the history is known by, besides what is shown of it.
struct MessageTraits {
  bool is_unread = false;
  bool is_markable = false;    // its sender wants to hear that it was displayed (XEP-0333)
  bool has_origin_id = false;  // its wire id is one that no other message of its sender has (XEP-0359)
};

// Rows of messages and their files. Knows nothing of counts, lists and signals: LocalHistory keeps those in step.
class MessageTable {
 public:
  explicit MessageTable(Database& database);

  // Pages: ids of the chat, exclusive; the answer is in the order of display.
  QList<Message> newest(qint64 chat, int limit);
  QList<Message> before(qint64 chat, qint64 id, int limit);
  QList<Message> after(qint64 chat, qint64 id, int limit);
  QList<Message> games(qint64 chat);  // all of them
  std::optional<Message> find(qint64 id);
  QList<Message> find(const QList<qint64>& ids);  // in the order of `ids`
  std::optional<qint64> find_by_wire_id(qint64 chat, const QString& wire_id, bool is_outgoing);
  std::optional<qint64> find_by_archive_id(const QString& archive_id);
  // The row of what is the same message, known from another way.
  std::optional<qint64> find_copy(qint64 chat, const Message& message, bool has_origin_id);
  bool was_removed(qint64 chat, const Message& message);

  // Gives `message` its id, from its time.
  qint64 free_id_before(qint64 wanted);  // or that itself
  void insert(qint64 chat, Message& message, const MessageTraits& traits);
  void remove(qint64 chat, const Message& message);
  void set_archive_id(qint64 id, const QString& archive_id);
  void set_file(qint64 id, const FileInfo& file);

 private:
  QList<Message> read(Rows rows);
  qint64 free_id(qint64 wanted);

  Database& database_;
  bool may_have_removed_ = true;  // false: nothing was, which spares a look for each message
};

}  // namespace queqiao::client
