#pragma once

#include <array>
#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "client/games/board_game.h"
#include "client/games/step.h"

namespace queqiao::games {

enum class Player : unsigned char { inviter, invited };
constexpr Player other(Player player) {
  return player == Player::inviter ? Player::invited : Player::inviter;
}

enum class MatchState : unsigned char { none, invited, declined, playing, over };

struct MatchEnd {
  std::optional<Player> winner;  // nothing: a draw
  EndReason reason = EndReason::resigned;
};

// One board game between two people, as the sequence of messages tells it (docs/protocol/games.md). Both ends feed it
// what either side sent, in the order of their archives, and get the same state; what does not fit is left out by both.
// At every moment exactly one side may take the next step, so two messages that cross cannot tell the two ends
// different stories.
class Match {
 public:
  // False when the step does not fit and was left out.
  bool apply(Player from, const Step& step);

  MatchState state() const { return state_; }
  const BoardGame* board() const { return board_.get(); }  // null before the invitation
  GameKind kind() const { return kind_; }
  const std::string& id() const { return id_; }
  std::uint32_t steps() const { return steps_; }
  Player acting() const;  // who may take the next step; while invited or playing
  Side side_of(Player player) const { return player == Player::inviter ? inviter_side_ : games::other(inviter_side_); }
  Player player_of(Side side) const { return side == inviter_side_ ? Player::inviter : Player::invited; }
  const std::optional<MatchEnd>& end() const { return end_; }

  struct Request {
    Player by = Player::inviter;
    Action action = Action::undo_request;  // or draw_offer
    bool is_step = false;                  // the asker was to act, and waits
  };
  const std::optional<Request>& request() const { return request_; }  // that waits for an answer, while playing

  bool has_clock() const { return clock_.count() > 0; }
  std::chrono::milliseconds remaining(Player player) const;  // without what the present move takes

  // What `player` would send now: a step with number and game filled in. Its action need not be possible; apply()
  // tells.
  Step next(Player player, Action action) const;
  bool is_possible(Player player, Action action) const;

 private:
  bool apply_invitation(Player from, const Step& step);
  bool apply_answer_to_invitation(Player from, const Step& step);
  bool apply_in_play(Player from, const Step& step);
  bool apply_move(Player from, const Step& step);
  bool apply_request(Player from, const Step& step);
  bool apply_answer(Player from, const Step& step);
  bool apply_resignation(Player from);
  bool was_under_way(Player from, const Step& step) const;
  void take_back(Player asker);
  bool has_moved(Player player) const;
  void count_step();
  void finish(std::optional<Player> winner, EndReason reason);

  MatchState state_ = MatchState::none;
  GameKind kind_ = GameKind::gomoku;
  std::string id_;
  Side inviter_side_ = Side::first;
  std::unique_ptr<BoardGame> board_;
  std::uint32_t steps_ = 0;
  std::optional<Request> request_;
  std::optional<MatchEnd> end_;
  std::optional<Player> resigned_;
  std::chrono::milliseconds clock_{0};
  std::array<std::chrono::milliseconds, 2> spent_{};
};

std::unique_ptr<BoardGame> make_board(GameKind kind);  // null for games of chance

}  // namespace queqiao::games
