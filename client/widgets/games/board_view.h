#pragma once

#include <QPoint>
#include <QWidget>
#include <optional>
#include <string>

#include "client/games/board_game.h"

namespace queqiao::client {

// A board on whose line crossings something stands, seen from the side of who plays. By mouse, or with the arrow keys
// and Enter. It shows and asks; what a move means is the game's matter.
class BoardView : public QWidget {
  Q_OBJECT

 public:
  BoardView(int columns, int rows, QWidget* parent);

  void set_side(games::Side side);  // who sits below
  void set_may_move(bool may_move);
  bool may_move() const { return may_move_; }
  virtual void board_changed() = 0;  // the game has another position now

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return {320, 340}; }

 signals:
  void move_wanted(const std::string& move);

 protected:
  // `cell` is (column, row) from the lower left of the first side, as the games count.
  virtual void choose(QPoint cell) = 0;
  virtual void paint_lines(QPainter& painter) = 0;
  virtual void paint_pieces(QPainter& painter) = 0;
  virtual QString describe(QPoint cell) const = 0;  // for screen readers

  QPointF center_of(QPoint cell) const;
  qreal spacing() const;
  QPoint cursor_cell() const { return cursor_; }
  int columns() const { return columns_; }
  int rows() const { return rows_; }

  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  std::optional<QPoint> hovered() const { return hovered_; }

 private:
  std::optional<QPoint> cell_at(QPointF place) const;
  QPointF origin() const;  // of the upper left crossing
  QPoint flipped(QPoint cell) const;
  void move_cursor(QPoint step);

  int columns_, rows_;
  games::Side side_ = games::Side::first;
  bool may_move_ = false;
  QPoint cursor_;
  std::optional<QPoint> hovered_;
};

// The colours of wood, stones and paper, which are the same in light and dark: a board is a thing on the table.
struct BoardColours {
  static constexpr QRgb wood = 0xffe9c88b, edge = 0xffc99a52, line = 0xff6b4a1e, mark = 0xffd4380d;
};

}  // namespace queqiao::client
