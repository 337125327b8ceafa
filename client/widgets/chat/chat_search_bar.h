#pragma once

#include <QFrame>
#include <QTimer>

class QLabel;
class QLineEdit;

namespace queqiao::client {

class History;
class IconButton;

// Ctrl+F: finds words in one chat, newest first, and goes from hit to hit.
class ChatSearchBar : public QFrame {
  Q_OBJECT

 public:
  static constexpr int most_hits = 1000;

  ChatSearchBar(History& history, QString chat, QWidget* parent = nullptr);
  void open();
  void close_bar();

 signals:
  void words_changed(const QString& words);  // to be marked; empty: none
  void hit_wanted(qint64 message);
  void closed();

 protected:
  bool eventFilter(QObject* object, QEvent* event) override;

 private:
  void search();
  void go(int step);
  void tell();
  void set_texts();

  History& history_;
  QString chat_;
  QLineEdit* words_;
  QLabel* count_;
  IconButton* older_;
  IconButton* newer_;
  IconButton* away_;
  QTimer wait_;
  QList<qint64> hits_;  // newest first
  int current_ = -1;
};

}  // namespace queqiao::client
