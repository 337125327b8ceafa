#include "client/widgets/games/board_view.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

#include "client/widgets/theme.h"

namespace queqiao::client {

BoardView::BoardView(int columns, int rows, QWidget* parent)
    : QWidget(parent), columns_(columns), rows_(rows), cursor_(columns / 2, rows / 2) {
  setMouseTracking(true);
  setFocusPolicy(Qt::StrongFocus);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

QSize BoardView::sizeHint() const {
  return {36 * (columns_ + 1), 36 * (rows_ + 1)};
}

void BoardView::set_side(games::Side side) {
  side_ = side;
  update();
}

void BoardView::set_may_move(bool may_move) {
  may_move_ = may_move;
  setCursor(may_move ? Qt::PointingHandCursor : Qt::ArrowCursor);
  update();
}

qreal BoardView::spacing() const {
  return std::min(width() / (columns_ + 0.6), height() / (rows_ + 0.6));
}

QPointF BoardView::origin() const {
  return {(width() - spacing() * (columns_ - 1)) / 2, (height() - spacing() * (rows_ - 1)) / 2};
}

// Rows are counted from below and pixels from above; the second side sees the board turned round.
QPoint BoardView::flipped(QPoint cell) const {
  if (side_ == games::Side::first) return {cell.x(), rows_ - 1 - cell.y()};
  return {columns_ - 1 - cell.x(), cell.y()};
}

QPointF BoardView::center_of(QPoint cell) const {
  return origin() + QPointF(flipped(cell)) * spacing();
}

std::optional<QPoint> BoardView::cell_at(QPointF place) const {
  const auto relative = (place - origin()) / spacing();
  const QPoint cell(static_cast<int>(std::lround(relative.x())), static_cast<int>(std::lround(relative.y())));
  if (cell.x() < 0 || cell.y() < 0 || cell.x() >= columns_ || cell.y() >= rows_) return std::nullopt;
  return flipped(cell);  // its own inverse
}

void BoardView::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const auto margin = spacing() * 0.75;
  const QRectF board(origin() - QPointF(margin, margin),
                     QSizeF(spacing() * (columns_ - 1) + 2 * margin, spacing() * (rows_ - 1) + 2 * margin));
  painter.setPen(QPen(QColor(BoardColours::edge), 2));
  painter.setBrush(QColor(BoardColours::wood));
  painter.drawRoundedRect(board.intersected(QRectF(rect()).adjusted(1, 1, -1, -1)), look().radius, look().radius);
  painter.setPen(QPen(QColor(BoardColours::line), std::max(1.0, spacing() / 32)));
  paint_lines(painter);
  paint_pieces(painter);
  if (!hasFocus() || !may_move_) return;
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(look().accent, 2, Qt::DashLine));
  const auto half = spacing() * 0.47;
  painter.drawRect(QRectF(center_of(cursor_) - QPointF(half, half), QSizeF(2 * half, 2 * half)));
}

void BoardView::mousePressEvent(QMouseEvent* event) {
  const auto cell = cell_at(event->position());
  if (!cell || event->button() != Qt::LeftButton || !may_move_) return;
  cursor_ = *cell;
  choose(*cell);
}

void BoardView::mouseMoveEvent(QMouseEvent* event) {
  hovered_ = may_move_ ? cell_at(event->position()) : std::nullopt;
  update();
}

void BoardView::leaveEvent(QEvent*) {
  hovered_.reset();
  update();
}

void BoardView::keyPressEvent(QKeyEvent* event) {
  const int way = side_ == games::Side::first ? 1 : -1;
  switch (event->key()) {
    case Qt::Key_Left:
      return move_cursor({-way, 0});
    case Qt::Key_Right:
      return move_cursor({way, 0});
    case Qt::Key_Up:
      return move_cursor({0, way});
    case Qt::Key_Down:
      return move_cursor({0, -way});
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
      if (may_move_) choose(cursor_);
      return;
    default:
      QWidget::keyPressEvent(event);
  }
}

void BoardView::move_cursor(QPoint step) {
  const auto next = cursor_ + step;
  if (next.x() < 0 || next.y() < 0 || next.x() >= columns_ || next.y() >= rows_) return;
  cursor_ = next;
  setAccessibleDescription(describe(cursor_));
  QAccessibleEvent event(this, QAccessible::DescriptionChanged);
  QAccessible::updateAccessibility(&event);
  update();
}

}  // namespace queqiao::client
