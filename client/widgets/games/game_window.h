#pragma once

#include <QPushButton>
#include <QWidget>

#include "client/models/game_room.h"

namespace queqiao::client {

class Account;

// The window of one game. Everything it shows comes from the GameRoom, again after every step; Esc closes it, and the
// game goes on.
class GameWindow : public QWidget {
  Q_OBJECT

 public:
  GameWindow(Account& account, GameRoom& room, const QString& chat, const QString& id);

 signals:
  void again_wanted(const QString& chat, int kind);  // games::GameKind

 protected:
  void changeEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

  void retranslate();  // to be called once by the constructor of the game's own window, when all its parts are there
  virtual void set_texts() = 0;          // that stay the same during the game
  virtual void refresh(Game& game) = 0;  // what a step changes
  Game* game() const { return room_.find(chat_, id_); }
  QString peer_name() const;

  Account& account_;
  GameRoom& room_;
  QString chat_, id_;
  QPushButton* again_;  // visible when the game is over

 private:
  void show_state();
};

}  // namespace queqiao::client
