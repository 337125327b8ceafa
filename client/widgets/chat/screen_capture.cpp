#include "client/widgets/chat/screen_capture.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QFile>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QPainter>
#include <QRandomGenerator>
#include <QScreen>
#include <QUrl>
#include <algorithm>

#include "client/widgets/theme.h"

namespace queqiao::client {

bool ScreenCapture::is_running() const {
  return std::any_of(covers_.begin(), covers_.end(), [](const auto& cover) { return !cover.isNull(); });
}

void ScreenCapture::begin() {
  if (is_running()) return;
  if (QGuiApplication::platformName().startsWith(QLatin1String("wayland"))) return ask_portal();
  cover_screens();
}

void ScreenCapture::cover_screens() {
  for (QScreen* screen : QGuiApplication::screens()) {
    const QPixmap picture = screen->grabWindow(0);
    if (picture.isNull()) {
      uncover();
      return emit failed(tr("The screen could not be captured."));
    }
    auto* cover = new CaptureCover(picture);
    cover->setAttribute(Qt::WA_DeleteOnClose);
    cover->setGeometry(screen->geometry());
    connect(cover, &CaptureCover::cancelled, this, [this] {
      uncover();
      emit cancelled();
    });
    connect(cover, &CaptureCover::taken, this, [this, cover] {
      const QImage chosen = cover->picture();
      uncover();
      emit captured(chosen);
    });
    covers_ << cover;
    cover->show();
    cover->activateWindow();
  }
}

void ScreenCapture::uncover() {
  for (const auto& cover : covers_) {
    if (cover) cover->close();
  }
  covers_.clear();
}

void ScreenCapture::ask_portal() {
  QDBusConnection bus = QDBusConnection::sessionBus();
  const QString token = QStringLiteral("queqiao%1").arg(QRandomGenerator::global()->generate());
  const QString sender = bus.baseService().mid(1).replace(u'.', u'_');
  // The answer may come before the call returns, so its signal is awaited first (XDG Desktop Portal, "Request").
  bus.connect(QStringLiteral("org.freedesktop.portal.Desktop"),
              QStringLiteral("/org/freedesktop/portal/desktop/request/%1/%2").arg(sender, token),
              QStringLiteral("org.freedesktop.portal.Request"), QStringLiteral("Response"), this,
              SLOT(portal_answered(uint, QVariantMap)));
  QDBusMessage call = QDBusMessage::createMethodCall(
      QStringLiteral("org.freedesktop.portal.Desktop"), QStringLiteral("/org/freedesktop/portal/desktop"),
      QStringLiteral("org.freedesktop.portal.Screenshot"), QStringLiteral("Screenshot"));
  call << QString() << QVariantMap{{QStringLiteral("handle_token"), token}, {QStringLiteral("interactive"), true}};
  auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(call), this);
  connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
    watcher->deleteLater();
    const QDBusPendingReply<> reply = *watcher;
    if (reply.isError()) {
      emit failed(
          tr("The desktop offers no screen capture. Install xdg-desktop-portal and its part for your desktop."));
    }
  });
}

void ScreenCapture::portal_answered(uint response, const QVariantMap& results) {
  if (response != 0) return emit cancelled();
  const QString path = QUrl(results.value(QStringLiteral("uri")).toString()).toLocalFile();
  const QImage picture(path);
  if (picture.isNull()) return emit failed(tr("The desktop's picture of the screen could not be read."));
  emit captured(picture);
}

CaptureCover::CaptureCover(const QPixmap& screen, QWidget* parent)
    : QWidget(parent, Qt::Window | Qt::FramelessWindowHint | Qt::WindowStaysOnTopHint | Qt::BypassWindowManagerHint),
      screen_(screen) {
  setAttribute(Qt::WA_OpaquePaintEvent);
  setCursor(Qt::CrossCursor);
  setMouseTracking(true);
  setFocusPolicy(Qt::StrongFocus);
  setAccessibleName(tr("Choose an area of the screen"));
}

QImage CaptureCover::picture() const {
  const qreal ratio = qreal(screen_.width()) / std::max(width(), 1);
  const QRect chosen = has_area() ? area() : rect();
  QImage image =
      screen_.toImage().copy(QRectF(QPointF(chosen.topLeft()) * ratio, QSizeF(chosen.size()) * ratio).toRect());
  image.setDevicePixelRatio(1);
  return image;
}

void CaptureCover::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.drawPixmap(rect(), screen_);
  painter.fillRect(rect(), QColor(0, 0, 0, 110));
  if (!has_area()) {
    return draw_label(painter, tr("Drag to choose an area. Enter takes the whole screen, Esc cancels."), {24, 24});
  }
  const qreal ratio = qreal(screen_.width()) / std::max(width(), 1);
  const QRect chosen = area();
  painter.drawPixmap(QRectF(chosen), screen_, QRectF(QPointF(chosen.topLeft()) * ratio, QSizeF(chosen.size()) * ratio));
  painter.setPen(QPen(QColor(0x3d9bff), 2));
  painter.drawRect(chosen);
  const QString size = QStringLiteral("%1 × %2").arg(int(chosen.width() * ratio)).arg(int(chosen.height() * ratio));
  const int above = chosen.top() - 34;
  draw_label(painter, tr("%1   Enter or double click takes it").arg(size),
             {chosen.left(), above > 0 ? above : chosen.top() + 6});
}

void CaptureCover::draw_label(QPainter& painter, const QString& text, QPoint corner) {
  painter.setFont(text_font(9));
  QRect place = painter.fontMetrics().boundingRect(text).adjusted(-8, -4, 8, 4);
  place.moveTopLeft(corner);
  if (place.right() > rect().right()) place.moveRight(rect().right());
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(QColor(0, 0, 0, 190));
  painter.drawRoundedRect(place, 4, 4);
  painter.setPen(Qt::white);
  painter.drawText(place, Qt::AlignCenter, text);
}

void CaptureCover::mousePressEvent(QMouseEvent* event) {
  const QPoint position = event->position().toPoint();
  if (event->button() == Qt::RightButton) {
    if (!has_area()) return emit cancelled();
    area_ = {};
    return update();
  }
  is_moving_ = has_area() && area().contains(position);
  if (is_moving_) {
    grabbed_ = position - area().topLeft();
  } else {
    area_ = QRect(position, QSize(0, 0));
  }
  update();
}

void CaptureCover::mouseMoveEvent(QMouseEvent* event) {
  const QPoint position = event->position().toPoint();
  setCursor(has_area() && area().contains(position) ? Qt::SizeAllCursor : Qt::CrossCursor);
  if (!(event->buttons() & Qt::LeftButton)) return;
  if (is_moving_) {
    QRect moved = area();
    moved.moveTopLeft(position - grabbed_);
    moved.moveLeft(std::clamp(moved.left(), 0, std::max(0, width() - moved.width())));
    moved.moveTop(std::clamp(moved.top(), 0, std::max(0, height() - moved.height())));
    area_ = moved;
  } else {
    area_.setBottomRight({std::clamp(position.x(), 0, width() - 1), std::clamp(position.y(), 0, height() - 1)});
  }
  update();
}

void CaptureCover::mouseReleaseEvent(QMouseEvent*) {
  area_ = area_.normalized();
  is_moving_ = false;
}

void CaptureCover::mouseDoubleClickEvent(QMouseEvent*) {
  emit taken();
}

void CaptureCover::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape) return emit cancelled();
  if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) return emit taken();
  const int pixels = event->modifiers() & Qt::ControlModifier ? 10 : 1;
  if (event->key() == Qt::Key_Left) area_.translate(-pixels, 0);
  if (event->key() == Qt::Key_Right) area_.translate(pixels, 0);
  if (event->key() == Qt::Key_Up) area_.translate(0, -pixels);
  if (event->key() == Qt::Key_Down) area_.translate(0, pixels);
  area_ &= rect();
  update();
}

}  // namespace queqiao::client
