#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

namespace queqiao::games {

// Who moves first and who second: black and white in Gomoku, red and black in Chinese chess.
enum class Side : unsigned char { first, second };
constexpr Side other(Side side) {
  return side == Side::first ? Side::second : Side::first;
}

enum class EndReason : unsigned char {
  five_in_a_row,
  full_board,
  checkmate,
  stalemate,        // no legal move loses, in Chinese chess
  repetition,       // the same position for the third time: a draw
  perpetual_check,  // who keeps giving check loses by the third repetition
  no_capture,       // 60 moves of each side without one: a draw
  resigned,
  agreed_draw,
  out_of_time,
  resigned_together  // both at the same moment: a draw
};

struct BoardEnd {
  std::optional<Side> winner;  // nothing: a draw
  EndReason reason = EndReason::full_board;
};

// The rules of one game on a board, from its beginning. A value of its own: no thread, no clock, no Qt.
class BoardGame {
 public:
  virtual ~BoardGame() = default;
  virtual Side to_move() const = 0;
  virtual std::size_t plies() const = 0;  // moves of either side since the beginning
  // False, and nothing has changed, when `move` is no text of a move, is not legal, or the game is over.
  virtual bool play(std::string_view move) = 0;
  virtual void take_back() = 0;  // the last move; only when plies() > 0
  virtual std::optional<BoardEnd> end() const = 0;
};

}  // namespace queqiao::games
