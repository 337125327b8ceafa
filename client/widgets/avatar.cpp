#include "client/widgets/avatar.h"

#include <QCryptographicHash>
#include <QGuiApplication>
#include <QPainterPath>

#include "client/widgets/theme.h"

namespace queqiao::client {

namespace {

// The colour of a disc without a picture: a hue by the address, dark enough for white letters.
QColor disc_colour(const QString& jid) {
  const auto digest = QCryptographicHash::hash(jid.toUtf8(), QCryptographicHash::Sha1);
  const int hue = (static_cast<uchar>(digest[0]) * 256 + static_cast<uchar>(digest[1])) % 360;
  return QColor::fromHsl(hue, 120, 105);
}

QColor grey(QColor colour) {
  const int level = qGray(colour.rgb());
  return {level, level, level};
}

// One user-perceived character: a pair of surrogates is not cut.
QString first_character(const QString& name) {
  const QString trimmed = name.trimmed();
  if (trimmed.isEmpty()) return QStringLiteral("?");
  const int length = trimmed.size() > 1 && trimmed[0].isHighSurrogate() ? 2 : 1;
  return trimmed.left(length).toUpper();
}

void draw_letter_disc(QPainter& painter, const QRectF& place, const QString& jid, const QString& name, bool is_grey) {
  const QColor colour = disc_colour(jid);
  painter.setPen(Qt::NoPen);
  painter.setBrush(is_grey ? grey(colour) : colour);
  painter.drawEllipse(place);
  QFont font = text_font();
  font.setPixelSize(qMax(6, qRound(place.height() * 0.44)));
  painter.setFont(font);
  painter.setPen(Qt::white);
  painter.drawText(place, Qt::AlignCenter, first_character(name));
}

void draw_picture(QPainter& painter, const QRectF& place, const QImage& image, bool is_grey) {
  const int side = qMin(image.width(), image.height());
  const QRect middle((image.width() - side) / 2, (image.height() - side) / 2, side, side);
  QImage square = image.copy(middle);
  // Smoothly scaled here, because QPainter samples too few pixels of a picture much larger than its place.
  const int pixels = qCeil(place.width() * painter.device()->devicePixelRatioF());
  if (side > pixels) square = square.scaled(pixels, pixels, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
  if (is_grey) square = square.convertToFormat(QImage::Format_ARGB32).convertToFormat(QImage::Format_Grayscale8);
  QPainterPath circle;
  circle.addEllipse(place);
  painter.setClipPath(circle, Qt::IntersectClip);
  if (is_grey) painter.setOpacity(painter.opacity() * 0.75);
  painter.fillRect(place, look().panel);
  painter.drawImage(place, square);
}

}  // namespace

void draw_avatar(QPainter& painter, const QRectF& place, const QImage& image, const QString& jid, const QString& name,
                 Status status) {
  const bool is_grey = status == Status::offline;
  painter.save();
  painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
  if (image.isNull()) {
    draw_letter_disc(painter, place, jid, name, is_grey);
  } else {
    draw_picture(painter, place, image, is_grey);
  }
  painter.restore();
}

void draw_status_dot(QPainter& painter, const QRectF& avatar_place, Status status) {
  if (status == Status::offline) return;
  const auto& it = look();
  const QColor colour = status == Status::online ? it.online
                        : status == Status::away ? it.away
                        : status == Status::busy ? it.busy
                                                 : it.offline;
  const qreal side = qMax(8.0, avatar_place.width() * 0.26);
  const QRectF dot(avatar_place.right() - side + 1, avatar_place.bottom() - side + 1, side, side);
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(it.panel, 2));
  painter.setBrush(colour);
  painter.drawEllipse(dot);
  // Not by colour alone: busy has a bar, away a hand of a clock, invisible a hole.
  painter.setPen(QPen(it.panel, 1.6, Qt::SolidLine, Qt::RoundCap));
  const QPointF middle = dot.center();
  const qreal reach = side * 0.22;
  if (status == Status::busy) painter.drawLine(middle - QPointF(reach, 0), middle + QPointF(reach, 0));
  if (status == Status::away)
    painter.drawPolyline(QPolygonF{middle - QPointF(0, reach), middle, middle + QPointF(reach, 0)});
  if (status == Status::invisible) painter.drawEllipse(middle, reach * 0.6, reach * 0.6);
  painter.restore();
}

QPixmap avatar_pixmap(int side, const QImage& image, const QString& jid, const QString& name, Status status) {
  const qreal ratio = qApp->devicePixelRatio();
  QPixmap pixmap(QSize(side, side) * ratio);
  pixmap.setDevicePixelRatio(ratio);
  pixmap.fill(Qt::transparent);
  QPainter painter(&pixmap);
  draw_avatar(painter, QRectF(0, 0, side, side), image, jid, name, status);
  return pixmap;
}

}  // namespace queqiao::client
