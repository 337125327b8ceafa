#include "client/widgets/games/match_window.h"

#include <algorithm>

#include "client/core/account.h"
#include "client/core/settings.h"
#include "client/widgets/confirm.h"
#include "client/widgets/games/gomoku_view.h"
#include "client/widgets/games/player_bar.h"
#include "client/widgets/games/xiangqi_view.h"
#include "client/widgets/theme.h"

namespace queqiao::client {

using games::Action;
using games::EndReason;
using games::GameKind;
using games::MatchState;
using games::Player;

MatchWindow::MatchWindow(Account& account, GameRoom& room, const QString& chat, const QString& id)
    : GameWindow(account, room, chat, id) {
  build();
  connect(&second_, &QTimer::timeout, this, &MatchWindow::refresh_clocks);
  second_.start(500);
  retranslate();
}

void MatchWindow::set_texts() {
  Game* now = game();
  const auto own_side = now->match()->side_of(now->own);
  own_->set_side(now->kind(), own_side);
  peer_->set_side(now->kind(), games::other(own_side));
  for (const auto& each : buttons_) each.button->setText(tr(each.text));
}

void MatchWindow::build() {
  const auto kind = game()->kind();
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(2 * look().gap, 2 * look().gap, 2 * look().gap, 2 * look().gap);
  column->setSpacing(look().gap);
  peer_ = new PlayerBar(account_, chat_, this);
  own_ = new PlayerBar(account_, account_.jid(), this);
  board_ = kind == GameKind::gomoku ? static_cast<BoardView*>(new GomokuView(this)) : new XiangqiView(this);
  const auto own_side = game()->match()->side_of(game()->own);
  board_->set_side(own_side);
  status_ = new QLabel(this);
  status_->setAlignment(Qt::AlignCenter);
  status_->setWordWrap(true);
  column->addWidget(peer_);
  column->addWidget(board_, 1);
  column->addWidget(own_);
  column->addWidget(status_);
  build_question(column);
  build_buttons(column);
  connect(board_, &BoardView::move_wanted, this, &MatchWindow::move);
  board_->setFocus();
}

void MatchWindow::build_question(QVBoxLayout* column) {
  question_ = new QWidget(this);
  auto* answers = new QHBoxLayout(question_);
  answers->setContentsMargins(0, 0, 0, 0);
  asked_ = new QLabel(question_);
  asked_->setWordWrap(true);
  answers->addWidget(asked_, 1);
  add_button(answers, QT_TR_NOOP("Play"), Action::accept);
  add_button(answers, QT_TR_NOOP("Not now"), Action::decline);
  add_button(answers, QT_TR_NOOP("Allow"), Action::undo_accept);
  add_button(answers, QT_TR_NOOP("Refuse"), Action::undo_refuse);
  add_button(answers, QT_TR_NOOP("Accept draw"), Action::draw_accept);
  add_button(answers, QT_TR_NOOP("Play on"), Action::draw_refuse);
  column->addWidget(question_);
}

void MatchWindow::build_buttons(QVBoxLayout* column) {
  auto* row = new QHBoxLayout;
  add_button(row, QT_TR_NOOP("Take back"), Action::undo_request);
  add_button(row, QT_TR_NOOP("Offer a draw"), Action::draw_offer);
  row->addStretch();
  add_button(row, QT_TR_NOOP("Resign"), Action::resign);
  row->addWidget(again_);
  column->addLayout(row);
}

QPushButton* MatchWindow::add_button(QHBoxLayout* row, const char* text, Action action) {
  auto* button = new QPushButton(this);
  row->addWidget(button);
  const bool is_consent = action == Action::accept || action == Action::undo_accept || action == Action::draw_accept;
  if (is_consent) set_kind(*button, "primary");
  connect(button, &QPushButton::clicked, this, [this, action] { act(action); });
  buttons_.push_back({action, text, button});
  return button;
}

void MatchWindow::refresh(Game& now) {
  refresh_board(now);
  status_->setText(status_of(now));
  refresh_buttons(now);
  refresh_question(now);
  refresh_clocks();
}

void MatchWindow::refresh_buttons(Game& now) {
  const auto& match = *now.match();
  for (auto& [action, text, button] : buttons_) {
    const bool is_answer = button->parentWidget() == question_;
    const bool is_possible = match.is_possible(now.own, action);
    button->setEnabled(is_possible);
    button->setVisible(is_answer ? is_possible : !now.is_over() && match.state() == MatchState::playing);
    if (action == Action::resign) {
      button->setVisible(is_possible && !now.waits_for_answer());
      button->setText(match.state() == MatchState::invited ? tr("Cancel") : tr("Resign"));
    }
  }
}

void MatchWindow::refresh_question(Game& now) {
  const auto& match = *now.match();
  const bool is_asked = match.request() && match.request()->by != now.own && match.state() == MatchState::playing;
  question_->setVisible(is_asked || now.waits_for_answer());
  if (is_asked) {
    asked_->setText(match.request()->action == Action::undo_request ? tr("They would like to take their move back.")
                                                                    : tr("They offer a draw."));
  } else {
    asked_->setText(tr("Shall we play?"));
  }
}

void MatchWindow::refresh_board(Game& now) {
  const auto& match = *now.match();
  if (auto* gomoku = dynamic_cast<GomokuView*>(board_))
    gomoku->set_game(dynamic_cast<const games::Gomoku*>(match.board()));
  if (auto* xiangqi = dynamic_cast<XiangqiView*>(board_))
    xiangqi->set_game(dynamic_cast<const games::Xiangqi*>(match.board()));
  board_->set_may_move(match.is_possible(now.own, Action::move));
  const bool is_playing = match.state() == MatchState::playing;
  own_->set_acting(is_playing && match.acting() == now.own);
  peer_->set_acting(is_playing && match.acting() != now.own);
}

void MatchWindow::refresh_clocks() {
  Game* now = game();
  if (!now || !now->match()->has_clock()) return;
  const auto& match = *now->match();
  const bool is_ours = match.is_possible(now->own, Action::move);
  if (is_ours && turn_step_ != match.steps()) {
    turn_step_ = match.steps();
    turn_.start();
  }
  const auto left = match.remaining(now->own) - (is_ours ? thinking() : std::chrono::milliseconds(0));
  own_->set_clock(std::max(left, std::chrono::milliseconds(0)));
  peer_->set_clock(match.remaining(games::other(now->own)));
  if (is_ours && left.count() <= 0) act(Action::timeout);
}

// Only what passes while the window is open: nobody loses while away.
std::chrono::milliseconds MatchWindow::thinking() const {
  return std::chrono::milliseconds(turn_.isValid() ? turn_.elapsed() : 0);
}

QString MatchWindow::status_of(Game& now) const {
  const auto& match = *now.match();
  const auto name = peer_name();
  switch (match.state()) {
    case MatchState::none:
      return {};
    case MatchState::invited:
      return now.own == Player::inviter ? tr("Waiting for %1 to accept…").arg(name) : tr("%1 invites you").arg(name);
    case MatchState::declined:
      return now.own == Player::inviter ? tr("%1 does not want to play now").arg(name) : tr("You did not want to play");
    case MatchState::over:
      return ending_of(*match.end(), now.own);
    case MatchState::playing:
      break;
  }
  if (match.request() && match.request()->by == now.own) return tr("Waiting for the answer of %1…").arg(name);
  const auto* xiangqi = dynamic_cast<const games::Xiangqi*>(match.board());
  const bool is_check = xiangqi && xiangqi->is_in_check();
  if (match.acting() != now.own)
    return is_check ? tr("Check! It is the turn of %1").arg(name) : tr("It is the turn of %1").arg(name);
  return is_check ? tr("You are in check. It is your turn") : tr("It is your turn");
}

QString MatchWindow::ending_of(const games::MatchEnd& end, Player own) const {
  const auto how = [&]() -> QString {
    switch (end.reason) {
      case EndReason::five_in_a_row:
        return tr("five in a row");
      case EndReason::full_board:
        return tr("the board is full");
      case EndReason::checkmate:
        return tr("checkmate");
      case EndReason::stalemate:
        return tr("no move is left");
      case EndReason::repetition:
        return tr("the third repetition");
      case EndReason::perpetual_check:
        return tr("perpetual check loses");
      case EndReason::no_capture:
        return tr("60 moves without a capture");
      case EndReason::resigned:
        return tr("resigned");
      case EndReason::agreed_draw:
        return tr("agreed");
      case EndReason::out_of_time:
        return tr("the time was up");
      case EndReason::resigned_together:
        return tr("both resigned");
    }
    return {};
  }();
  if (!end.winner) return tr("A draw: %1").arg(how);
  return *end.winner == own ? tr("You have won: %1").arg(how) : tr("%1 has won: %2").arg(peer_name(), how);
}

void MatchWindow::move(const std::string& move) {
  if (Game* now = game()) room_.move(*now, move, thinking());
}

void MatchWindow::act(Action action) {
  const auto do_it = [this, action] {
    if (Game* now = game()) room_.act(*now, action);
  };
  Game* present = game();
  const bool is_resigning = present && action == Action::resign && present->match()->state() == MatchState::playing;
  if (!is_resigning) return do_it();
  ask(this, {tr("Resign"), tr("Give this game up? %1 wins then.").arg(peer_name()), tr("Resign"), true}, do_it);
}

}  // namespace queqiao::client
