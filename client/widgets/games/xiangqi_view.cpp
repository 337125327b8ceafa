#include "client/widgets/games/xiangqi_view.h"

#include <QPainter>
#include <QRadialGradient>
#include <array>

#include "client/widgets/theme.h"

namespace queqiao::client {
namespace {

using games::Side;
using games::Square;

Square square_of(QPoint cell) {
  return {cell.x(), cell.y()};
}

QPoint cell_of(Square square) {
  return {square.file, square.rank};
}

// The characters on the pieces are those of the game in every language.
QString character(const games::Piece& piece) {
  static constexpr std::array red = {u"帥", u"仕", u"相", u"馬", u"車", u"炮", u"兵"};
  static constexpr std::array black = {u"將", u"士", u"象", u"馬", u"車", u"砲", u"卒"};
  return QString::fromUtf16((piece.side == Side::first ? red : black)[static_cast<std::size_t>(piece.kind)]);
}

}  // namespace

XiangqiView::XiangqiView(QWidget* parent) : BoardView(9, 10, parent) {
  setAccessibleName(tr("Chinese chess board"));
}

void XiangqiView::set_game(const games::Xiangqi* game) {
  game_ = game;
  board_changed();
}

void XiangqiView::board_changed() {
  taken_up_.reset();
  update();
}

bool XiangqiView::is_own(Square square) const {
  const auto& piece = game_->board().at(square);
  return piece && piece->side == game_->to_move();
}

void XiangqiView::choose(QPoint cell) {
  if (!game_) return;
  const auto square = square_of(cell);
  if (is_own(square)) {
    taken_up_ = taken_up_ == square ? std::nullopt : std::optional(square);
  } else if (taken_up_ && game_->board().is_legal(*taken_up_, square, game_->to_move())) {
    const auto move = games::Xiangqi::format({*taken_up_, square});
    taken_up_.reset();
    emit move_wanted(move);
  }
  update();
}

void XiangqiView::paint_lines(QPainter& painter) {
  for (int rank = 0; rank < 10; ++rank) painter.drawLine(center_of({0, rank}), center_of({8, rank}));
  for (int file = 0; file < 9; ++file) {
    const bool is_edge = file == 0 || file == 8;
    painter.drawLine(center_of({file, 0}), center_of({file, is_edge ? 9 : 4}));
    if (!is_edge) painter.drawLine(center_of({file, 5}), center_of({file, 9}));
  }
  for (const int rank : {0, 7}) {
    painter.drawLine(center_of({3, rank}), center_of({5, rank + 2}));
    painter.drawLine(center_of({5, rank}), center_of({3, rank + 2}));
  }
  for (const int rank : {2, 7}) {
    for (const int file : {1, 7}) paint_corners(painter, {file, rank});
  }
  for (const int rank : {3, 6}) {
    for (int file = 0; file < 9; file += 2) paint_corners(painter, {file, rank});
  }
  paint_river(painter);
}

void XiangqiView::paint_river(QPainter& painter) const {
  auto font = text_font(10);
  font.setPixelSize(std::max(8, static_cast<int>(spacing() * 0.5)));
  painter.save();
  painter.setFont(font);
  const auto y = (center_of({0, 4}).y() + center_of({0, 5}).y()) / 2;
  const QSizeF size(spacing() * 3, spacing());
  for (const auto& [x, text] :
       {std::pair(center_of({2, 4}).x(), QStringLiteral("楚 河")), {center_of({6, 4}).x(), QStringLiteral("漢 界")}}) {
    painter.drawText(QRectF(QPointF(x - size.width() / 2, y - size.height() / 2), size), Qt::AlignCenter, text);
  }
  painter.restore();
}

// The small angles where cannons and soldiers stand at the beginning.
void XiangqiView::paint_corners(QPainter& painter, QPoint cell) const {
  const auto center = center_of(cell);
  const auto gap = spacing() * 0.09, length = spacing() * 0.16;
  for (const int dx : {-1, 1}) {
    const bool is_off = center.x() + dx * spacing() < std::min(center_of({0, 0}).x(), center_of({8, 0}).x()) - 1 ||
                        center.x() + dx * spacing() > std::max(center_of({0, 0}).x(), center_of({8, 0}).x()) + 1;
    if (is_off) continue;
    for (const int dy : {-1, 1}) {
      const auto corner = center + QPointF(dx * gap, dy * gap);
      painter.drawLine(corner, corner + QPointF(dx * length, 0));
      painter.drawLine(corner, corner + QPointF(0, dy * length));
    }
  }
}

void XiangqiView::paint_pieces(QPainter& painter) {
  if (!game_) return;
  if (const auto last = game_->last()) {
    paint_frame(painter, cell_of(last->from), QColor(BoardColours::mark));
    paint_frame(painter, cell_of(last->to), QColor(BoardColours::mark));
  }
  for (int rank = 0; rank < 10; ++rank) {
    for (int file = 0; file < 9; ++file) {
      if (const auto& piece = game_->board().at({file, rank})) paint_piece(painter, {file, rank}, *piece);
    }
  }
  if (!taken_up_) return;
  paint_frame(painter, cell_of(*taken_up_), look().accent);
  painter.setPen(Qt::NoPen);
  painter.setBrush(QColor(40, 140, 60, 190));
  for (const auto target : game_->board().legal_targets(*taken_up_)) {
    painter.drawEllipse(center_of(cell_of(target)), spacing() * 0.12, spacing() * 0.12);
  }
}

void XiangqiView::paint_frame(QPainter& painter, QPoint cell, const QColor& colour) const {
  const auto center = center_of(cell);
  const auto half = spacing() * 0.46, arm = spacing() * 0.16;
  painter.setPen(QPen(colour, 2));
  for (const int dx : {-1, 1}) {
    for (const int dy : {-1, 1}) {
      const auto corner = center + QPointF(dx * half, dy * half);
      painter.drawLine(corner, corner - QPointF(dx * arm, 0));
      painter.drawLine(corner, corner - QPointF(0, dy * arm));
    }
  }
}

void XiangqiView::paint_piece(QPainter& painter, QPoint cell, const games::Piece& piece) const {
  const auto center = center_of(cell);
  const auto radius = spacing() * 0.43;
  const QColor ink = piece.side == Side::first ? QColor(176, 28, 20) : QColor(25, 25, 25);
  painter.setPen(Qt::NoPen);
  painter.setBrush(QColor(0, 0, 0, 60));
  painter.drawEllipse(center + QPointF(radius, radius) * 0.1, radius, radius);
  QRadialGradient light(center - QPointF(radius, radius) * 0.3, radius * 1.4);
  light.setColorAt(0, QColor(255, 246, 222));
  light.setColorAt(1, QColor(232, 204, 150));
  painter.setBrush(light);
  painter.setPen(QPen(QColor(BoardColours::line), 1));
  painter.drawEllipse(center, radius, radius);
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(ink, std::max(1.0, spacing() / 30)));
  painter.drawEllipse(center, radius * 0.84, radius * 0.84);
  auto font = text_font(10, true);
  font.setPixelSize(std::max(8, static_cast<int>(radius * 1.1)));
  painter.setFont(font);
  painter.drawText(QRectF(center - QPointF(radius, radius), QSizeF(2 * radius, 2 * radius)), Qt::AlignCenter,
                   character(piece));
}

QString XiangqiView::describe(QPoint cell) const {
  const auto name = QStringLiteral("%1%2").arg(QChar('a' + cell.x())).arg(cell.y());
  const auto piece = game_ ? game_->board().at(square_of(cell)) : std::nullopt;
  if (!piece) return tr("%1, empty").arg(name);
  return piece->side == Side::first ? tr("%1, red %2").arg(name, character(*piece))
                                    : tr("%1, black %2").arg(name, character(*piece));
}

}  // namespace queqiao::client
