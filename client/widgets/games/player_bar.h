#pragma once

#include <QLabel>
#include <QWidget>
#include <chrono>

#include "client/games/board_game.h"
#include "client/games/step.h"

namespace queqiao::client {

class Account;

// One player beside the board: avatar, name, colour, clock, and whether it is their turn.
class PlayerBar final : public QWidget {
  Q_OBJECT

 public:
  PlayerBar(Account& account, const QString& jid, QWidget* parent);
  void set_side(games::GameKind kind, games::Side side);
  void set_clock(std::optional<std::chrono::milliseconds> left);  // nothing: played without
  void set_acting(bool is_acting);

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  void show_person();

  Account& account_;
  QString jid_;
  QLabel* avatar_;
  QLabel* name_;
  QLabel* side_;
  QLabel* clock_;
  bool is_acting_ = false;
};

QString name_of_person(Account& account, const QString& jid);  // as the user knows them; "You" for oneself

}  // namespace queqiao::client
