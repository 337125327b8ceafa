#include "client/games/gomoku.h"

#include <utility>

#include "base/assert.h"
#include "base/text.h"

namespace queqiao::games {
namespace {

constexpr std::size_t winning_count = 5;
constexpr std::array<std::pair<int, int>, 4> directions = {{{1, 0}, {0, 1}, {1, 1}, {1, -1}}};

constexpr std::size_t index(Gomoku::Point point) {
  return static_cast<std::size_t>(point.row * Gomoku::size + point.column);
}

}  // namespace

bool Gomoku::is_on_board(Point point) {
  return point.column >= 0 && point.column < size && point.row >= 0 && point.row < size;
}

std::optional<Gomoku::Point> Gomoku::parse(std::string_view move) {
  if (move.size() < 2) return std::nullopt;
  const auto row = parse_number<int>(move.substr(1));
  if (!row || move[1] == '0') return std::nullopt;
  const Point point{move[0] - 'a', *row - 1};
  return is_on_board(point) ? std::optional(point) : std::nullopt;
}

std::string Gomoku::format(Point point) {
  return static_cast<char>('a' + point.column) + std::to_string(point.row + 1);
}

std::optional<Side> Gomoku::at(Point point) const {
  return is_on_board(point) ? stones_[index(point)] : std::nullopt;
}

std::optional<Gomoku::Point> Gomoku::last() const {
  return moves_.empty() ? std::nullopt : std::optional(moves_.back());
}

bool Gomoku::play(std::string_view move) {
  const auto point = parse(move);
  if (!point || end_ || at(*point)) return false;
  const auto side = to_move();
  stones_[index(*point)] = side;
  moves_.push_back(*point);
  row_ = row_through(*point);
  if (!row_.empty()) {
    end_ = BoardEnd{side, EndReason::five_in_a_row};
  } else if (moves_.size() == stones_.size()) {
    end_ = BoardEnd{std::nullopt, EndReason::full_board};
  }
  return true;
}

void Gomoku::take_back() {
  QUEQIAO_ASSERT(!moves_.empty());
  stones_[index(moves_.back())].reset();
  moves_.pop_back();
  row_.clear();
  end_.reset();
}

std::vector<Gomoku::Point> Gomoku::row_through(Point point) const {
  const auto side = at(point);
  for (const auto& [dx, dy] : directions) {
    auto start = point;
    while (at({start.column - dx, start.row - dy}) == side) start = {start.column - dx, start.row - dy};
    std::vector<Point> row;
    for (auto next = start; at(next) == side; next = {next.column + dx, next.row + dy}) row.push_back(next);
    if (row.size() >= winning_count) return row;
  }
  return {};
}

}  // namespace queqiao::games
