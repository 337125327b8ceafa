#pragma once

#include "client/games/xiangqi.h"
#include "client/widgets/games/board_view.h"

namespace queqiao::client {

class XiangqiView final : public BoardView {
  Q_OBJECT

 public:
  XiangqiView(QWidget* parent);
  void set_game(const games::Xiangqi* game);  // must stay until the next call
  void board_changed() override;

 protected:
  void choose(QPoint cell) override;
  void paint_lines(QPainter& painter) override;
  void paint_pieces(QPainter& painter) override;
  QString describe(QPoint cell) const override;

 private:
  void paint_river(QPainter& painter) const;
  void paint_corners(QPainter& painter, QPoint cell) const;
  void paint_piece(QPainter& painter, QPoint cell, const games::Piece& piece) const;
  void paint_frame(QPainter& painter, QPoint cell, const QColor& colour) const;
  bool is_own(games::Square square) const;

  const games::Xiangqi* game_ = nullptr;  // not owned
  std::optional<games::Square> taken_up_;
};

}  // namespace queqiao::client
