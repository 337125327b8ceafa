#pragma once

#include <array>
#include <string>
#include <vector>

#include "client/games/board_game.h"

namespace queqiao::games {

// Gomoku, 五子棋, free style: 15 x 15, five or more in a row win, nothing is forbidden. Moves are "a1" to "o15": the
// column from the left, the row from below.
class Gomoku final : public BoardGame {
 public:
  static constexpr int size = 15;
  struct Point {
    int column = 0, row = 0;  // from 0
    bool operator==(const Point&) const = default;
  };

  static std::optional<Point> parse(std::string_view move);
  static std::string format(Point point);

  Side to_move() const override { return moves_.size() % 2 == 0 ? Side::first : Side::second; }
  std::size_t plies() const override { return moves_.size(); }
  bool play(std::string_view move) override;
  void take_back() override;
  std::optional<BoardEnd> end() const override { return end_; }

  std::optional<Side> at(Point point) const;              // whose stone is there
  std::optional<Point> last() const;                      // the last stone
  const std::vector<Point>& row() const { return row_; }  // the winning stones, when there are
  static bool is_on_board(Point point);

 private:
  std::vector<Point> row_through(Point point) const;

  std::array<std::optional<Side>, size * size> stones_;
  std::vector<Point> moves_;
  std::vector<Point> row_;
  std::optional<BoardEnd> end_;
};

}  // namespace queqiao::games
