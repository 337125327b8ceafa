#pragma once

#include <QTimer>
#include <QWidget>

#include "client/widgets/chat/history_hits.h"
#include "client/widgets/chat/people.h"

class QCalendarWidget;
class QCheckBox;
class QComboBox;
class QDateEdit;
class QLabel;
class QLineEdit;
class QListView;
class QPushButton;
class QVBoxLayout;

namespace queqiao::client {

class Account;
class EmptyState;

// Searches the local history by words, person and date; a calendar shows the days on which something was said. A hit
// opens in its chat.
class HistoryWindow : public QWidget {
  Q_OBJECT

 public:
  explicit HistoryWindow(Account& account);
  void show_chat(const QString& jid);  // empty: all chats
  HistoryHits& hits() { return hits_; }

 signals:
  void message_wanted(const QString& chat, qint64 message);

 protected:
  bool eventFilter(QObject* object, QEvent* event) override;

 private:
  QWidget* build_filters();
  void build_choices(QVBoxLayout& column);
  void build_days(QVBoxLayout& column);
  void build_calendar(QVBoxLayout& column);
  QWidget* build_results();
  void build_list(QWidget* part);
  void set_texts();
  void fill_chats();
  void fill_senders();
  void search();
  void tell_count();
  void dress_calendar();
  void mark_days();
  void go_to_day(const QDate& day);
  void open_row(const QModelIndex& row);
  void export_chat();
  QString chosen_chat() const;

  Account& account_;
  People people_;
  HistoryHits hits_;
  QTimer wait_;
  QLineEdit* words_;
  QLabel *chat_label_, *sender_label_;
  QComboBox* chats_;
  QComboBox* senders_;
  QCheckBox* limits_days_;
  QDateEdit* from_;
  QDateEdit* to_;
  QCalendarWidget* calendar_;
  QLabel* days_hint_;
  QListView* list_;
  EmptyState* nothing_;
  QLabel* count_;
  QPushButton* export_;
};

}  // namespace queqiao::client
