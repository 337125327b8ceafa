#pragma once

#include <QHash>
#include <QObject>
#include <QSet>
#include <QString>
#include <QTimer>
#include <chrono>
#include <deque>
#include <functional>
#include <variant>

#include "client/core/history/local_history.h"
#include "client/core/messages/received_message.h"

namespace queqiao::client {

// Takes what arrived into the history, in its order. A burst is stored in slices of a few milliseconds, one transaction
// each, with the event loop in between, so that windows stay alive while thousands of messages come. What could not be
// stored (disk full, file locked) stays here, and everything that came after it waits behind it, until it can be.
class MessageIntake : public QObject {
  Q_OBJECT

 public:
  explicit MessageIntake(LocalHistory& history, QObject* parent = nullptr);

  void put(ReceivedMessage message);
  // Runs when all that came before is stored. False: what it wanted to store could not be; it runs again later.
  void put(std::function<bool()> then);

  // Whether the history is not written at the moment because it could not be, and is_retrying(): whether this is one of
  // the attempts after the first.
  bool is_stuck() const { return retry_.isActive(); }
  bool is_retrying() const { return is_retrying_; }

  // Whether everything that the archive has is here as far as live messages go: then each moves the position up to
  // which the archive is known (ArchivePosition).
  void set_following(bool is_following) { is_following_ = is_following; }
  int quiet_count(const QString& chat) const { return quiet_counts_.value(chat); }  // added, and not announced
  void forget_quiet_count(const QString& chat) { quiet_counts_.remove(chat); }

 signals:
  void received(const queqiao::client::Message& message);
  void receipt_wanted(const QString& chat, const QString& wire_id);
  void shaken(const QString& chat);
  void state_heard(const QString& chat, queqiao::xmpp::ChatState state);
  void read_elsewhere(const QString& chat);
  // In the transaction that is open: a stanza of our own is in the archive.
  void own_archived(const QString& wire_id);
  void returned(const QString& from, const QString& wire_id, const queqiao::xmpp::StanzaError& error);
  void full();       // too much waits for the disk: nothing more should come
  void has_space();  // until this

 private:
  using Item = std::variant<ReceivedMessage, std::function<bool()>>;

  void schedule();
  void run_slice();
  bool store_slice();
  void put_back(std::deque<Item> slice);
  void wait();
  void note_stored();
  void take(ReceivedMessage& received);
  void take_references(const ReceivedMessage& received);
  void take_content(ReceivedMessage& received);
  void take_copy(qint64 copy, const ReceivedMessage& received);
  void complete_quote(Message& message);
  void announce(const Message& message);

  LocalHistory& history_;
  std::deque<Item> queue_;
  qsizetype waiting_characters_ = 0;  // of the texts in queue_
  bool is_scheduled_ = false;
  bool is_following_ = false;
  bool is_retrying_ = false;
  bool is_full_ = false;
  QTimer retry_;
  std::chrono::seconds back_off_{1};
  ArchivePlace newest_;                                    // of the slice
  QHash<QString, int> quiet_counts_, slice_quiet_counts_;  // by chat
  // On a new machine nobody knows what was read: the first page counts as read, unless the server still delivers it.
  QSet<qint64> presumed_read_;
};

}  // namespace queqiao::client
