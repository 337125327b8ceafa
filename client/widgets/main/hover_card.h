#pragma once

#include <QFrame>
#include <QLabel>
#include <QTimer>

#include "client/core/account.h"

namespace queqiao::client {

// A small card beside the list that tells about the person over whom the mouse rests for a moment.
class HoverCard final : public QFrame {
  Q_OBJECT

 public:
  HoverCard(Account& account, QWidget* window);
  void set_person(const QString& jid, const QRect& row);  // an empty jid hides it

 private:
  void show_now();
  void fill();
  QPoint place_beside() const;

  Account& account_;
  QWidget* window_;  // not owned
  QTimer delay_;
  QString jid_;
  QRect row_;
  QLabel *avatar_, *name_, *address_, *signature_, *details_;
};

}  // namespace queqiao::client
