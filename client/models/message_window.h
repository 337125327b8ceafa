#pragma once

#include <QAbstractListModel>
#include <QTimer>
#include <functional>
#include <optional>

#include "client/core/history.h"

namespace queqiao::client {

// A window over the history of one chat, as a list model: at most `most_rows` messages, oldest first, moved over the
// stored ones in pages both ways. It follows the newest while the reader is at the end; when they have scrolled up,
// new messages never take away what they read. Lives on the GUI's thread.
class MessageWindow : public QAbstractListModel {
  Q_OBJECT

 public:
  static constexpr int page = 50;
  static constexpr int most_rows = 300;
  enum Role : int { message_id = Qt::UserRole + 1, starts_day, starts_unread };
  using NameOf = std::function<QString(const Message& message)>;  // of the sender, for people

  MessageWindow(History& history, NameOf name_of, QObject* parent = nullptr);

  void open(const QString& chat);  // at the first unread message, or the newest
  void show_newest();
  bool show_around(qint64 id);  // false: not in this chat's history
  bool fetch_older();           // a page; false: the history has no more here
  bool fetch_newer();
  bool has_oldest() const { return has_oldest_; }  // nothing older on this machine
  bool has_newest() const { return has_newest_; }

  const QString& chat() const { return chat_; }
  const Message& message(int row) const { return rows_[row]; }
  int row_of(qint64 id) const;  // -1: not in the window
  int row_of_wire_id(const QString& wire_id) const;
  std::optional<qint64> divider() const { return divider_; }  // the first message that was unread on opening

  // Whether the end is on the screen. While it is, the window follows and nothing counts as unseen.
  void set_at_end(bool is_at_end);
  int unseen() const { return unseen_; }  // messages of others below what the reader sees

  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;

 signals:
  void unseen_changed(int count);

 private:
  void on_added(const Message& message);
  void on_changed(const Message& message);
  void on_removed(const QString& chat, qint64 id);
  void take_pending();
  void append(const QList<Message>& messages);
  void insert_by_time(const Message& message);
  void reset_to(const QList<Message>& messages);
  void trim_front();
  void trim_back();
  void add_unseen(int count);
  bool begins_day(int row) const;
  QString spoken(const Message& message) const;

  History& history_;
  NameOf name_of_;
  QString chat_;
  QList<Message> rows_;
  QList<Message> pending_;  // arrived since the last turn of the event loop: a burst is one insertion
  QTimer take_pending_timer_;
  std::optional<qint64> divider_;
  bool has_oldest_ = true, has_newest_ = true, is_at_end_ = true;
  int unseen_ = 0;
};

}  // namespace queqiao::client
