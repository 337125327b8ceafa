#include "client/widgets/chat/one_line_label.h"

#include <QPainter>

#include "client/widgets/plain_labels.h"

namespace queqiao::client {

OneLineLabel::OneLineLabel(QWidget* parent) : QLabel(parent) {
  setTextFormat(Qt::PlainText);
  setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
}

void OneLineLabel::set_text(const QString& text) {
  setText(text.simplified());
  setToolTip(fontMetrics().horizontalAdvance(this->text()) > width() ? plain_tip(this->text()) : QString());
}

QSize OneLineLabel::minimumSizeHint() const {
  return {40, fontMetrics().height() + 2};
}

void OneLineLabel::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setPen(palette().color(foregroundRole()));
  painter.drawText(contentsRect(), int(alignment()) | Qt::TextSingleLine,
                   fontMetrics().elidedText(text(), Qt::ElideRight, contentsRect().width()));
}

}  // namespace queqiao::client
