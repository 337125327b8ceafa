#include "client/widgets/games/game_windows.h"

#include "client/core/account.h"
#include "client/widgets/games/chance_window.h"
#include "client/widgets/games/match_window.h"
#include "client/widgets/games/new_game_dialog.h"
#include "client/widgets/games/player_bar.h"
#include "client/widgets/toast.h"

namespace queqiao::client {

GameWindows::GameWindows(Account& account, const QString& secrets_file)
    : account_(account), room_(account, secrets_file) {
  connect(&room_, &GameRoom::changed, this, &GameWindows::changed);
}

GameWindows::~GameWindows() {
  close_all();
}

void GameWindows::close_all() {
  const auto windows = windows_.values();
  windows_.clear();
  for (const auto& window : windows) delete window.data();
}

void GameWindows::open(const QString& chat, qint64 message, QWidget* near) {
  const Game* game = message ? room_.find_by_message(chat, message) : room_.running(chat);
  if (game) return show(chat, game->id);
  if (message)
    return show_toast(near,
                      tr("The beginning of this game is not on this machine yet. Scroll back in the chat to load it."));
  choose_new(chat, near);
}

QString GameWindows::open_invitation(const QString& chat, qint64 message) {
  Game* game = room_.find_by_message(chat, message);
  if (!game || !game->waits_for_answer() || game->last_message != message) return {};
  return tr("%1 would like to play: %2").arg(name_of_person(account_, chat), game_name(game->kind()));
}

void GameWindows::answer(const QString& chat, qint64 message, bool accepts) {
  Game* game = room_.find_by_message(chat, message);
  if (!game) return;
  const QString id = game->id;
  if (game->waits_for_answer()) {
    if (!accepts) return void(room_.act(*game, games::Action::decline));
    if (game->kind() == games::GameKind::dice) {
      room_.accept_chance(*game, {});
    } else if (game->match()) {
      room_.act(*game, games::Action::accept);
    }
  }
  show(chat, id);  // rock, paper or scissors is chosen there
}

void GameWindows::choose_new(const QString& chat, QWidget* near, games::GameKind kind) {
  auto* dialog = new NewGameDialog(name_of_person(account_, chat), kind, near);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QDialog::accepted, this, [this, dialog, chat] {
    const auto wish = dialog->wish();
    const bool is_board = wish.kind == games::GameKind::gomoku || wish.kind == games::GameKind::xiangqi;
    const auto id = is_board ? room_.invite(chat, wish.kind, wish.side, wish.clock)
                             : room_.invite_to_chance(chat, wish.kind, wish.choice);
    if (room_.find(chat, id)) show(chat, id);
  });
  dialog->open();
}

void GameWindows::show(const QString& chat, const QString& id) {
  auto& window = windows_[id];
  if (!window) {
    if (room_.find(chat, id)->match()) {
      window = new MatchWindow(account_, room_, chat, id);
    } else {
      window = new ChanceWindow(account_, room_, chat, id);
    }
    connect(window, &GameWindow::again_wanted, this, [this, window](const QString& with, int kind) {
      choose_new(with, window, static_cast<games::GameKind>(kind));
    });
  }
  window->show();
  window->raise();
  window->activateWindow();
}

}  // namespace queqiao::client
