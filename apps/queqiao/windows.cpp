#include "apps/queqiao/windows.h"

#include <QApplication>
#include <QDir>
#include <QUrl>

#include "client/core/roster.h"
#include "client/core/settings.h"
#include "client/widgets/main/about_dialog.h"
#include "client/widgets/main/add_friend_dialog.h"
#include "client/widgets/main/own_profile_window.h"
#include "client/widgets/main/profile_card.h"

namespace queqiao::app {

using namespace client;

namespace {

void bring_to_front(QWidget* window) {
  window->show();
  window->raise();
  window->activateWindow();
}

}  // namespace

Windows::Windows(Account& account, const QString& data_folder)
    : account_(account),
      recent_(account),
      chats_(account, [this](const Message& message) { return !invitation_of(message).isEmpty(); }),
      games_(account, QDir(data_folder).filePath("games." + QUrl::toPercentEncoding(account.jid()))),
      attention_(
          account, recent_, [this](const QString& jid) { return chats_.is_shown_active(jid); },
          [this](const Message& message) { return invitation_of(message); }),
      main_(account, recent_),
      tray_(account, attention_),
      notices_(account, QDBusConnection::sessionBus()),
      idle_(account) {
  join_main();
  join_tray();
  join_attention();
  join_games();
  connect(&chats_, &ChatWindows::profile_wanted, this, &Windows::open_profile);
  connect(&chats_, &ChatWindows::sound_wanted, &sounds_, &Sounds::play);
  connect(&chats_, &ChatWindows::unread_seen, &notices_, &Notices::take_down);
}

Windows::~Windows() {
  chats_.close_all();
  games_.close_all();
  main_.remember_place();
  delete find_people_;
  delete settings_;
  for (const auto& profile : profiles_) delete profile;
}

void Windows::show() {
  main_.set_has_tray(QSystemTrayIcon::isSystemTrayAvailable());
  tray_.show();
  main_.bring_to_front();
}

void Windows::join_main() {
  connect(&main_, &MainWindow::chat_wanted, &chats_, &ChatWindows::open);
  connect(&main_, &MainWindow::profile_wanted, this, &Windows::open_profile);
  connect(&main_, &MainWindow::accept_wanted, this, &Windows::accept);
  connect(&main_, &MainWindow::find_people_wanted, this, &Windows::open_find_people);
  connect(&main_, &MainWindow::settings_wanted, this, &Windows::open_settings);
  connect(&main_, &MainWindow::history_wanted, this, [this] { chats_.show_history({}); });
  connect(&main_, &MainWindow::about_wanted, this, [this] { (new AboutDialog(&main_))->open(); });
  connect(&main_, &MainWindow::log_out_wanted, this, &Windows::log_out_wanted);
  connect(&main_, &MainWindow::quit_wanted, this, &Windows::quit_wanted);
}

void Windows::join_tray() {
  connect(&tray_, &TrayIcon::window_wanted, &main_, &MainWindow::bring_to_front);
  connect(&tray_, &TrayIcon::notices_wanted, this, &Windows::show_notices);
  connect(&tray_, &TrayIcon::chat_wanted, &chats_, &ChatWindows::open);
  connect(&tray_, &TrayIcon::settings_wanted, this, &Windows::open_settings);
  connect(&tray_, &TrayIcon::quit_wanted, this, &Windows::quit_wanted);
}

void Windows::join_attention() {
  connect(&attention_, &Attention::sound_wanted, &sounds_, &Sounds::play);
  connect(&attention_, &Attention::popup_wanted, &notices_, &Notices::show);
  connect(&attention_, &Attention::popup_done, &notices_, &Notices::take_down);
  connect(&notices_, &Notices::chat_wanted, &chats_, &ChatWindows::open);
  connect(&notices_, &Notices::reply_not_sent, &chats_, &ChatWindows::open_with_text);
  connect(&notices_, &Notices::notices_wanted, this, &Windows::show_notices);
}

void Windows::join_games() {
  connect(&chats_, &ChatWindows::game_wanted, this,
          [this](const QString& jid, qint64 message) { games_.open(jid, message, QApplication::activeWindow()); });
  connect(&chats_, &ChatWindows::invitation_answered, &games_, &GameWindows::answer);
  connect(&notices_, &Notices::invitation_answered, &games_, &GameWindows::answer);
  connect(&games_, &GameWindows::changed, &chats_, &ChatWindows::refresh_games);
}

QString Windows::invitation_of(const Message& message) {
  if (message.kind != MessageKind::game || message.is_outgoing) return {};
  return games_.open_invitation(message.chat, message.id);
}

void Windows::open_profile(const QString& jid) {
  if (jid == account_.jid()) {
    auto* window = new OwnProfileWindow(account_);
    profiles_ << window;
    return bring_to_front(window);
  }
  for (const auto& window : profiles_) {
    const auto* card = qobject_cast<ProfileCard*>(window.data());
    if (card && card->jid() == jid) return bring_to_front(window);
  }
  auto* card = new ProfileCard(account_, jid);
  connect(card, &ProfileCard::chat_wanted, &chats_, &ChatWindows::open);
  profiles_.removeIf([](const QPointer<QWidget>& window) { return window.isNull(); });
  profiles_ << card;
  bring_to_front(card);
}

void Windows::accept(const FriendRequest& request) {
  (new AddFriendDialog(account_, request, &main_))->open();
}

void Windows::open_find_people() {
  if (!find_people_) {
    find_people_ = new FindPeopleWindow(account_);
    connect(find_people_, &FindPeopleWindow::profile_wanted, this, &Windows::open_profile);
    connect(find_people_, &FindPeopleWindow::chat_wanted, &chats_, &ChatWindows::open);
  }
  bring_to_front(find_people_);
}

void Windows::open_settings() {
  if (!settings_) {
    settings_ = new SettingsWindow(account_);
    connect(settings_, &SettingsWindow::password_changed, this, &Windows::password_changed);
    connect(settings_, &SettingsWindow::account_closed, this, &Windows::account_closed);
  }
  bring_to_front(settings_);
}

void Windows::show_notices() {
  main_.bring_to_front();
  main_.show_tab(MainWindow::Tab::notices);
}

}  // namespace queqiao::app
