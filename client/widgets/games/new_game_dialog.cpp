#include "client/widgets/games/new_game_dialog.h"

#include <QFormLayout>
#include <QGridLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

#include "client/models/game_room.h"
#include "client/widgets/confirm.h"
#include "client/widgets/games/faces.h"
#include "client/widgets/theme.h"

namespace queqiao::client {

using games::GameKind;
using games::Side;

NewGameDialog::NewGameDialog(const QString& name, GameKind kind, QWidget* parent)
    : QDialog(parent),
      games_(new QButtonGroup(this)),
      board_options_(new QWidget(this)),
      choice_options_(new QWidget(this)),
      side_(new QComboBox),
      clock_(new QComboBox),
      choice_(new QComboBox) {
  setWindowTitle(tr("Play with %1").arg(name));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(3 * look().gap, 3 * look().gap, 3 * look().gap, 2 * look().gap);
  column->setSpacing(2 * look().gap);
  add_games(column, kind);
  side_->addItem(tr("I move first"), static_cast<int>(Side::first));
  side_->addItem(tr("They move first"), static_cast<int>(Side::second));
  clock_->addItem(tr("No limit"), 0);
  for (const int minutes : {5, 10, 20, 60}) clock_->addItem(tr("%n minute(s) each", nullptr, minutes), 60 * minutes);
  auto* board = new QFormLayout(board_options_);
  board->setContentsMargins(0, 0, 0, 0);
  board->addRow(tr("Who begins"), side_);
  board->addRow(tr("Time"), clock_);
  choice_->addItem(hand_emoji("rock") + ' ' + tr("Rock"), "rock");
  choice_->addItem(hand_emoji("paper") + ' ' + tr("Paper"), "paper");
  choice_->addItem(hand_emoji("scissors") + ' ' + tr("Scissors"), "scissors");
  auto* choice = new QFormLayout(choice_options_);
  choice->setContentsMargins(0, 0, 0, 0);
  choice->addRow(tr("Your choice, hidden until both have chosen"), choice_);
  column->addWidget(board_options_);
  column->addWidget(choice_options_);
  column->addStretch();
  column->addWidget(add_buttons(this, tr("Invite")).box);
  connect(games_, &QButtonGroup::idToggled, this, &NewGameDialog::show_options);
  show_options();
}

void NewGameDialog::add_games(QVBoxLayout* column, GameKind chosen) {
  auto* grid = new QGridLayout;
  grid->setSpacing(look().gap);
  const std::vector<std::pair<GameKind, QString>> kinds = {{GameKind::gomoku, QStringLiteral("⚫")},
                                                           {GameKind::xiangqi, QStringLiteral("帥")},
                                                           {GameKind::dice, QStringLiteral("🎲")},
                                                           {GameKind::rock_paper_scissors, QStringLiteral("✌️")}};
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    auto* button = new QToolButton(this);
    button->setText(kinds[i].second + '\n' + game_name(kinds[i].first));
    button->setAccessibleName(game_name(kinds[i].first));
    button->setCheckable(true);
    button->setChecked(kinds[i].first == chosen);
    button->setFont(text_font(11));
    button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    button->setMinimumSize(150, 72);
    games_->addButton(button, static_cast<int>(kinds[i].first));
    grid->addWidget(button, static_cast<int>(i / 2), static_cast<int>(i % 2));
  }
  column->addLayout(grid);
}

void NewGameDialog::show_options() {
  const auto kind = static_cast<GameKind>(games_->checkedId());
  board_options_->setVisible(kind == GameKind::gomoku || kind == GameKind::xiangqi);
  choice_options_->setVisible(kind == GameKind::rock_paper_scissors);
}

GameWish NewGameDialog::wish() const {
  return {static_cast<GameKind>(games_->checkedId()), static_cast<Side>(side_->currentData().toInt()),
          std::chrono::seconds(clock_->currentData().toInt()), choice_->currentData().toString().toStdString()};
}

}  // namespace queqiao::client
