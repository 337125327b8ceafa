#pragma once

#include <QElapsedTimer>
#include <QHBoxLayout>
#include <QLabel>
#include <QTimer>
#include <QVBoxLayout>

#include "client/widgets/games/game_window.h"

namespace queqiao::client {

class BoardView;
class PlayerBar;

// One board game: both players, the board, what may be done now.
class MatchWindow final : public GameWindow {
  Q_OBJECT

 public:
  MatchWindow(Account& account, GameRoom& room, const QString& chat, const QString& id);

 protected:
  void set_texts() override;
  void refresh(Game& game) override;

 private:
  struct Button {
    games::Action action;
    const char* text;  // untranslated
    QPushButton* button;
  };
  void build();
  void build_question(QVBoxLayout* column);
  void build_buttons(QVBoxLayout* column);
  QPushButton* add_button(QHBoxLayout* row, const char* text, games::Action action);
  void refresh_buttons(Game& game);
  void refresh_question(Game& game);
  void refresh_board(Game& game);
  void refresh_clocks();
  QString status_of(Game& game) const;
  QString ending_of(const games::MatchEnd& end, games::Player own) const;
  void move(const std::string& move);
  void act(games::Action action);
  std::chrono::milliseconds thinking() const;

  BoardView* board_ = nullptr;
  PlayerBar* own_ = nullptr;
  PlayerBar* peer_ = nullptr;
  QLabel* status_ = nullptr;
  QLabel* asked_ = nullptr;
  QWidget* question_ = nullptr;
  std::vector<Button> buttons_;
  QTimer second_;
  QElapsedTimer turn_;           // since it is our turn and this window shows it
  std::uint32_t turn_step_ = 0;  // the step that the clock runs for
};

}  // namespace queqiao::client
