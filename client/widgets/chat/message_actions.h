#pragma once

#include <QObject>
#include <QPointer>
#include <optional>

#include "client/core/message.h"
#include "client/widgets/chat/file_actions.h"

class QMenu;
class QWidget;

namespace queqiao::client {

class Account;
class MessageList;
class People;

// What people do with messages that are there: the context menu and everything that it offers. What needs the input
// (quoting, editing) is a signal.
class MessageActions : public QObject {
  Q_OBJECT

 public:
  MessageActions(Account& account, const People& people, MessageList& list, QWidget* window);

  void fill_menu(QMenu& menu, qint64 message);
  void show_menu(qint64 message, const QPoint& global_position);
  void open(qint64 message);
  void run_file_action(qint64 message, FileAction action);
  void open_link(const QString& address);
  void toggle_reaction(qint64 message, const QString& emoji);
  void copy_selection();                        // text, else the message under the keyboard
  void copy(const QList<qint64>& messages);     // several with names and times
  void forward(const QList<qint64>& messages);  // asks to whom
  void remove(const QList<qint64>& messages);   // asks first

 signals:
  void quote_wanted(qint64 message);
  void edit_wanted(qint64 message);
  void problem(const QString& text);
  void done(const QString& text);

 private:
  void add_reactions(QMenu& menu, const Message& message);
  void add_own_actions(QMenu& menu, const Message& message);
  QString words_of(const Message& message) const;

  Account& account_;
  const People& people_;
  MessageList& list_;
  QWidget* window_;  // not owned
};

}  // namespace queqiao::client
