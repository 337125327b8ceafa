#pragma once

#include <array>
#include <string>
#include <vector>

#include "client/games/board_game.h"

namespace queqiao::games {

enum class PieceKind : unsigned char { general, advisor, elephant, horse, chariot, cannon, soldier };

struct Piece {
  Side side = Side::first;
  PieceKind kind = PieceKind::soldier;
  bool operator==(const Piece&) const = default;
};

struct Square {
  int file = 0, rank = 0;  // a-i from 0; 0-9 from red's side
  bool operator==(const Square&) const = default;
};

constexpr bool is_on_board(Square square) {
  return square.file >= 0 && square.file < 9 && square.rank >= 0 && square.rank < 10;
}

// Where the pieces are, and how they may go.
class XiangqiBoard {
 public:
  XiangqiBoard();  // the opening position

  const std::optional<Piece>& at(Square square) const {
    return squares_[static_cast<std::size_t>(square.rank * 9 + square.file)];
  }
  void put(Square square, std::optional<Piece> piece) {
    squares_[static_cast<std::size_t>(square.rank * 9 + square.file)] = piece;
  }
  // The move of a piece of its owner, as the piece goes, without regard to check.
  bool is_reachable(Square from, Square to) const;
  bool is_in_check(Side side) const;  // attacked, or the two generals face each other
  bool is_legal(Square from, Square to, Side mover) const;
  bool has_legal_move(Side side) const;
  std::vector<Square> legal_targets(Square from) const;
  std::string key() const;  // equal for equal positions

 private:
  bool goes_like_its_kind(const Piece& piece, Square from, Square to) const;
  int pieces_between(Square from, Square to) const;  // in a straight line; -1: not in one
  std::optional<Square> general_of(Side side) const;

  std::array<std::optional<Piece>, 90> squares_;
};

// Chinese chess, 象棋. Moves are written as in ICCS: "h2e2", from and to, files a-i from red's left, ranks 0-9 from
// red's side. Red is Side::first.
class Xiangqi final : public BoardGame {
 public:
  struct Move {
    Square from, to;
  };
  static std::optional<Move> parse(std::string_view move);
  static std::string format(const Move& move);

  Side to_move() const override { return played_.size() % 2 == 0 ? Side::first : Side::second; }
  std::size_t plies() const override { return played_.size(); }
  bool play(std::string_view move) override;
  void take_back() override;
  std::optional<BoardEnd> end() const override { return end_; }

  const XiangqiBoard& board() const { return board_; }
  std::optional<Move> last() const;
  bool is_in_check() const { return board_.is_in_check(to_move()); }

 private:
  struct Played {
    Move move;
    std::optional<Piece> captured;
    bool gave_check = false;
    std::string position;  // after the move
  };
  std::optional<BoardEnd> find_end() const;
  std::optional<BoardEnd> find_repetition() const;
  bool is_without_capture() const;

  XiangqiBoard board_;
  std::vector<Played> played_;
  std::optional<BoardEnd> end_;
};

}  // namespace queqiao::games
