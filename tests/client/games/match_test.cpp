#include "client/games/match.h"

#include <gtest/gtest.h>

#include <deque>
#include <random>

#include "client/games/gomoku.h"

namespace queqiao::games {
namespace {

constexpr auto inviter = Player::inviter;
constexpr auto invited = Player::invited;

Step invitation(GameKind kind = GameKind::gomoku) {
  return {.game = "g", .kind = kind, .number = 1, .action = Action::invite};
}

Match playing(std::chrono::seconds clock = std::chrono::seconds(0)) {
  Match match;
  auto step = invitation();
  step.clock = clock;
  EXPECT_TRUE(match.apply(inviter, step));
  EXPECT_TRUE(match.apply(invited, match.next(invited, Action::accept)));
  return match;
}

bool move(Match& match, Player player, const char* at, std::chrono::milliseconds spent = {}) {
  auto step = match.next(player, Action::move);
  step.move = at;
  step.spent = spent;
  return match.apply(player, step);
}

TEST(Match, BeginsWithAnInvitationThatTheOtherAccepts) {
  Match match;
  EXPECT_FALSE(match.apply(invited, invitation()));
  EXPECT_FALSE(match.apply(inviter, {.game = "g", .number = 3, .action = Action::move, .move = "h8"}));
  EXPECT_TRUE(match.apply(inviter, invitation()));
  EXPECT_FALSE(match.apply(inviter, match.next(inviter, Action::accept)));
  EXPECT_TRUE(match.apply(invited, match.next(invited, Action::accept)));
  EXPECT_EQ(match.state(), MatchState::playing);
}

TEST(Match, OnlyWhoIsToActMoves) {
  auto match = playing();
  EXPECT_FALSE(move(match, invited, "h8"));
  EXPECT_TRUE(move(match, inviter, "h8"));
  EXPECT_FALSE(move(match, inviter, "h9"));
  EXPECT_FALSE(move(match, invited, "h8"));  // taken
  EXPECT_TRUE(move(match, invited, "h9"));
}

TEST(Match, AStepThatCameBeforeIsLeftOut) {
  auto match = playing();
  auto step = match.next(inviter, Action::move);
  step.move = "h8";
  EXPECT_TRUE(match.apply(inviter, step));
  EXPECT_FALSE(match.apply(inviter, step));
  EXPECT_EQ(match.steps(), 3U);
}

TEST(Match, UndoGoesBackToTheAskersMove) {
  auto match = playing();
  move(match, inviter, "a1");
  EXPECT_FALSE(match.is_possible(invited, Action::undo_request));                // has not moved
  EXPECT_TRUE(match.apply(inviter, match.next(inviter, Action::undo_request)));  // in passing: the other is to act
  EXPECT_TRUE(match.apply(invited, match.next(invited, Action::undo_accept)));
  EXPECT_EQ(match.board()->plies(), 0U);
  EXPECT_EQ(match.acting(), inviter);
  move(match, inviter, "b2");
  move(match, invited, "c3");
  EXPECT_TRUE(match.apply(inviter, match.next(inviter, Action::undo_request)));  // as a step, and waits
  EXPECT_EQ(match.acting(), invited);
  EXPECT_FALSE(move(match, inviter, "d4"));
  EXPECT_TRUE(match.apply(invited, match.next(invited, Action::undo_accept)));
  EXPECT_EQ(match.board()->plies(), 0U);
}

TEST(Match, ARequestInPassingLapsesWithTheNextMove) {
  auto match = playing();
  move(match, inviter, "a1");
  EXPECT_TRUE(match.apply(inviter, match.next(inviter, Action::draw_offer)));
  EXPECT_TRUE(move(match, invited, "b2"));
  EXPECT_FALSE(match.request());
  EXPECT_FALSE(match.apply(invited, match.next(invited, Action::draw_accept)));
}

TEST(Match, ADrawNeedsBoth) {
  auto match = playing();
  EXPECT_TRUE(match.apply(inviter, match.next(inviter, Action::draw_offer)));
  EXPECT_FALSE(match.apply(inviter, match.next(inviter, Action::draw_accept)));
  EXPECT_TRUE(match.apply(invited, match.next(invited, Action::draw_accept)));
  ASSERT_TRUE(match.end());
  EXPECT_FALSE(match.end()->winner);
}

TEST(Match, ResigningLosesAndCrossedResignationsAreADraw) {
  auto match = playing();
  EXPECT_TRUE(match.apply(invited, match.next(invited, Action::resign)));
  EXPECT_EQ(match.end()->winner, inviter);
  EXPECT_TRUE(match.apply(inviter, match.next(inviter, Action::resign)));
  EXPECT_FALSE(match.end()->winner);
}

TEST(Match, TheClockCountsWhatMovesTook) {
  using namespace std::chrono_literals;
  auto match = playing(10s);
  EXPECT_TRUE(move(match, inviter, "a1", 4s));
  EXPECT_EQ(match.remaining(inviter), 6s);
  EXPECT_TRUE(move(match, invited, "b1", 11s));
  ASSERT_TRUE(match.end());
  EXPECT_EQ(match.end()->winner, inviter);
  EXPECT_EQ(match.end()->reason, EndReason::out_of_time);
}

TEST(Match, TheBoardsEndIsTheMatchsEnd) {
  auto match = playing();
  for (const auto* at : {"a1", "a15", "b1", "b15", "c1", "c15", "d1", "d15", "e1"})
    EXPECT_TRUE(move(match, match.acting(), at));
  EXPECT_EQ(match.end()->winner, inviter);
  EXPECT_FALSE(move(match, invited, "h8"));
}

struct Sent {
  Player from;
  Step step;
};

// One end: what it knows, and what it has sent that the other has not seen.
struct End {
  Match match;
  std::deque<Sent> outbox;
};

void act(End& end, Player player, std::mt19937& random) {
  constexpr std::array actions = {Action::move,        Action::move,        Action::move,        Action::undo_request,
                                  Action::undo_accept, Action::undo_refuse, Action::draw_refuse, Action::draw_offer,
                                  Action::draw_accept, Action::resign};
  const auto action = actions[random() % (random() % 15 == 0 ? actions.size() : actions.size() - 2)];
  if (!end.match.is_possible(player, action)) return;
  auto step = end.match.next(player, action);
  if (action == Action::move)
    step.move = Gomoku::format({static_cast<int>(random() % 15), static_cast<int>(random() % 15)});
  if (end.match.apply(player, step)) end.outbox.push_back({player, step});
}

// Messages take their time and cross. Whatever both do, once everything has arrived both ends tell the same.
TEST(Match, BothEndsAgreeHoweverMessagesCross) {
  for (unsigned seed = 0; seed < 300; ++seed) {
    std::mt19937 random(seed);
    End ends[2];
    for (auto& end : ends) end.match = playing();
    for (int turn = 0; turn < 400; ++turn) {
      const auto who = random() % 2;
      if (random() % 3 == 0) {
        act(ends[who], who == 0 ? inviter : invited, random);
      } else if (!ends[1 - who].outbox.empty()) {
        ends[who].match.apply(ends[1 - who].outbox.front().from, ends[1 - who].outbox.front().step);
        ends[1 - who].outbox.pop_front();
      }
    }
    for (int who : {0, 1}) {
      for (const auto& sent : ends[1 - who].outbox) ends[who].match.apply(sent.from, sent.step);
    }
    const auto& a = ends[0].match;
    const auto& b = ends[1].match;
    ASSERT_EQ(a.state(), b.state()) << seed;
    ASSERT_EQ(a.board()->plies(), b.board()->plies()) << seed;
    if (a.state() != MatchState::over) {
      ASSERT_EQ(a.steps(), b.steps()) << seed;
      ASSERT_EQ(a.acting(), b.acting()) << seed;
    } else {
      ASSERT_EQ(a.end()->winner, b.end()->winner) << seed;
    }
  }
}

}  // namespace
}  // namespace queqiao::games
