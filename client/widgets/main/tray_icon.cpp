#include "client/widgets/main/tray_icon.h"

#include <QPainter>
#include <chrono>

#include "client/core/contact.h"
#include "client/core/profiles.h"
#include "client/core/roster.h"
#include "client/models/contact_tree.h"
#include "client/widgets/avatar.h"
#include "client/widgets/icons.h"
#include "client/widgets/language.h"
#include "client/widgets/main/status_menu.h"
#include "client/widgets/theme.h"

namespace queqiao::client {

namespace {

constexpr auto flash_time = std::chrono::milliseconds(500);
constexpr int side = 64;

}  // namespace

TrayIcon::TrayIcon(Account& account, Attention& attention, QObject* parent)
    : QObject(parent), account_(account), attention_(attention) {
  flash_.setInterval(flash_time);
  connect(&flash_, &QTimer::timeout, this, [this] {
    shows_alarm_ = !shows_alarm_;
    icon_.setIcon(shows_alarm_ ? alarm_icon() : calm_icon());
  });
  connect(&icon_, &QSystemTrayIcon::activated, this, &TrayIcon::activate);
  connect(&attention, &Attention::flashing_changed, this, &TrayIcon::refresh);
  connect(&account, &Account::state_changed, this, &TrayIcon::refresh);
  connect(&account, &Account::own_status_changed, this, &TrayIcon::refresh);
  icon_.setContextMenu(&menu_);
  follow_language(&menu_, [this] {
    make_menu();
    refresh();
  });
}

TrayIcon::~TrayIcon() {
  icon_.hide();
}

void TrayIcon::make_menu() {
  menu_.clear();
  menu_.addAction(program_icon(), tr("Open Queqiao"), this, &TrayIcon::window_wanted);
  auto* status = new StatusMenu(account_, &menu_);
  status->setTitle(tr("Status"));
  menu_.addMenu(status);
  auto* mute = menu_.addAction(tr("Mute notifications"));
  mute->setCheckable(true);
  mute->setChecked(attention_.is_muted());
  connect(mute, &QAction::toggled, this, [this](bool is_muted) { attention_.set_muted(is_muted); });
  menu_.addAction(icon("settings"), tr("Settings"), this, &TrayIcon::settings_wanted);
  menu_.addSeparator();
  menu_.addAction(icon("power"), tr("Quit"), this, &TrayIcon::quit_wanted);
}

void TrayIcon::refresh() {
  const bool is_alarmed = !attention_.flashing_chat().isEmpty() || attention_.has_requests();
  if (is_alarmed && !flash_.isActive()) flash_.start();
  if (!is_alarmed) flash_.stop();
  if (!is_alarmed) icon_.setIcon(calm_icon());
  const bool is_there = account_.state() == ConnectionState::online;
  QStringList lines{tr("Queqiao"), account_.jid(), status_name(is_there ? account_.status() : Status::offline)};
  if (attention_.unread() > 0) lines << tr("Unread: %1").arg(attention_.unread());
  if (attention_.has_requests()) lines << tr("Somebody wants to be your friend");
  icon_.setToolTip(lines.join('\n'));
}

void TrayIcon::activate(QSystemTrayIcon::ActivationReason reason) {
  if (reason != QSystemTrayIcon::Trigger && reason != QSystemTrayIcon::DoubleClick) return;
  if (const QString jid = attention_.flashing_chat(); !jid.isEmpty()) return emit chat_wanted(jid);
  if (attention_.has_requests()) return emit notices_wanted();
  emit window_wanted();
}

// The program's picture with one's status; grey while there is no connection.
QIcon TrayIcon::calm_icon() const {
  const bool is_there = account_.state() == ConnectionState::online;
  QPixmap pixmap = program_icon().pixmap(QSize(side, side), 1.0, is_there ? QIcon::Normal : QIcon::Disabled);
  if (is_there && account_.status() != Status::online) {
    QPainter painter(&pixmap);
    draw_status_dot(painter, QRectF(-side, -side, side * 2 - 4, side * 2 - 4), account_.status());
  }
  return QIcon(pixmap);
}

QIcon TrayIcon::alarm_icon() const {
  const QString jid = attention_.flashing_chat();
  if (jid.isEmpty()) return QIcon(icon("bell", Tint::accent).pixmap(side, side));
  const Contact* contact = account_.roster().find(jid);
  const QString name = contact ? contact->display_name() : jid;
  return QIcon(avatar_pixmap(side, account_.profiles().avatar(jid), jid, name, Status::online));
}

}  // namespace queqiao::client
