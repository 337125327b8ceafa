#include "client/games/match.h"

#include <algorithm>

#include "client/games/gomoku.h"
#include "client/games/xiangqi.h"

namespace queqiao::games {
namespace {

constexpr std::size_t index(Player player) {
  return static_cast<std::size_t>(player);
}

constexpr bool is_request(Action action) {
  return action == Action::undo_request || action == Action::draw_offer;
}

constexpr bool is_answer_to(Action answer, Action request) {
  return request == Action::undo_request ? answer == Action::undo_accept || answer == Action::undo_refuse
                                         : answer == Action::draw_accept || answer == Action::draw_refuse;
}

}  // namespace

std::unique_ptr<BoardGame> make_board(GameKind kind) {
  switch (kind) {
    case GameKind::gomoku:
      return std::make_unique<Gomoku>();
    case GameKind::xiangqi:
      return std::make_unique<Xiangqi>();
    default:
      return nullptr;
  }
}

Player Match::acting() const {
  if (state_ == MatchState::invited) return Player::invited;
  if (request_ && request_->is_step) return games::other(request_->by);
  return player_of(board_->to_move());
}

std::chrono::milliseconds Match::remaining(Player player) const {
  return std::max(clock_ - spent_[index(player)], std::chrono::milliseconds(0));
}

bool Match::apply(Player from, const Step& step) {
  if (state_ == MatchState::none) return apply_invitation(from, step);
  if (step.game != id_ || step.kind != kind_) return false;
  if (step.action == Action::resign) return apply_resignation(from);
  if (state_ == MatchState::invited) return apply_answer_to_invitation(from, step);
  return (state_ == MatchState::playing || was_under_way(from, step)) && apply_in_play(from, step);
}

// Who resigns may not have seen yet what the other side has done before hearing of it: that counts, and may even end
// the game.
bool Match::was_under_way(Player from, const Step& step) const {
  return state_ == MatchState::over && resigned_ && from != *resigned_ && !step.is_out_of_turn;
}

bool Match::apply_invitation(Player from, const Step& step) {
  if (from != Player::inviter || step.action != Action::invite || step.is_out_of_turn || step.number != 1) return false;
  board_ = make_board(step.kind);
  if (!board_) return false;
  id_ = step.game;
  kind_ = step.kind;
  inviter_side_ = step.inviter_side;
  clock_ = step.clock;
  steps_ = 1;
  state_ = MatchState::invited;
  return true;
}

bool Match::apply_answer_to_invitation(Player from, const Step& step) {
  if (from != Player::invited || step.is_out_of_turn || step.number != 2) return false;
  if (step.action != Action::accept && step.action != Action::decline) return false;
  state_ = step.action == Action::accept ? MatchState::playing : MatchState::declined;
  steps_ = 2;
  return true;
}

// Two resignations that cross are a draw at both ends, whichever each of them saw first.
bool Match::apply_resignation(Player from) {
  if (state_ == MatchState::over && resigned_ && *resigned_ != from) {
    finish(std::nullopt, EndReason::resigned_together);
    return true;
  }
  if (state_ != MatchState::invited && state_ != MatchState::playing) return false;
  const bool has_begun = state_ == MatchState::playing;
  const auto request = request_;
  finish(games::other(from), EndReason::resigned);
  if (has_begun) {
    resigned_ = from;
    request_ = request;  // its answer may be under way
  }
  return true;
}

bool Match::apply_in_play(Player from, const Step& step) {
  if (is_request(step.action)) return apply_request(from, step);
  if (step.is_out_of_turn || step.number != steps_ + 1) return false;
  if (request_ && is_answer_to(step.action, request_->action)) return apply_answer(from, step);
  if (from != acting() || (request_ && request_->is_step)) return false;
  if (step.action == Action::move) return apply_move(from, step);
  if (step.action != Action::timeout || !has_clock()) return false;
  count_step();
  finish(games::other(from), EndReason::out_of_time);
  return true;
}

bool Match::apply_move(Player from, const Step& step) {
  if (!board_->play(step.move)) return false;
  count_step();
  if (has_clock() && step.spent > remaining(from)) {
    finish(games::other(from), EndReason::out_of_time);
    return true;
  }
  spent_[index(from)] += step.spent;
  if (const auto end = board_->end()) {
    finish(end->winner ? std::optional(player_of(*end->winner)) : std::nullopt, end->reason);
  }
  return true;
}

// Who is to act asks as a step, and then waits for the answer. The other side may ask as well, but only in passing: the
// next step of who is to act is an answer, or lets the request lapse.
bool Match::apply_request(Player from, const Step& step) {
  const bool is_step = from == acting();
  const bool waits = request_ && (request_->is_step || !is_step);
  if (waits || step.is_out_of_turn == is_step || step.number != steps_ + (is_step ? 1 : 0)) return false;
  if (step.action == Action::undo_request && !has_moved(from)) return false;
  if (is_step) count_step();
  request_ = Request{from, step.action, is_step};
  return true;
}

bool Match::apply_answer(Player from, const Step& step) {
  const auto request = *request_;
  if (from == request.by) return false;
  count_step();
  if (step.action == Action::draw_accept) finish(std::nullopt, EndReason::agreed_draw);
  if (step.action == Action::undo_accept) take_back(request.by);
  return true;
}

void Match::take_back(Player asker) {
  const auto plies = player_of(board_->to_move()) == asker ? 2U : 1U;
  for (unsigned i = 0; i < plies; ++i) board_->take_back();
}

bool Match::has_moved(Player player) const {
  return board_->plies() >= (player_of(board_->to_move()) == player ? 2U : 1U);
}

void Match::count_step() {
  ++steps_;
  request_.reset();
}

void Match::finish(std::optional<Player> winner, EndReason reason) {
  state_ = MatchState::over;
  request_.reset();
  resigned_.reset();
  end_ = MatchEnd{winner, reason};
}

Step Match::next(Player player, Action action) const {
  Step step{.game = id_, .kind = kind_, .action = action};
  const bool is_asking_in_passing = is_request(action) && state_ == MatchState::playing && player != acting();
  step.is_out_of_turn = action == Action::resign || is_asking_in_passing;
  step.number = steps_ + (step.is_out_of_turn ? 0 : 1);
  return step;
}

bool Match::is_possible(Player player, Action action) const {
  const bool is_playing = state_ == MatchState::playing;
  switch (action) {
    case Action::accept:
    case Action::decline:
      return state_ == MatchState::invited && player == Player::invited;
    case Action::resign:
      return is_playing || state_ == MatchState::invited;
    case Action::move:
      return is_playing && player == acting() && !(request_ && request_->is_step);
    case Action::timeout:
      return is_possible(player, Action::move) && has_clock();
    case Action::draw_offer:
      return is_playing && !request_;
    case Action::undo_request:
      return is_playing && !request_ && has_moved(player);
    case Action::undo_accept:
    case Action::undo_refuse:
    case Action::draw_accept:
    case Action::draw_refuse:
      return is_playing && request_ && request_->by != player && is_answer_to(action, request_->action);
    default:
      return false;
  }
}

}  // namespace queqiao::games
