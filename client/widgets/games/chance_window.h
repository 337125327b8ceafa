#pragma once

#include <QLabel>
#include <QPushButton>
#include <QWidget>
#include <utility>
#include <vector>

#include "client/models/game_room.h"

namespace queqiao::client {

class Account;
class Face;

// Dice or rock-paper-scissors: what both have, once both have committed and shown it.
class ChanceWindow final : public QWidget {
  Q_OBJECT

 public:
  ChanceWindow(Account& account, GameRoom& room, const QString& chat, const QString& id);

 signals:
  void again_wanted(const QString& chat, int kind);  // games::GameKind

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void build();
  void set_texts();
  void build_choices(games::GameKind kind);
  void refresh();
  void show_faces(Game& game);
  QString status_of(Game& game) const;
  Game* game() const { return room_.find(chat_, id_); }

  Account& account_;
  GameRoom& room_;
  QString chat_, id_;
  std::vector<std::pair<QPushButton*, const char*>> texts_;  // untranslated
  Face* own_ = nullptr;
  Face* peer_ = nullptr;
  QLabel* status_ = nullptr;
  QWidget* choices_ = nullptr;
  QPushButton* decline_ = nullptr;
  QPushButton* cancel_ = nullptr;
  QPushButton* again_ = nullptr;
};

}  // namespace queqiao::client
