#include "client/games/gomoku.h"

#include <gtest/gtest.h>

namespace queqiao::games {
namespace {

void play_all(Gomoku& game, std::initializer_list<const char*> moves) {
  for (const auto* move : moves) ASSERT_TRUE(game.play(move)) << move;
}

TEST(Gomoku, MovesNameColumnAndRow) {
  EXPECT_EQ(Gomoku::parse("a1"), (Gomoku::Point{0, 0}));
  EXPECT_EQ(Gomoku::parse("o15"), (Gomoku::Point{14, 14}));
  EXPECT_EQ(Gomoku::format({7, 7}), "h8");
  for (const auto* bad : {"", "a", "a0", "a16", "p1", "A1", "a01", "a1 ", "a-1", "1a", "a99999999999"}) {
    EXPECT_FALSE(Gomoku::parse(bad)) << bad;
  }
}

TEST(Gomoku, AStoneNeedsAnEmptyPoint) {
  Gomoku game;
  EXPECT_TRUE(game.play("h8"));
  EXPECT_FALSE(game.play("h8"));
  EXPECT_EQ(game.to_move(), Side::second);
}

TEST(Gomoku, FiveInARowWinInEveryDirection) {
  const std::vector<std::vector<const char*>> games = {
      {"a1", "a15", "b1", "b15", "c1", "c15", "d1", "d15", "e1"},
      {"a1", "o1", "a2", "o2", "a3", "o3", "a4", "o4", "a5"},
      {"a1", "o1", "b2", "o2", "c3", "o3", "d4", "o4", "e5"},
      {"a5", "o1", "b4", "o2", "c3", "o3", "d2", "o4", "e1"},
      {"a1", "a15", "b1", "b15", "d1", "c15", "e1", "d15", "c1"}};  // the gap is filled last
  for (const auto& moves : games) {
    Gomoku game;
    for (const auto* move : moves) {
      EXPECT_FALSE(game.end());
      ASSERT_TRUE(game.play(move)) << move;
    }
    ASSERT_TRUE(game.end());
    EXPECT_EQ(game.end()->winner, Side::first);
    EXPECT_EQ(game.row().size(), 5U);
    EXPECT_FALSE(game.play("h8"));
  }
}

TEST(Gomoku, MoreThanFiveWinAsWell) {
  Gomoku game;
  play_all(game, {"a1", "a15", "b1", "b15", "c1", "c15", "e1", "e15", "f1", "f15", "d1"});
  ASSERT_TRUE(game.end());
  EXPECT_EQ(game.row().size(), 6U);
}

TEST(Gomoku, TakingBackTheWinningMoveOpensTheGameAgain) {
  Gomoku game;
  play_all(game, {"a1", "a15", "b1", "b15", "c1", "c15", "d1", "d15", "e1"});
  game.take_back();
  EXPECT_FALSE(game.end());
  EXPECT_EQ(game.to_move(), Side::first);
  EXPECT_FALSE(game.at({4, 0}));
  play_all(game, {"h8", "e15"});
  EXPECT_EQ(game.end()->winner, Side::second);
}

TEST(Gomoku, AFullBoardWithoutARowIsADraw) {
  // Rows of pairs, shifted by two in every second pair of rows: nowhere three of a kind along a line of any direction
  // for long.
  std::vector<Gomoku::Point> first, second;
  for (int row = 0; row < Gomoku::size; ++row) {
    for (int column = 0; column < Gomoku::size; ++column) {
      const bool is_first = (column + 2 * row) % 4 < 2;
      (is_first ? first : second).push_back({column, row});
    }
  }
  while (first.size() > second.size() + 1) {
    second.push_back(first.back());
    first.pop_back();
  }
  while (second.size() >= first.size()) {
    first.push_back(second.back());
    second.pop_back();
  }
  Gomoku game;
  for (std::size_t i = 0; i < first.size(); ++i) {
    ASSERT_TRUE(game.play(Gomoku::format(first[i])));
    ASSERT_TRUE(i >= second.size() || game.play(Gomoku::format(second[i])));
  }
  ASSERT_TRUE(game.end());
  EXPECT_FALSE(game.end()->winner);
  EXPECT_EQ(game.end()->reason, EndReason::full_board);
}

}  // namespace
}  // namespace queqiao::games
