#pragma once

#include <QButtonGroup>
#include <QComboBox>
#include <QDialog>
#include <QVBoxLayout>
#include <chrono>
#include <string>

#include "client/games/step.h"

namespace queqiao::client {

struct GameWish {
  games::GameKind kind = games::GameKind::gomoku;
  games::Side side = games::Side::first;
  std::chrono::seconds clock{0};
  std::string choice;  // rock, paper or scissors
};

// What to play, with which side and clock.
class NewGameDialog final : public QDialog {
  Q_OBJECT

 public:
  NewGameDialog(const QString& name, games::GameKind kind, QWidget* parent);
  GameWish wish() const;

 private:
  void add_games(QVBoxLayout* column, games::GameKind chosen);
  void show_options();

  QButtonGroup* games_;
  QWidget* board_options_;
  QWidget* choice_options_;
  QComboBox* side_;
  QComboBox* clock_;
  QComboBox* choice_;
};

}  // namespace queqiao::client
