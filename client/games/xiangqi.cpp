#include "client/games/xiangqi.h"

#include <algorithm>

#include "base/assert.h"

namespace queqiao::games {
namespace {

constexpr std::size_t drawing_plies = 120;  // without a capture
constexpr int drawing_repetitions = 3;

std::optional<Square> parse_square(std::string_view text) {
  const Square square{text[0] - 'a', text[1] - '0'};
  return is_on_board(square) ? std::optional(square) : std::nullopt;
}

}  // namespace

std::optional<Xiangqi::Move> Xiangqi::parse(std::string_view move) {
  if (move.size() != 4) return std::nullopt;
  const auto from = parse_square(move.substr(0, 2)), to = parse_square(move.substr(2));
  if (!from || !to) return std::nullopt;
  return Move{*from, *to};
}

std::string Xiangqi::format(const Move& move) {
  std::string text;
  for (const auto square : {move.from, move.to}) {
    text += static_cast<char>('a' + square.file);
    text += static_cast<char>('0' + square.rank);
  }
  return text;
}

std::optional<Xiangqi::Move> Xiangqi::last() const {
  return played_.empty() ? std::nullopt : std::optional(played_.back().move);
}

bool Xiangqi::play(std::string_view text) {
  const auto move = parse(text);
  const auto mover = to_move();
  if (!move || end_ || !board_.is_legal(move->from, move->to, mover)) return false;
  Played played{.move = *move, .captured = board_.at(move->to), .gave_check = false, .position = {}};
  board_.put(move->to, board_.at(move->from));
  board_.put(move->from, std::nullopt);
  played.gave_check = board_.is_in_check(other(mover));
  played.position = board_.key();
  played_.push_back(std::move(played));
  end_ = find_end();
  return true;
}

void Xiangqi::take_back() {
  QUEQIAO_ASSERT(!played_.empty());
  const auto& last = played_.back();
  board_.put(last.move.from, board_.at(last.move.to));
  board_.put(last.move.to, last.captured);
  played_.pop_back();
  end_.reset();
}

std::optional<BoardEnd> Xiangqi::find_end() const {
  const auto mover = to_move();
  if (!board_.has_legal_move(mover)) {
    return BoardEnd{other(mover), board_.is_in_check(mover) ? EndReason::checkmate : EndReason::stalemate};
  }
  if (auto repetition = find_repetition()) return repetition;
  if (is_without_capture()) return BoardEnd{std::nullopt, EndReason::no_capture};
  return std::nullopt;
}

bool Xiangqi::is_without_capture() const {
  if (played_.size() < drawing_plies) return false;
  return std::none_of(played_.end() - drawing_plies, played_.end(),
                      [](const Played& move) { return move.captured.has_value(); });
}

// Positions with the same side to move are two plies apart. In the cycle since the first of them, a side whose every
// move gave check loses, unless the other side did the same.
std::optional<BoardEnd> Xiangqi::find_repetition() const {
  int count = 1;
  std::size_t first = played_.size() - 1;
  for (std::size_t i = played_.size() - 1; i >= 2; i -= 2) {
    if (played_[i - 2].position == played_.back().position) {
      ++count;
      first = i - 2;
    }
    if (i < 4) break;
  }
  if (count < drawing_repetitions) return std::nullopt;
  std::array<bool, 2> always_checks = {true, true};
  for (std::size_t i = first + 1; i < played_.size(); ++i) always_checks[i % 2] &= played_[i].gave_check;
  if (always_checks[0] == always_checks[1]) return BoardEnd{std::nullopt, EndReason::repetition};
  return BoardEnd{always_checks[0] ? Side::second : Side::first, EndReason::perpetual_check};
}

}  // namespace queqiao::games
