#pragma once

#include <QIcon>
#include <QMenu>

#include "client/core/account.h"

namespace queqiao::client {

QIcon status_icon(Status status);

// The statuses that one may choose, the present one ticked. Connects when offline, and disconnects for offline.
class StatusMenu final : public QMenu {
  Q_OBJECT

 public:
  explicit StatusMenu(Account& account, QWidget* parent = nullptr);

 private:
  void refresh();

  Account& account_;
};

}  // namespace queqiao::client
