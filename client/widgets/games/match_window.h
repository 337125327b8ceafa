#pragma once

#include <QElapsedTimer>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>
#include <QWidget>

#include "client/models/game_room.h"

namespace queqiao::client {

class Account;
class BoardView;
class PlayerBar;

// One board game: both players, the board, what may be done now. Everything it shows comes from the GameRoom.
class MatchWindow final : public QWidget {
  Q_OBJECT

 public:
  MatchWindow(Account& account, GameRoom& room, const QString& chat, const QString& id);

 signals:
  void again_wanted(const QString& chat, int kind);  // games::GameKind

 protected:
  void changeEvent(QEvent* event) override;

 private:
  struct Button {
    games::Action action;
    const char* text;  // untranslated
    QPushButton* button;
  };
  void build();
  void set_texts();
  void build_buttons(QVBoxLayout* column);
  QPushButton* add_button(QHBoxLayout* row, const char* text, games::Action action);
  void refresh();
  void refresh_board(Game& game);
  void refresh_clocks();
  QString status_of(Game& game) const;
  QString ending_of(const games::MatchEnd& end, games::Player own) const;
  void move(const std::string& move);
  void act(games::Action action);
  std::chrono::milliseconds thinking() const;
  Game* game() const { return room_.find(chat_, id_); }

  Account& account_;
  GameRoom& room_;
  QString chat_, id_;
  BoardView* board_ = nullptr;
  PlayerBar* own_ = nullptr;
  PlayerBar* peer_ = nullptr;
  QLabel* status_ = nullptr;
  QLabel* asked_ = nullptr;
  QWidget* question_ = nullptr;
  std::vector<Button> buttons_;
  QPushButton* again_ = nullptr;
  QTimer second_;
  QElapsedTimer turn_;           // since it is our turn and this window shows it
  std::uint32_t turn_step_ = 0;  // the step that the clock runs for
};

}  // namespace queqiao::client
