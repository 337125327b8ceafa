#include "client/games/chance.h"

#include <gtest/gtest.h>

namespace queqiao::games {
namespace {

constexpr auto inviter = Player::inviter;
constexpr auto invited = Player::invited;

struct Throw {
  GameKind kind;
  Secret first, second;
};

Step invitation(const Throw& game) {
  Step step{.game = "g", .kind = game.kind, .number = 1, .action = Action::invite};
  step.commitment = game.first.commitment("g", inviter);
  return step;
}

Step acceptance(const ChanceMatch& match, const Throw& game) {
  auto step = match.next(Action::accept);
  step.commitment = game.second.commitment("g", invited);
  return step;
}

Step reveal(const ChanceMatch& match, const Secret& secret) {
  auto step = match.next(Action::reveal);
  step.value = secret.value;
  step.nonce = secret.nonce;
  return step;
}

ChanceMatch played(const Throw& game) {
  ChanceMatch match;
  EXPECT_TRUE(match.apply(inviter, invitation(game)));
  EXPECT_TRUE(match.apply(invited, acceptance(match, game)));
  EXPECT_TRUE(match.apply(inviter, reveal(match, game.first)));
  EXPECT_TRUE(match.apply(invited, reveal(match, game.second)));
  return match;
}

Throw choices(const char* first, const char* second) {
  return {GameKind::rock_paper_scissors, make_choice_secret(first), make_choice_secret(second)};
}

TEST(Chance, PaperWrapsRockScissorsCutPaperRockBluntsScissors) {
  EXPECT_EQ(played(choices("paper", "rock")).winner(), inviter);
  EXPECT_EQ(played(choices("paper", "scissors")).winner(), invited);
  EXPECT_EQ(played(choices("rock", "scissors")).winner(), inviter);
  EXPECT_EQ(played(choices("rock", "rock")).winner(), std::nullopt);
}

TEST(Chance, DiceShowOneToSixAndComeFromBothNumbers) {
  std::array<int, 7> seen{};
  for (int i = 0; i < 600; ++i) {
    const auto match = played({GameKind::dice, make_dice_secret(), make_dice_secret()});
    for (const auto player : {inviter, invited}) {
      ASSERT_GE(match.die(player), 1);
      ASSERT_LE(match.die(player), 6);
      ++seen[static_cast<std::size_t>(match.die(player))];
    }
  }
  for (std::size_t face = 1; face <= 6; ++face) EXPECT_GT(seen[face], 0) << face;
}

TEST(Chance, AnotherValueThanTheCommittedOneLoses) {
  const auto game = choices("rock", "paper");
  ChanceMatch match;
  match.apply(inviter, invitation(game));
  match.apply(invited, acceptance(match, game));
  EXPECT_TRUE(match.apply(inviter, reveal(match, {"scissors", game.first.nonce})));
  EXPECT_EQ(match.cheater(), inviter);
  EXPECT_EQ(match.winner(), invited);
}

TEST(Chance, TheOthersCommitmentCannotBeCopied) {
  auto game = choices("rock", "paper");
  ChanceMatch match;
  match.apply(inviter, invitation(game));
  auto copy = match.next(Action::accept);
  copy.commitment = invitation(game).commitment;
  match.apply(invited, copy);
  match.apply(inviter, reveal(match, game.first));
  match.apply(invited, reveal(match, game.first));
  EXPECT_EQ(match.cheater(), invited);
}

TEST(Chance, NobodyRevealsBeforeBothHaveCommitted) {
  const auto game = choices("rock", "paper");
  ChanceMatch match;
  match.apply(inviter, invitation(game));
  EXPECT_FALSE(match.apply(inviter, reveal(match, game.first)));
  EXPECT_FALSE(match.apply(invited, match.next(Action::accept)));  // without a commitment
  match.apply(invited, acceptance(match, game));
  EXPECT_FALSE(match.apply(invited, reveal(match, game.second)));  // the inviter is first
  EXPECT_EQ(match.state(), ChanceState::inviter_reveals);
}

TEST(Chance, AValueThatIsNoneLoses) {
  const auto game = choices("well", "paper");
  ChanceMatch match;
  match.apply(inviter, invitation(game));
  match.apply(invited, acceptance(match, game));
  match.apply(inviter, reveal(match, game.first));
  EXPECT_EQ(match.cheater(), inviter);
}

}  // namespace
}  // namespace queqiao::games
