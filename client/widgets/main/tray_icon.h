#pragma once

#include <QMenu>
#include <QSystemTrayIcon>
#include <QTimer>

#include "client/core/account.h"
#include "client/widgets/main/attention.h"

namespace queqiao::client {

// The icon in the desktop's tray: flashes between the program's picture and the sender's while something is unread.
class TrayIcon final : public QObject {
  Q_OBJECT

 public:
  TrayIcon(Account& account, Attention& attention, QObject* parent = nullptr);
  ~TrayIcon() override;
  void show() { icon_.show(); }
  bool is_flashing() const { return flash_.isActive(); }
  QString tool_tip() const { return icon_.toolTip(); }
  QMenu& menu() { return menu_; }

 signals:
  void window_wanted();
  void notices_wanted();
  void chat_wanted(const QString& jid);
  void settings_wanted();
  void quit_wanted();

 private:
  void refresh();
  void make_menu();
  void activate(QSystemTrayIcon::ActivationReason reason);
  QIcon calm_icon() const;
  QIcon alarm_icon() const;

  Account& account_;
  Attention& attention_;
  QSystemTrayIcon icon_;
  QMenu menu_;
  QTimer flash_;
  bool shows_alarm_ = false;
};

}  // namespace queqiao::client
