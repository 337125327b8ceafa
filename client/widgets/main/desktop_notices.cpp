#include "client/widgets/main/desktop_notices.h"

#include <QDBusArgument>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusServiceWatcher>
#include <QImage>
#include <QPixmap>
#include <algorithm>
#include <utility>

#include "client/core/messenger.h"

namespace queqiao::client {
namespace {

const QString service = QStringLiteral("org.freedesktop.Notifications");
const QString path = QStringLiteral("/org/freedesktop/Notifications");
const QString reply_capability = QStringLiteral("inline-reply");
constexpr int picture_side = 96;
constexpr int by_the_service = -1;  // when the notice goes by itself

// The keys that come back with ActionInvoked; `default` is a click on the notice itself.
const QString open_action = QStringLiteral("default"), read_action = QStringLiteral("mark-read"),
              accept_action = QStringLiteral("accept"), decline_action = QStringLiteral("decline");
const QStringList our_actions{open_action, read_action, accept_action, decline_action};

}  // namespace

// The hint `image-data`: (iiibiiay).
struct NoticeImage {
  QImage picture;  // RGBA
};

QDBusArgument& operator<<(QDBusArgument& out, const NoticeImage& image) {
  const QImage& picture = image.picture;
  constexpr int bits_per_sample = 8, channels = 4;
  out.beginStructure();
  out << picture.width() << picture.height() << int(picture.bytesPerLine()) << true << bits_per_sample << channels
      << QByteArray(reinterpret_cast<const char*>(picture.constBits()), picture.sizeInBytes());
  out.endStructure();
  return out;
}

// Needed for the registration; nobody sends us any.
const QDBusArgument& operator>>(const QDBusArgument& in, NoticeImage&) {
  return in;
}

DesktopNotices::DesktopNotices(Account& account, const QDBusConnection& bus, QObject* parent)
    : NoticeBoard(account, parent), bus_(bus) {
  qDBusRegisterMetaType<NoticeImage>();
  bus_.connect(service, path, service, "ActionInvoked", this, SLOT(takeAction(uint, QString)));
  bus_.connect(service, path, service, "NotificationReplied", this, SLOT(takeReply(uint, QString)));
  bus_.connect(service, path, service, "NotificationClosed", this, SLOT(takeClosed(uint, uint)));
  auto* watcher = new QDBusServiceWatcher(service, bus_, QDBusServiceWatcher::WatchForOwnerChange, this);
  connect(watcher, &QDBusServiceWatcher::serviceOwnerChanged, this,
          [this](const QString&, const QString&, const QString& owner) { take_owner(owner); });
  ask_capabilities();
}

// Another service knows nothing of what the one before has shown, and what waits for an answer gets none. When there is
// no service, it is not called: that would start it again each time it ends.
void DesktopNotices::take_owner(const QString& owner) {
  const auto before = std::exchange(shown_, {});
  if (owner.isEmpty()) {
    is_available_ = false;
    capabilities_.clear();
    emit availability_changed();
  } else {
    ask_capabilities();
  }
  for (const Shown& shown : before) {
    if (shown.is_waiting() && !shown.is_unwanted) emit refused(shown.notice);
  }
}

// Nobody would be there to open what they tell of.
DesktopNotices::~DesktopNotices() {
  for (const Shown& shown : shown_) {
    if (shown.id != 0) close(shown.id);
  }
}

QDBusMessage DesktopNotices::call(const QString& method) const {
  return QDBusMessage::createMethodCall(service, path, service, method);
}

// The call also starts a service that is installed and not running yet.
void DesktopNotices::ask_capabilities() {
  auto* watcher = new QDBusPendingCallWatcher(bus_.asyncCall(call("GetCapabilities")), this);
  connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
    const QDBusPendingReply<QStringList> reply = *watcher;
    watcher->deleteLater();
    is_available_ = reply.isValid();
    capabilities_ = reply.isValid() ? reply.value() : QStringList();
    emit availability_changed();
  });
}

void DesktopNotices::show(const Notice& notice) {
  Shown& shown = shown_[notice.jid];
  shown.notice = notice;
  shown.is_unwanted = false;
  shown.is_outdated = shown.is_waiting();
  if (!shown.is_waiting()) send(shown);
}

void DesktopNotices::send(Shown& shown) {
  const Notice& notice = shown.notice;
  shown.is_outdated = false;
  // With `body-markup` the body is a kind of HTML; what people write is text.
  const QString body = capabilities_.contains("body-markup") ? notice.text.toHtmlEscaped() : notice.text;
  auto message = call("Notify");
  message << tr("Queqiao") << shown.id << QStringLiteral("queqiao") << notice.title << body << actions_of(notice)
          << hints_of(notice) << by_the_service;
  auto* watcher = new QDBusPendingCallWatcher(bus_.asyncCall(message), this);
  shown.awaited = watcher;
  connect(watcher, &QDBusPendingCallWatcher::finished, this,
          [this, watcher, jid = notice.jid] { take_answer(jid, *watcher); });
}

void DesktopNotices::take_answer(const QString& jid, QDBusPendingCallWatcher& answer) {
  answer.deleteLater();
  const auto shown = shown_.constFind(jid);
  if (shown == shown_.constEnd() || shown->awaited != &answer) return;  // of a service that is gone
  const QDBusPendingReply<uint> reply = answer;
  if (reply.isValid()) return take_id(jid, reply.value());
  const Shown failed = shown_.take(jid);
  if (!failed.is_unwanted) emit refused(failed.notice);
}

void DesktopNotices::take_id(const QString& jid, uint id) {
  const auto shown = shown_.find(jid);
  if (shown == shown_.end()) return;
  shown->id = id;
  shown->awaited = nullptr;
  if (shown->is_unwanted) {
    close(id);
    shown_.erase(shown);
  } else if (shown->is_outdated) {
    send(*shown);
  }
}

QStringList DesktopNotices::actions_of(const Notice& notice) const {
  if (!capabilities_.contains("actions")) return {};
  QStringList actions{open_action, tr("Open")};
  if (notice.about == Notice::About::game_invitation) {
    actions << accept_action << tr("Play") << decline_action << tr("Not now");
  } else if (notice.about == Notice::About::message) {
    if (capabilities_.contains(reply_capability)) actions << reply_capability << tr("Reply");
    actions << read_action << tr("Mark as read");
  }
  return actions;
}

QVariantMap DesktopNotices::hints_of(const Notice& notice) const {
  const QImage picture = picture_of(notice, picture_side).toImage().convertToFormat(QImage::Format_RGBA8888);
  QVariantMap hints{{"desktop-entry", "queqiao"},
                    {"category", "im.received"},
                    {"image-data", QVariant::fromValue(NoticeImage{picture})}};
  if (capabilities_.contains(reply_capability)) hints.insert("x-kde-reply-placeholder-text", tr("Write a reply"));
  return hints;
}

void DesktopNotices::take_down(const QString& jid) {
  const auto shown = shown_.find(jid);
  if (shown == shown_.end()) return;
  if (shown->is_waiting()) {
    shown->is_unwanted = true;
    return;
  }
  close(shown->id);
  shown_.erase(shown);
}

void DesktopNotices::close(uint id) {
  auto message = call("CloseNotification");
  message << id;
  bus_.send(message);
}

DesktopNotices::Shown* DesktopNotices::find(uint id) {
  const auto shown = std::find_if(shown_.begin(), shown_.end(), [id](const Shown& one) { return one.id == id; });
  return shown == shown_.end() ? nullptr : &*shown;
}

// The service tells every program of every notice: what is not ours is left alone. Some tell of `inline-reply` here as
// well, before the reply itself: the notice must wait for that.
void DesktopNotices::takeAction(uint id, const QString& action) {
  const Shown* shown = find(id);
  if (!shown || !our_actions.contains(action)) return;
  const Notice notice = shown->notice;
  take_down(notice.jid);
  if (action == open_action) {
    open(notice);
  } else if (action == read_action) {
    mark_read(notice);
  } else if (action == accept_action || action == decline_action) {
    emit invitation_answered(notice.jid, notice.message, action == accept_action);
  }
}

void DesktopNotices::takeReply(uint id, const QString& text) {
  const Shown* shown = find(id);
  if (!shown || shown->notice.jid.isEmpty() || text.trimmed().isEmpty()) return;
  const Notice notice = shown->notice;
  take_down(notice.jid);
  send_reply(notice, text.trimmed());
}

void DesktopNotices::send_reply(const Notice& notice, const QString& text) {
  if (account_.messenger().send_text(notice.jid, text) == 0) return emit reply_not_sent(notice.jid, text);
  mark_read(notice);
}

void DesktopNotices::takeClosed(uint id, uint) {
  const Shown* shown = find(id);
  if (shown && !shown->is_waiting()) shown_.remove(QString(shown->notice.jid));
}

}  // namespace queqiao::client
