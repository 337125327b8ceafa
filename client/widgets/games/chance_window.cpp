#include "client/widgets/games/chance_window.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include "client/core/account.h"
#include "client/widgets/games/faces.h"
#include "client/widgets/games/player_bar.h"
#include "client/widgets/theme.h"

namespace queqiao::client {

using games::Action;
using games::ChanceState;
using games::GameKind;
using games::Player;

ChanceWindow::ChanceWindow(Account& account, GameRoom& room, const QString& chat, const QString& id)
    : GameWindow(account, room, chat, id) {
  build();
  retranslate();
}

void ChanceWindow::build() {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(3 * look().gap, 3 * look().gap, 3 * look().gap, 2 * look().gap);
  column->setSpacing(2 * look().gap);
  auto* row = new QHBoxLayout;
  row->setSpacing(4 * look().gap);
  own_ = new Face(this);
  peer_ = new Face(this);
  for (const auto& [face, jid] : {std::pair(own_, account_.jid()), {peer_, chat_}}) {
    auto* side = new QVBoxLayout;
    auto* name = new QLabel(name_of_person(account_, jid), this);
    name->setAlignment(Qt::AlignCenter);
    side->addWidget(face, 0, Qt::AlignCenter);
    side->addWidget(name);
    row->addLayout(side);
  }
  status_ = new QLabel(this);
  status_->setAlignment(Qt::AlignCenter);
  status_->setWordWrap(true);
  set_kind(*status_, "heading");
  column->addLayout(row);
  column->addWidget(status_);
  build_choices(game()->kind());
  column->addWidget(choices_);
  build_last_row();
  auto* last = new QHBoxLayout;
  last->addStretch();
  for (auto* button : {decline_, cancel_, again_}) last->addWidget(button);
  column->addLayout(last);
}

void ChanceWindow::build_choices(GameKind kind) {
  choices_ = new QWidget(this);
  auto* row = new QHBoxLayout(choices_);
  row->setContentsMargins(0, 0, 0, 0);
  if (kind == GameKind::dice) {
    add_choice(QT_TR_NOOP("Throw"), {});
  } else {
    add_choice(QT_TR_NOOP("✊ Rock"), "rock");
    add_choice(QT_TR_NOOP("✋ Paper"), "paper");
    add_choice(QT_TR_NOOP("✌️ Scissors"), "scissors");
  }
}

void ChanceWindow::add_choice(const char* text, const std::string& choice) {
  auto* button = new QPushButton(choices_);
  set_kind(*button, choice.empty() ? "primary" : "");
  choices_->layout()->addWidget(button);
  texts_.emplace_back(button, text);
  connect(button, &QPushButton::clicked, this, [this, choice] {
    if (Game* now = game()) room_.accept_chance(*now, choice);
  });
}

void ChanceWindow::build_last_row() {
  decline_ = new QPushButton(this);
  cancel_ = new QPushButton(this);
  texts_.emplace_back(decline_, QT_TR_NOOP("Not now"));
  texts_.emplace_back(cancel_, QT_TR_NOOP("Cancel"));
  for (const auto& [button, action] : {std::pair(decline_, Action::decline), {cancel_, Action::resign}}) {
    connect(button, &QPushButton::clicked, this, [this, action = action] {
      if (Game* now = game()) room_.act(*now, action);
    });
  }
}

void ChanceWindow::set_texts() {
  for (const auto& [button, text] : texts_) button->setText(tr(text));
}

void ChanceWindow::refresh(Game& now) {
  const bool is_invited = now.chance()->state() == ChanceState::invited;
  choices_->setVisible(is_invited && now.own == Player::invited);
  decline_->setVisible(is_invited && now.own == Player::invited);
  cancel_->setVisible(is_invited && now.own == Player::inviter);
  status_->setText(status_of(now));
  show_faces(now);
}

void ChanceWindow::show_faces(Game& now) {
  const auto& chance = *now.chance();
  const bool is_dice = chance.kind() == GameKind::dice;
  for (const auto& [face, player] : {std::pair(own_, now.own), {peer_, games::other(now.own)}}) {
    if (chance.state() == ChanceState::over && !chance.cheater() && is_dice) {
      face->show_die(chance.die(player));
    } else if (!is_dice && !chance.revealed(player).empty()) {
      face->show_hand(chance.revealed(player));
    } else {
      face->show_unknown();
    }
  }
}

QString ChanceWindow::status_of(Game& now) const {
  const auto& chance = *now.chance();
  const auto name = peer_name();
  switch (chance.state()) {
    case ChanceState::none:
      return {};
    case ChanceState::invited:
      return now.own == Player::inviter ? tr("Waiting for %1…").arg(name)
                                        : tr("%1 invites you. Your choice?").arg(name);
    case ChanceState::declined:
      return tr("Not played");
    case ChanceState::cancelled:
      return tr("Cancelled");
    case ChanceState::inviter_reveals:
    case ChanceState::invited_reveals:
      return tr("Both have chosen. Showing…");
    case ChanceState::over:
      break;
  }
  if (chance.cheater()) {
    return *chance.cheater() == now.own ? tr("What was shown is not what was chosen: you lose")
                                        : tr("%1 showed something else than was chosen, and loses").arg(name);
  }
  if (!chance.winner()) return tr("A draw");
  return *chance.winner() == now.own ? tr("You have won!") : tr("%1 has won").arg(name);
}

}  // namespace queqiao::client
