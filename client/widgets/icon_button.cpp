#include "client/widgets/icon_button.h"

#include <QPainter>

#include "client/widgets/theme.h"

namespace queqiao::client {

IconButton::IconButton(const QString& icon_name, const QString& name, QWidget* parent, Tint tint)
    : QToolButton(parent) {
  set_icon(icon_name, tint);
  set_name(name);
  setIconSize({scaled(20), scaled(20)});
  setAutoRaise(true);
  setFocusPolicy(Qt::TabFocus);  // by keyboard; a click leaves the focus where people type
  setCursor(Qt::PointingHandCursor);
}

void IconButton::set_name(const QString& name) {
  setAccessibleName(name);
  setToolTip(name);
}

void IconButton::set_icon(const QString& icon_name, Tint tint) {
  setIcon(client::icon(icon_name, tint));
}

void IconButton::set_badge(int count) {
  if (badge_ == count) return;
  badge_ = count;
  setAccessibleDescription(count > 0 ? QString::number(count) : QString());
  update();
}

void IconButton::paintEvent(QPaintEvent* event) {
  QToolButton::paintEvent(event);
  if (badge_ == 0) return;
  QPainter painter(this);
  const int right = qMin(width() - 1, width() / 2 + iconSize().width() / 2 + scaled(14));
  draw_badge(painter, QPointF(right, scaled(11)), badge_);
}

QRectF draw_badge(QPainter& painter, const QPointF& right_middle, int count, bool is_muted) {
  const QString text = count > 99 ? QStringLiteral("99+") : QString::number(count);
  QFont font = text_font(8, true);
  const QFontMetricsF metrics(font);
  const qreal height = metrics.height() + 1;
  const qreal width = qMax(height, metrics.horizontalAdvance(text) + height * 0.6);
  const QRectF pill(right_middle.x() - width, right_middle.y() - height / 2, width, height);
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(is_muted ? (look().is_dark ? QColor(0x59626d) : QColor(0x7b8490)) : QColor(0xd93541));
  painter.drawRoundedRect(pill, height / 2, height / 2);
  painter.setFont(font);
  painter.setPen(Qt::white);
  painter.drawText(pill, Qt::AlignCenter, text);
  painter.restore();
  return pill;
}

}  // namespace queqiao::client
