#pragma once

#include <QLabel>
#include <QPushButton>
#include <utility>
#include <vector>

#include "client/widgets/games/game_window.h"

namespace queqiao::client {

class Face;

// Dice or rock-paper-scissors: what both have, once both have committed and shown it.
class ChanceWindow final : public GameWindow {
  Q_OBJECT

 public:
  ChanceWindow(Account& account, GameRoom& room, const QString& chat, const QString& id);

 protected:
  void set_texts() override;
  void refresh(Game& game) override;

 private:
  void build();
  void build_choices(games::GameKind kind);
  void build_last_row();
  void add_choice(const char* text, const std::string& choice);
  void show_faces(Game& game);
  QString status_of(Game& game) const;

  std::vector<std::pair<QPushButton*, const char*>> texts_;  // untranslated
  Face* own_ = nullptr;
  Face* peer_ = nullptr;
  QLabel* status_ = nullptr;
  QWidget* choices_ = nullptr;
  QPushButton* decline_ = nullptr;
  QPushButton* cancel_ = nullptr;
};

}  // namespace queqiao::client
