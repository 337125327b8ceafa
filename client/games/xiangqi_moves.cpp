#include <cstdlib>

#include "client/games/xiangqi.h"

// How the pieces of Chinese chess go.
namespace queqiao::games {
namespace {

constexpr bool is_in_palace(Square square, Side side) {
  const int low = side == Side::first ? 0 : 7;
  return square.file >= 3 && square.file <= 5 && square.rank >= low && square.rank <= low + 2;
}

constexpr bool is_across_river(Square square, Side side) {
  return side == Side::first ? square.rank >= 5 : square.rank <= 4;
}

constexpr int forward(Side side) {
  return side == Side::first ? 1 : -1;
}

constexpr bool is_soldiers_step(Square from, int files, int ranks, Side side) {
  if (ranks == forward(side) && files == 0) return true;
  return ranks == 0 && std::abs(files) == 1 && is_across_river(from, side);
}

}  // namespace

XiangqiBoard::XiangqiBoard() {
  using enum PieceKind;
  constexpr std::array back = {chariot, horse, elephant, advisor, general, advisor, elephant, horse, chariot};
  for (const auto side : {Side::first, Side::second}) {
    const auto rank = [side](int from_own_edge) { return side == Side::first ? from_own_edge : 9 - from_own_edge; };
    for (int file = 0; file < 9; ++file) put({file, rank(0)}, Piece{side, back[static_cast<std::size_t>(file)]});
    for (const int file : {1, 7}) put({file, rank(2)}, Piece{side, cannon});
    for (int file = 0; file < 9; file += 2) put({file, rank(3)}, Piece{side, soldier});
  }
}

int XiangqiBoard::pieces_between(Square from, Square to) const {
  if ((from.file != to.file) == (from.rank != to.rank)) return -1;
  const int dx = (to.file > from.file) - (to.file < from.file);
  const int dy = (to.rank > from.rank) - (to.rank < from.rank);
  int count = 0;
  for (Square next{from.file + dx, from.rank + dy}; next != to; next = {next.file + dx, next.rank + dy}) {
    if (at(next)) ++count;
  }
  return count;
}

bool XiangqiBoard::goes_like_its_kind(const Piece& piece, Square from, Square to) const {
  const int files = to.file - from.file, ranks = to.rank - from.rank;
  const int wide = std::abs(files), high = std::abs(ranks);
  switch (piece.kind) {
    case PieceKind::general:
      return wide + high == 1 && is_in_palace(to, piece.side);
    case PieceKind::advisor:
      return wide == 1 && high == 1 && is_in_palace(to, piece.side);
    case PieceKind::elephant:  // its eye must be free, and it stays on its side
      return wide == 2 && high == 2 && !is_across_river(to, piece.side) &&
             !at({from.file + files / 2, from.rank + ranks / 2});
    case PieceKind::horse:  // its leg must be free
      if (wide == 2 && high == 1) return !at({from.file + files / 2, from.rank});
      if (wide == 1 && high == 2) return !at({from.file, from.rank + ranks / 2});
      return false;
    case PieceKind::chariot:
      return pieces_between(from, to) == 0;
    case PieceKind::cannon:
      return pieces_between(from, to) == (at(to) ? 1 : 0);
    case PieceKind::soldier:
      return is_soldiers_step(from, files, ranks, piece.side);
  }
  return false;
}

bool XiangqiBoard::is_reachable(Square from, Square to) const {
  if (!games::is_on_board(from) || !games::is_on_board(to) || from == to) return false;
  const auto& piece = at(from);
  if (!piece || (at(to) && at(to)->side == piece->side)) return false;
  return goes_like_its_kind(*piece, from, to);
}

std::optional<Square> XiangqiBoard::general_of(Side side) const {
  for (int i = 0; i < 90; ++i) {
    const Square square{i % 9, i / 9};
    if (at(square) == Piece{side, PieceKind::general}) return square;
  }
  return std::nullopt;
}

bool XiangqiBoard::is_in_check(Side side) const {
  const auto general = general_of(side);
  if (!general) return true;
  for (int i = 0; i < 90; ++i) {
    const Square square{i % 9, i / 9};
    const auto& piece = at(square);
    if (!piece || piece->side == side) continue;
    if (is_reachable(square, *general)) return true;
    if (piece->kind == PieceKind::general && square.file == general->file && pieces_between(square, *general) == 0)
      return true;
  }
  return false;
}

bool XiangqiBoard::is_legal(Square from, Square to, Side mover) const {
  if (!is_reachable(from, to) || at(from)->side != mover) return false;
  auto after = *this;
  after.put(to, at(from));
  after.put(from, std::nullopt);
  return !after.is_in_check(mover);
}

std::vector<Square> XiangqiBoard::legal_targets(Square from) const {
  std::vector<Square> targets;
  if (!games::is_on_board(from) || !at(from)) return targets;
  for (int i = 0; i < 90; ++i) {
    const Square to{i % 9, i / 9};
    if (is_legal(from, to, at(from)->side)) targets.push_back(to);
  }
  return targets;
}

bool XiangqiBoard::has_legal_move(Side side) const {
  for (int i = 0; i < 90; ++i) {
    const Square from{i % 9, i / 9};
    if (at(from) && at(from)->side == side && !legal_targets(from).empty()) return true;
  }
  return false;
}

std::string XiangqiBoard::key() const {
  std::string key(squares_.size(), ' ');
  for (std::size_t i = 0; i < squares_.size(); ++i) {
    if (const auto& piece = squares_[i]) {
      key[i] = static_cast<char>((piece->side == Side::first ? 'A' : 'a') + static_cast<int>(piece->kind));
    }
  }
  return key;
}

}  // namespace queqiao::games
