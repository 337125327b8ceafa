#include "client/widgets/chat/drop_overlay.h"

#include <QPainter>

#include "client/widgets/icons.h"
#include "client/widgets/theme.h"

namespace queqiao::client {

DropOverlay::DropOverlay(QWidget* parent) : QWidget(parent) {
  setAttribute(Qt::WA_TransparentForMouseEvents);
  hide();
}

void DropOverlay::cover(const QString& text) {
  text_ = text;
  setGeometry(parentWidget()->rect());
  raise();
  show();
}

void DropOverlay::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  QColor ground = look().panel;
  ground.setAlpha(235);
  painter.fillRect(rect(), ground);
  painter.setPen(QPen(look().accent, 2, Qt::DashLine));
  painter.setBrush(Qt::NoBrush);
  painter.drawRoundedRect(QRectF(rect()).adjusted(16, 16, -16, -16), 12, 12);
  const QRect picture(width() / 2 - 24, height() / 2 - 60, 48, 48);
  icon(QStringLiteral("upload"), Tint::accent).paint(&painter, picture);
  painter.setFont(text_font(13, true));
  painter.setPen(look().text);
  painter.drawText(rect().adjusted(32, height() / 2, -32, 0), Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap,
                   text_);
}

}  // namespace queqiao::client
