#pragma once

#include <QList>
#include <QString>
#include <optional>

#include "client/core/history/database.h"

namespace queqiao::client {

// What an outgoing stanza is for, which decides what its acknowledgement and its refusal mean.
enum class StanzaPurpose : quint8 { message, correction, recall, reaction, signal, shake };

// A stanza that the server has not acknowledged yet.
struct OutboxEntry {
  qint64 id = 0;
  StanzaPurpose purpose = StanzaPurpose::message;
  qint64 message = 0;  // that it is, or that it changes; 0: none
  QString chat;
  QString wire_id;
  QString stanza;  // whole
  QString undo;    // what stands again when it is refused
};

// Outgoing stanzas on disk, in the order in which they go out, until the server has them.
class Outbox {
 public:
  explicit Outbox(Database& database) : database_(database) {}

  qint64 put(const OutboxEntry& entry);
  QList<OutboxEntry> all();
  std::optional<OutboxEntry> find(qint64 id);
  void remove(qint64 id);

 private:
  Database& database_;
};

}  // namespace queqiao::client
