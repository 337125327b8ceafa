#include "client/widgets/games/gomoku_view.h"

#include <QPainter>
#include <QRadialGradient>

namespace queqiao::client {
namespace {

games::Gomoku::Point point_of(QPoint cell) {
  return {cell.x(), cell.y()};
}

QPoint cell_of(games::Gomoku::Point point) {
  return {point.column, point.row};
}

}  // namespace

GomokuView::GomokuView(QWidget* parent) : BoardView(games::Gomoku::size, games::Gomoku::size, parent) {
  setAccessibleName(tr("Gomoku board"));
}

void GomokuView::set_game(const games::Gomoku* game) {
  game_ = game;
  update();
}

void GomokuView::choose(QPoint cell) {
  if (game_ && !game_->at(point_of(cell))) emit move_wanted(games::Gomoku::format(point_of(cell)));
}

void GomokuView::paint_lines(QPainter& painter) {
  for (int i = 0; i < games::Gomoku::size; ++i) {
    painter.drawLine(center_of({0, i}), center_of({14, i}));
    painter.drawLine(center_of({i, 0}), center_of({i, 14}));
  }
  painter.setBrush(QColor(BoardColours::line));
  for (const QPoint star : {QPoint(3, 3), QPoint(11, 3), QPoint(7, 7), QPoint(3, 11), QPoint(11, 11)}) {
    painter.drawEllipse(center_of(star), spacing() * 0.09, spacing() * 0.09);
  }
}

void GomokuView::paint_pieces(QPainter& painter) {
  if (!game_) return;
  for (int row = 0; row < games::Gomoku::size; ++row) {
    for (int column = 0; column < games::Gomoku::size; ++column) {
      if (const auto side = game_->at({column, row})) paint_stone(painter, {column, row}, *side);
    }
  }
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(QColor(BoardColours::mark), 2));
  for (const auto& point : game_->row())
    painter.drawEllipse(center_of(cell_of(point)), spacing() * 0.47, spacing() * 0.47);
  if (const auto last = game_->last(); last && game_->row().empty()) {
    painter.drawEllipse(center_of(cell_of(*last)), spacing() * 0.14, spacing() * 0.14);
  }
  if (const auto cell = hovered(); cell && !game_->at(point_of(*cell)))
    paint_stone(painter, *cell, game_->to_move(), 0.45);
}

void GomokuView::paint_stone(QPainter& painter, QPoint cell, games::Side side, qreal opacity) const {
  const auto center = center_of(cell);
  const auto radius = spacing() * 0.44;
  const bool is_black = side == games::Side::first;
  painter.save();
  painter.setOpacity(opacity);
  painter.setPen(Qt::NoPen);
  painter.setBrush(QColor(0, 0, 0, 60));
  painter.drawEllipse(center + QPointF(radius, radius) * 0.1, radius, radius);
  QRadialGradient light(center - QPointF(radius, radius) * 0.35, radius * 1.3);
  light.setColorAt(0, is_black ? QColor(110, 110, 110) : QColor(Qt::white));
  light.setColorAt(1, is_black ? QColor(15, 15, 15) : QColor(205, 205, 205));
  painter.setBrush(light);
  painter.drawEllipse(center, radius, radius);
  painter.restore();
}

QString GomokuView::describe(QPoint cell) const {
  const auto name = QString::fromStdString(games::Gomoku::format(point_of(cell)));
  const auto side = game_ ? game_->at(point_of(cell)) : std::nullopt;
  if (!side) return tr("%1, empty").arg(name);
  return *side == games::Side::first ? tr("%1, black").arg(name) : tr("%1, white").arg(name);
}

}  // namespace queqiao::client
