#pragma once

#include <QMap>
#include <vector>

#include "client/core/history.h"

namespace queqiao::client::test {

// A history in memory, in the order of time.
class FakeHistory : public History {
 public:
  // Stores `message` under a new id, which is the answer, and tells so unless is_silent.
  qint64 add(Message message, bool is_silent = false);
  // `count` text messages of `chat`, one a minute, the last of them at `end`; alternating between both sides.
  void fill(const QString& chat, int count, const QDateTime& end = QDateTime::currentDateTime());
  // A page that the server had: goes before everything that is here.
  void add_older(const QString& chat, int count);
  void change(const Message& message);
  void set_unread(const QString& chat, int count);  // the newest `count` incoming ones

  QList<Message> newest(const QString& chat, int limit) override;
  QList<Message> before(const QString& chat, qint64 anchor, int limit) override;
  QList<Message> after(const QString& chat, qint64 anchor, int limit) override;
  QList<Message> around(const QString& chat, qint64 anchor, int limit) override;
  std::optional<Message> find(qint64 id) override;
  std::optional<qint64> first_unread(const QString& chat) override;
  std::optional<qint64> first_of_day(const QString& chat, QDate day) override;
  QList<QDate> days_with_messages(const QString& chat, int year, int month) override;
  QList<Message> games(const QString& chat) override;
  QList<Message> search(const HistoryQuery& query) override;
  QList<Conversation> conversations() override;
  std::optional<Conversation> conversation(const QString& chat) override;
  void set_pinned(const QString& chat, bool is_pinned) override;
  void set_muted(const QString& chat, bool is_muted) override;
  void set_draft(const QString& chat, const QString& text) override;
  void remove_conversation(const QString& chat) override;
  void remove(const QList<qint64>& ids) override;

 private:
  std::vector<Message>::iterator position(std::vector<Message>& messages, qint64 id);
  QList<Message> slice(const QString& chat, qint64 from, qint64 to);

  QMap<QString, std::vector<Message>> messages_;  // by chat, oldest first
  QMap<QString, Conversation> conversations_;
  qint64 last_id_ = 0;
};

}  // namespace queqiao::client::test
