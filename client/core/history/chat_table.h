#pragma once

#include <QHash>
#include <QList>
#include <QString>
#include <optional>

#include "client/core/history.h"
#include "client/core/history/database.h"

namespace queqiao::client {

// Rows of chats: what is known of one besides its messages.
class ChatTable {
 public:
  explicit ChatTable(Database& database) : database_(database) {}

  qint64 id_of(const QString& jid);                // makes the row
  std::optional<qint64> find(const QString& jid);  // nothing: never heard of
  QList<Conversation> listed();                    // pinned ones, then the newest first
  std::optional<Conversation> conversation(const QString& jid);

  void set_listed(qint64 chat, bool is_listed);
  void set_pinned(qint64 chat, bool is_pinned);
  void set_muted(qint64 chat, bool is_muted);
  void set_draft(qint64 chat, const QString& text, qint64 time);
  void add_unread(qint64 chat, int count);  // or takes away
  qint64 read_up_to(qint64 chat);
  void set_read_up_to(qint64 chat, qint64 message);
  qint64 peer_read(qint64 chat);
  void set_peer_read(qint64 chat, qint64 message);

  // Where loading older messages from the archive goes on.
  struct OlderPage {
    QString before;  // archive id; empty: from the newest
    bool is_whole = false;
  };
  OlderPage older_page(qint64 chat);
  void set_older_page(qint64 chat, const OlderPage& page);

  void forget_ids() { ids_.clear(); }  // of rows that a failed transaction made

 private:
  qint64 number(const char* sql, qint64 chat);

  Database& database_;
  QHash<QString, qint64> ids_;
};

}  // namespace queqiao::client
