#include "client/games/xiangqi.h"

#include <gtest/gtest.h>

#include <random>

namespace queqiao::games {
namespace {

Square at(const char* name) {
  return {name[0] - 'a', name[1] - '0'};
}

XiangqiBoard board_of(std::initializer_list<std::pair<const char*, Piece>> pieces) {
  XiangqiBoard board;
  for (int i = 0; i < 90; ++i) board.put({i % 9, i / 9}, std::nullopt);
  for (const auto& [square, piece] : pieces) board.put(at(square), piece);
  return board;
}

std::size_t count_positions(const Xiangqi& game, std::vector<std::string>& line, int depth) {
  if (depth == 0) return 1;
  std::size_t count = 0;
  for (int i = 0; i < 90; ++i) {
    const Square from{i % 9, i / 9};
    const auto& piece = game.board().at(from);
    if (!piece || piece->side != game.to_move()) continue;
    for (const auto to : game.board().legal_targets(from)) {
      Xiangqi next;
      for (const auto& move : line) next.play(move);
      line.push_back(Xiangqi::format({from, to}));
      EXPECT_TRUE(next.play(line.back()));
      count += count_positions(next, line, depth - 1);
      line.pop_back();
    }
  }
  return count;
}

constexpr Piece red(PieceKind kind) {
  return {Side::first, kind};
}
constexpr Piece black(PieceKind kind) {
  return {Side::second, kind};
}

// The numbers of positions after one and two plies are known.
TEST(Xiangqi, TheOpeningHasAsManyContinuationsAsIsKnown) {
  Xiangqi game;
  std::vector<std::string> line;
  EXPECT_EQ(count_positions(game, line, 1), 44U);
  EXPECT_EQ(count_positions(game, line, 2), 1920U);
}

TEST(Xiangqi, MovesAreFromAndTo) {
  Xiangqi game;
  for (const auto* bad : {"", "h2", "h2e", "h2e22", "j2e2", "h:e2", "H2E2", "e5e6", "h2h2", "a0i0"})
    EXPECT_FALSE(game.play(bad)) << bad;
  EXPECT_TRUE(game.play("h2e2"));
  EXPECT_FALSE(game.play("b2d2"));  // black's turn
  EXPECT_TRUE(game.play("h9g7"));
}

TEST(Xiangqi, AHorseIsHobbledAndAnElephantBlinded) {
  using enum PieceKind;
  const auto board = board_of({{"e0", red(general)},
                               {"d9", black(general)},
                               {"e4", red(horse)},
                               {"e5", red(soldier)},
                               {"c0", red(elephant)},
                               {"d1", black(soldier)}});
  EXPECT_FALSE(board.is_reachable(at("e4"), at("f6")));
  EXPECT_TRUE(board.is_reachable(at("e4"), at("g5")));
  EXPECT_FALSE(board.is_reachable(at("c0"), at("e2")));
  EXPECT_TRUE(board.is_reachable(at("c0"), at("a2")));
}

TEST(Xiangqi, NobodyLeavesTheirPalaceOrWadesTheRiver) {
  using enum PieceKind;
  const auto board =
      board_of({{"d0", red(general)}, {"f9", black(general)}, {"f1", red(advisor)}, {"g4", red(elephant)}});
  EXPECT_FALSE(board.is_reachable(at("d0"), at("c0")));
  EXPECT_FALSE(board.is_reachable(at("f1"), at("g2")));
  EXPECT_TRUE(board.is_reachable(at("f1"), at("e2")));
  EXPECT_FALSE(board.is_reachable(at("g4"), at("e6")));
}

TEST(Xiangqi, ASoldierGoesSidewaysBeyondTheRiverOnly) {
  using enum PieceKind;
  const auto board =
      board_of({{"d0", red(general)}, {"f9", black(general)}, {"a4", red(soldier)}, {"c5", red(soldier)}});
  EXPECT_FALSE(board.is_reachable(at("a4"), at("b4")));
  EXPECT_TRUE(board.is_reachable(at("a4"), at("a5")));
  EXPECT_TRUE(board.is_reachable(at("c5"), at("b5")));
  EXPECT_FALSE(board.is_reachable(at("c5"), at("c4")));
}

TEST(Xiangqi, ACannonTakesOverExactlyOnePiece) {
  Xiangqi game;
  EXPECT_TRUE(game.board().is_reachable(at("b2"), at("b9")));
  EXPECT_FALSE(game.board().is_reachable(at("b2"), at("b8")));  // needs no piece between to go there
  EXPECT_TRUE(game.board().is_reachable(at("b2"), at("b6")));
  EXPECT_FALSE(game.board().is_reachable(at("b2"), at("b7")));
}

TEST(Xiangqi, GeneralsMayNotFaceEachOther) {
  using enum PieceKind;
  const auto board = board_of({{"e0", red(general)}, {"e9", black(general)}, {"e4", red(chariot)}});
  EXPECT_FALSE(board.is_legal(at("e4"), at("d4"), Side::first));
  EXPECT_TRUE(board.is_legal(at("e4"), at("e7"), Side::first));
}

TEST(Xiangqi, CheckMustBeAnswered) {
  Xiangqi game;
  // The cannon takes the middle soldier and has black's advisor between itself and the general.
  for (const auto* move : {"h2e2", "d9e8", "e2e6"}) ASSERT_TRUE(game.play(move)) << move;
  EXPECT_TRUE(game.is_in_check());
  EXPECT_FALSE(game.play("a9a8"));
  EXPECT_TRUE(game.play("e8d9"));
  EXPECT_FALSE(game.board().is_in_check(Side::second));
}

TEST(Xiangqi, MateAndStalemateBothLose) {
  using enum PieceKind;
  // Two chariots: one gives check on the last rank, the other keeps the rank before it.
  const auto mated =
      board_of({{"d0", red(general)}, {"e9", black(general)}, {"a9", red(chariot)}, {"i8", red(chariot)}});
  EXPECT_TRUE(mated.is_in_check(Side::second));
  EXPECT_FALSE(mated.has_legal_move(Side::second));
  // The general may not face the other one, nor step before the chariot.
  const auto stuck = board_of({{"e0", red(general)}, {"d9", black(general)}, {"a8", red(chariot)}});
  EXPECT_FALSE(stuck.is_in_check(Side::second));
  EXPECT_FALSE(stuck.has_legal_move(Side::second));
}

TEST(Xiangqi, TheThirdRepetitionWithoutChecksIsADraw) {
  Xiangqi game;
  for (int i = 0; i < 2; ++i) {
    for (const auto* move : {"a0a1", "a9a8", "a1a0", "a8a9"}) ASSERT_TRUE(game.play(move));
  }
  ASSERT_FALSE(game.end());
  ASSERT_TRUE(game.play("a0a1"));
  ASSERT_TRUE(game.end());
  EXPECT_FALSE(game.end()->winner);
  EXPECT_EQ(game.end()->reason, EndReason::repetition);
}

TEST(Xiangqi, TakingBackRestoresWhatWasTaken) {
  Xiangqi game;
  const auto before = game.board().key();
  ASSERT_TRUE(game.play("b2b9"));
  game.take_back();
  EXPECT_EQ(game.board().key(), before);
  EXPECT_EQ(game.to_move(), Side::first);
}

// However a game goes, taking everything back is the opening position, and nobody is ever left in check by their own
// move.
TEST(Xiangqi, RandomGamesKeepTheirRules) {
  std::mt19937 random(7);
  for (int round = 0; round < 20; ++round) {
    Xiangqi game;
    while (!game.end() && game.plies() < 300) {
      std::vector<Xiangqi::Move> moves;
      for (int i = 0; i < 90; ++i) {
        const Square from{i % 9, i / 9};
        const auto& piece = game.board().at(from);
        if (!piece || piece->side != game.to_move()) continue;
        for (const auto to : game.board().legal_targets(from)) moves.push_back({from, to});
      }
      ASSERT_FALSE(moves.empty());
      const auto mover = game.to_move();
      ASSERT_TRUE(game.play(Xiangqi::format(moves[random() % moves.size()])));
      EXPECT_FALSE(game.board().is_in_check(mover));
    }
    while (game.plies() > 0) game.take_back();
    EXPECT_EQ(game.board().key(), XiangqiBoard().key());
  }
}

}  // namespace
}  // namespace queqiao::games
