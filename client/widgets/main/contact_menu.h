#pragma once

#include <QMenu>

#include "client/core/account.h"

namespace queqiao::client {

// What can be done with a friend. Deletes itself when it closes; what fails later is told over `window`.
class ContactMenu final : public QMenu {
  Q_OBJECT

 public:
  ContactMenu(Account& account, const QString& jid, QWidget* window);

 signals:
  void chat_wanted(const QString& jid);
  void profile_wanted(const QString& jid);

 private:
  void add_group_menu();
  void ask_remark();
  void ask_block();

  Account& account_;
  QString jid_;
  QWidget* window_;
};

// Asks, and removes them from the friends.
void ask_remove_friend(Account& account, const QString& jid, QWidget* window);

}  // namespace queqiao::client
