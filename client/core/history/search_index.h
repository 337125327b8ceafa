#pragma once

#include <QList>

#include "client/core/history.h"
#include "client/core/history/database.h"

namespace queqiao::client {

// The full-text index over the messages of all chats. An entry has the terms of the text, and tags for the chat and for
// whose words they are, so that a search in one chat reads the entries of that chat alone.
class SearchIndex {
 public:
  explicit SearchIndex(Database& database) : database_(database) {}

  static QString searched_text(const Message& message);  // empty: not in the index
  void add(qint64 chat, const Message& message);
  void remove(qint64 chat, const Message& message);  // as it was added
  // Ids of what matches, newest first. `chat` is 0 for all; `is_outgoing` is set when the sender is given.
  QList<qint64> find(const HistoryQuery& query, qint64 chat, std::optional<bool> is_outgoing);

 private:
  Database& database_;
};

}  // namespace queqiao::client
