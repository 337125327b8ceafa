#pragma once

#include <QListWidget>
#include <QPushButton>
#include <QWidget>

#include "client/core/account.h"

namespace queqiao::client {

// The people whom the user has blocked, and the way to let them again.
class BlockedPeople final : public QWidget {
  Q_OBJECT

 public:
  explicit BlockedPeople(Account& account, QWidget* parent = nullptr);

 private:
  void refresh();
  void ask_whom();

  Account& account_;
  QListWidget* list_;
  QPushButton *block_, *unblock_;
};

}  // namespace queqiao::client
