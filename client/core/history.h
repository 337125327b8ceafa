#pragma once

#include <QDate>
#include <QList>
#include <QObject>
#include <QString>
#include <optional>

#include "client/core/message.h"

namespace queqiao::client {

// A chat as the list of recent ones shows it.
struct Conversation {
  QString jid;
  QString preview;  // of the newest message, one line
  QDateTime time;   // of the newest message
  int unread = 0;
  bool is_pinned = false;
  bool is_muted = false;
  QString draft;  // what was typed and not sent
};

struct HistoryQuery {
  QString text;                   // words; Chinese from two characters on; empty: everything
  QString chat;                   // empty: all chats
  QString sender;                 // empty: anybody
  std::optional<QDate> from, to;  // inclusive, in local time
  int limit = 50;
  int offset = 0;  // newest first
};

// Everything that this machine remembers of one account: messages with a full-text index, conversations, drafts, the
// outbox. One SQLite file. On the GUI's thread; every call takes a few milliseconds at most. What it answers is
// durable.
class History : public QObject {
  Q_OBJECT

 public:
  using QObject::QObject;

  // Pages of a chat, oldest first. `anchor` is a Message::id of that chat, which is not part of the answer.
  virtual QList<Message> newest(const QString& chat, int limit) = 0;
  virtual QList<Message> before(const QString& chat, qint64 anchor, int limit) = 0;
  virtual QList<Message> after(const QString& chat, qint64 anchor, int limit) = 0;
  // Up to half a limit on both sides of `anchor`, and itself.
  virtual QList<Message> around(const QString& chat, qint64 anchor, int limit) = 0;
  virtual std::optional<Message> find(qint64 id) = 0;
  virtual std::optional<qint64> first_unread(const QString& chat) = 0;
  virtual std::optional<qint64> first_of_day(const QString& chat, QDate day) = 0;  // or of the next day that has any
  virtual QList<QDate> days_with_messages(const QString& chat, int year, int month) = 0;
  virtual QList<Message> games(const QString& chat) = 0;  // all steps of small games, oldest first
  virtual QList<Message> search(const HistoryQuery& query) = 0;  // newest first

  virtual QList<Conversation> conversations() = 0;  // pinned ones, then the newest first
  virtual std::optional<Conversation> conversation(const QString& chat) = 0;
  virtual void set_pinned(const QString& chat, bool is_pinned) = 0;
  virtual void set_muted(const QString& chat, bool is_muted) = 0;
  virtual void set_draft(const QString& chat, const QString& text) = 0;
  virtual void remove_conversation(const QString& chat) = 0;  // from the list; its messages stay
  virtual void remove(const QList<qint64>& ids) = 0;          // on this machine only

 signals:
  void message_added(const queqiao::client::Message& message);    // at its place by time, which need not be the end
  void message_changed(const queqiao::client::Message& message);  // delivery, edit, recall, reactions, file
  void message_removed(const QString& chat, qint64 id);
  void older_added(const QString& chat, int count);  // a page from the server, before all that was there
  void conversation_changed(const QString& chat);
};

}  // namespace queqiao::client
