#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QPoint>
#include <QTimer>

#include "client/core/account.h"

namespace queqiao::client {

// Tells the account when nobody has used the computer for a while (setting::auto_away_minutes) or the screen is locked,
// and when they are back. Asks GNOME's idle monitor where there is one; otherwise watches the mouse pointer,
// everywhere, and the keyboard in our windows.
class IdleWatch final : public QObject {
  Q_OBJECT

 public:
  explicit IdleWatch(Account& account, QObject* parent = nullptr);
  void take_idle_time(qint64 milliseconds);  // since the last input
  void take_lock(bool is_locked);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private slots:
  void screenSaverChanged(bool is_active);  // D-Bus calls it by name

 private:
  void look();
  void look_at_pointer();
  void refresh();

  Account& account_;
  QTimer timer_;
  QElapsedTimer since_input_;
  QPoint pointer_;
  qint64 idle_time_ = 0;
  bool is_locked_ = false, is_idle_ = false, has_monitor_ = true;
};

}  // namespace queqiao::client
