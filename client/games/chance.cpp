#include "client/games/chance.h"

#include "base/crypto.h"
#include "base/encoding.h"
#include "base/text.h"

namespace queqiao::games {
namespace {

constexpr std::array<std::string_view, 3> choices = {"rock", "paper", "scissors"};  // each is beaten by the next

std::size_t index(Player player) {
  return static_cast<std::size_t>(player);
}

std::optional<int> choice_number(std::string_view value) {
  for (std::size_t i = 0; i < choices.size(); ++i) {
    if (choices[i] == value) return static_cast<int>(i);
  }
  return std::nullopt;
}

bool is_value(GameKind kind, std::string_view value) {
  return kind == GameKind::dice ? parse_number<std::uint64_t>(value).has_value() : choice_number(value).has_value();
}

}  // namespace

std::string Secret::commitment(std::string_view game, Player player) const {
  std::string text;
  // Lengths, so that no two tuples are the same text.
  for (const std::string_view part : {game, std::string_view(player == Player::inviter ? "inviter" : "invited"),
                                      std::string_view(value), std::string_view(nonce)}) {
    text += std::to_string(part.size());
    text += ':';
    text += part;
  }
  return hex_encode(sha256(text));
}

Secret make_dice_secret() {
  return {std::to_string(random_number()), random_id()};
}

Secret make_choice_secret(std::string_view choice) {
  return {std::string(choice), random_id()};
}

bool ChanceMatch::apply(Player from, const Step& step) {
  if (state_ == ChanceState::none) return apply_invitation(from, step);
  if (step.game != id_ || step.kind != kind_) return false;
  if (step.action == Action::resign && state_ == ChanceState::invited && from == Player::inviter) {
    state_ = ChanceState::cancelled;
    return true;
  }
  if (step.is_out_of_turn || step.number != steps_ + 1) return false;
  return state_ == ChanceState::invited ? apply_answer(from, step) : apply_reveal(from, step);
}

bool ChanceMatch::apply_invitation(Player from, const Step& step) {
  if (from != Player::inviter || step.action != Action::invite || step.is_out_of_turn || step.number != 1) return false;
  if ((step.kind != GameKind::dice && step.kind != GameKind::rock_paper_scissors) || step.commitment.empty())
    return false;
  id_ = step.game;
  kind_ = step.kind;
  commitments_[index(from)] = step.commitment;
  steps_ = 1;
  state_ = ChanceState::invited;
  return true;
}

bool ChanceMatch::apply_answer(Player from, const Step& step) {
  if (from != Player::invited) return false;
  if (step.action == Action::decline) {
    state_ = ChanceState::declined;
  } else if (step.action == Action::accept && !step.commitment.empty()) {
    commitments_[index(from)] = step.commitment;
    state_ = ChanceState::inviter_reveals;
  } else {
    return false;
  }
  steps_ = 2;
  return true;
}

bool ChanceMatch::apply_reveal(Player from, const Step& step) {
  if (state_ != ChanceState::inviter_reveals && state_ != ChanceState::invited_reveals) return false;
  if (from != acting() || step.action != Action::reveal) return false;
  const Secret secret{step.value, step.nonce};
  const bool is_honest = is_value(kind_, step.value) && secret.commitment(id_, from) == commitments_[index(from)];
  ++steps_;
  if (!is_honest) {
    cheater_ = from;
    state_ = ChanceState::over;
    return true;
  }
  values_[index(from)] = step.value;
  state_ = state_ == ChanceState::inviter_reveals ? ChanceState::invited_reveals : ChanceState::over;
  return true;
}

// A hash of both numbers, so that knowing one of them, or choosing it cleverly, tells nothing about the die.
int ChanceMatch::die(Player player) const {
  const auto bytes = sha256(id_ + ':' + values_[0] + ':' + values_[1] + (player == Player::inviter ? ":0" : ":1"));
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < sizeof(number); ++i) number = number << 8 | static_cast<unsigned char>(bytes[i]);
  return static_cast<int>(number % 6) + 1;
}

std::optional<Player> ChanceMatch::winner() const {
  if (state_ != ChanceState::over) return std::nullopt;
  if (cheater_) return games::other(*cheater_);
  if (kind_ == GameKind::dice) {
    const int inviter = die(Player::inviter), invited = die(Player::invited);
    if (inviter == invited) return std::nullopt;
    return inviter > invited ? Player::inviter : Player::invited;
  }
  const int lead = (*choice_number(values_[0]) - *choice_number(values_[1]) + 3) % 3;
  if (lead == 0) return std::nullopt;
  return lead == 1 ? Player::inviter : Player::invited;
}

Step ChanceMatch::next(Action action) const {
  Step step{.game = id_, .kind = kind_, .action = action};
  step.is_out_of_turn = action == Action::resign;
  step.number = steps_ + (step.is_out_of_turn ? 0 : 1);
  return step;
}

}  // namespace queqiao::games
