#include "client/widgets/main/idle_watch.h"

#include <QCursor>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QEvent>
#include <QGuiApplication>
#include <chrono>

#include "client/core/settings.h"

namespace queqiao::client {

namespace {

constexpr auto look_every = std::chrono::seconds(5);

}  // namespace

IdleWatch::IdleWatch(Account& account, QObject* parent) : QObject(parent), account_(account) {
  since_input_.start();
  qApp->installEventFilter(this);
  QDBusConnection::sessionBus().connect({}, "/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver",
                                        "ActiveChanged", this, SLOT(screenSaverChanged(bool)));
  QDBusConnection::sessionBus().connect({}, "/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", this,
                                        SLOT(screenSaverChanged(bool)));
  has_monitor_ = QDBusConnection::sessionBus().isConnected();
  timer_.setInterval(look_every);
  connect(&timer_, &QTimer::timeout, this, &IdleWatch::look);
  timer_.start();
}

void IdleWatch::look() {
  if (!has_monitor_) return look_at_pointer();
  const auto call = QDBusMessage::createMethodCall("org.gnome.Mutter.IdleMonitor", "/org/gnome/Mutter/IdleMonitor/Core",
                                                   "org.gnome.Mutter.IdleMonitor", "GetIdletime");
  auto* watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call), this);
  connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
    const QDBusPendingReply<qulonglong> reply = *watcher;
    watcher->deleteLater();
    has_monitor_ = reply.isValid();
    has_monitor_ ? take_idle_time(qint64(reply.value())) : look_at_pointer();
  });
}

void IdleWatch::look_at_pointer() {
  const QPoint pointer = QCursor::pos();
  if (pointer != pointer_) since_input_.restart();
  pointer_ = pointer;
  take_idle_time(since_input_.elapsed());
}

bool IdleWatch::eventFilter(QObject*, QEvent* event) {
  if (event->type() == QEvent::KeyPress || event->type() == QEvent::MouseButtonPress) {
    since_input_.restart();
    if (is_idle_ && !is_locked_) take_idle_time(0);
  }
  return false;
}

void IdleWatch::screenSaverChanged(bool is_active) {
  take_lock(is_active);
}

void IdleWatch::take_lock(bool is_locked) {
  is_locked_ = is_locked;
  refresh();
}

void IdleWatch::take_idle_time(qint64 milliseconds) {
  idle_time_ = milliseconds;
  refresh();
}

void IdleWatch::refresh() {
  const auto minutes = std::chrono::minutes(account_.settings().number(setting::auto_away_minutes));
  const bool is_idle = minutes.count() > 0 && (is_locked_ || idle_time_ >= std::chrono::milliseconds(minutes).count());
  if (is_idle == is_idle_) return;
  is_idle_ = is_idle;
  account_.set_idle(is_idle);
}

}  // namespace queqiao::client
