#pragma once

#include <QFrame>

class QLabel;
class QPushButton;

namespace queqiao::client {

class IconButton;
class OneLineLabel;
class People;

// The top of a chat: who it is, how they are, whether they are typing, and what concerns the chat as a whole.
class ChatHead : public QFrame {
  Q_OBJECT

 public:
  ChatHead(const People& people, QString jid, QWidget* parent = nullptr);
  void refresh();
  void set_typing(bool is_typing);
  void set_connection(const QString& problem);  // empty: connected

 signals:
  void profile_wanted();
  void search_wanted();
  void history_wanted();

 private:
  void build_face();
  void lay_out();
  void set_texts();

  const People& people_;
  QString jid_;
  QPushButton* face_;
  OneLineLabel* name_;
  OneLineLabel* state_;
  IconButton *search_, *history_, *profile_;
  QLabel* connection_;
  bool is_typing_ = false;
};

}  // namespace queqiao::client
