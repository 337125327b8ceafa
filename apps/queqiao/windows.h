#pragma once

#include <QObject>
#include <QPointer>
#include <functional>
#include <memory>

#include "client/core/account.h"
#include "client/core/contact.h"
#include "client/models/recent_chats.h"
#include "client/widgets/chat/chat_windows.h"
#include "client/widgets/games/game_windows.h"
#include "client/widgets/main/attention.h"
#include "client/widgets/main/find_people_window.h"
#include "client/widgets/main/idle_watch.h"
#include "client/widgets/main/main_window.h"
#include "client/widgets/main/notices.h"
#include "client/widgets/main/settings_window.h"
#include "client/widgets/main/sounds.h"
#include "client/widgets/main/tray_icon.h"

namespace queqiao::app {

// All windows of an account that is logged in, joined to each other.
class Windows final : public QObject {
  Q_OBJECT

 public:
  // `data_folder`: for what must outlive the program and is no message.
  Windows(client::Account& account, const QString& data_folder);
  ~Windows() override;
  client::MainWindow& main() { return main_; }
  void show();

 signals:
  void password_changed(const QString& password);
  void account_closed();
  void log_out_wanted();
  void quit_wanted();

 private:
  void join_main();
  void join_tray();
  void join_attention();
  void join_games();
  QString invitation_of(const client::Message& message);  // to a game, without an answer yet; else empty
  void open_profile(const QString& jid);
  void accept(const client::FriendRequest& request);
  void open_find_people();
  void open_settings();
  void show_notices();

  client::Account& account_;
  client::RecentChats recent_;
  client::ChatWindows chats_;
  client::GameWindows games_;
  client::Attention attention_;
  client::MainWindow main_;
  client::TrayIcon tray_;
  client::Notices notices_;
  client::Sounds sounds_;
  client::IdleWatch idle_;
  QPointer<client::FindPeopleWindow> find_people_;
  QPointer<client::SettingsWindow> settings_;
  QList<QPointer<QWidget>> profiles_;
};

}  // namespace queqiao::app
