#pragma once

#include <QLabel>
#include <QPushButton>
#include <QWidget>

#include "client/core/account.h"
#include "client/widgets/wait_line.h"

namespace queqiao::client {

// Tells under the header that there is no connection and what is done about it; takes no space while all is well.
class ConnectionBar final : public QWidget {
  Q_OBJECT

 public:
  explicit ConnectionBar(Account& account, QWidget* parent = nullptr);

 private:
  void refresh();

  Account& account_;
  QLabel* text_;
  QPushButton* connect_;
  WaitLine* wait_;
};

}  // namespace queqiao::client
