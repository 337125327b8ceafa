#pragma once

#include "client/games/gomoku.h"
#include "client/widgets/games/board_view.h"

namespace queqiao::client {

class GomokuView final : public BoardView {
  Q_OBJECT

 public:
  GomokuView(QWidget* parent);
  void set_game(const games::Gomoku* game);  // null: an empty board; it must stay until the next call
  void board_changed() override { update(); }

 protected:
  void choose(QPoint cell) override;
  void paint_lines(QPainter& painter) override;
  void paint_pieces(QPainter& painter) override;
  QString describe(QPoint cell) const override;

 private:
  void paint_stone(QPainter& painter, QPoint cell, games::Side side, qreal opacity = 1) const;

  const games::Gomoku* game_ = nullptr;  // not owned
};

}  // namespace queqiao::client
