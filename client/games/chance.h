#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "client/games/match.h"
#include "client/games/step.h"

namespace queqiao::games {

// What a player has fixed before knowing the other's: sent as its hash first, shown later.
struct Secret {
  std::string value;  // a number for dice; rock, paper or scissors
  std::string nonce;  // unpredictable, so that nobody can try all values against the hash

  // SHA-256, in hexadecimal, over game, player, value and nonce: it cannot be used for another game or by the other
  // player.
  std::string commitment(std::string_view game, Player player) const;
};

Secret make_dice_secret();                           // 64 random bits
Secret make_choice_secret(std::string_view choice);  // "rock", "paper" or "scissors"

enum class ChanceState : unsigned char { none, invited, declined, inviter_reveals, invited_reveals, over, cancelled };

// Dice or rock-paper-scissors: both commit, then both reveal, so neither can choose after seeing the other. Who does
// not reveal leaves the game open for everybody to see, and a false reveal loses.
class ChanceMatch {
 public:
  bool apply(Player from, const Step& step);  // false: does not fit, left out

  ChanceState state() const { return state_; }
  GameKind kind() const { return kind_; }
  const std::string& id() const { return id_; }
  std::uint32_t steps() const { return steps_; }
  Player acting() const { return state_ == ChanceState::inviter_reveals ? Player::inviter : Player::invited; }
  const std::string& revealed(Player player) const { return values_[static_cast<std::size_t>(player)]; }

  // Once over. Dice: 1-6, from both numbers, so that neither side alone decides them.
  int die(Player player) const;
  std::optional<Player> winner() const;                       // nothing: a draw
  std::optional<Player> cheater() const { return cheater_; }  // revealed what was not committed

  Step next(Action action) const;  // number and game filled in

 private:
  bool apply_invitation(Player from, const Step& step);
  bool apply_answer(Player from, const Step& step);
  bool apply_reveal(Player from, const Step& step);

  ChanceState state_ = ChanceState::none;
  GameKind kind_ = GameKind::dice;
  std::string id_;
  std::uint32_t steps_ = 0;
  std::array<std::string, 2> commitments_, values_;
  std::optional<Player> cheater_;
};

}  // namespace queqiao::games
