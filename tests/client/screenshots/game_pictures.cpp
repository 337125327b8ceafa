#include <QTemporaryDir>

#include "client/games/step.h"
#include "client/models/game_room.h"
#include "client/widgets/games/chance_window.h"
#include "client/widgets/games/match_window.h"
#include "client/widgets/games/new_game_dialog.h"
#include "tests/client/screenshots/pictures.h"
#include "tests/client/widgets/main/sample_people.h"

namespace queqiao::client::test {
namespace {

const QString peer = QStringLiteral("10023@example.org");

// Games with a friend, whose steps are put straight into the history.
class GameTable {
 public:
  GameTable() : account(account_with_people()), room(*account, folder_.filePath("games.ini")) {}

  void say(const games::Step& step, bool is_own) {
    Message message;
    message.chat = peer;
    message.sender = is_own ? account->jid() : peer;
    message.is_outgoing = is_own;
    message.kind = MessageKind::game;
    message.game = QByteArray::fromStdString(step.write());
    message.time = QDateTime::currentDateTime();
    account->fake_history.add(message);
  }

  // The friend invites and takes the first side; the moves alternate from there.
  QString play(games::GameKind kind, const std::vector<std::string>& moves) {
    const std::string id = "game-" + std::to_string(++last_);
    games::Step step{.game = id, .kind = kind, .number = 1, .action = games::Action::invite};
    step.clock = std::chrono::minutes(10);
    say(step, false);
    say({.game = id, .kind = kind, .number = 2, .action = games::Action::accept}, true);
    bool is_own = false;
    for (const auto& move : moves) {
      auto next = room.find(peer, QString::fromStdString(id))
                      ->match()
                      ->next(is_own ? games::Player::invited : games::Player::inviter, games::Action::move);
      next.move = move;
      next.spent = std::chrono::seconds(7);
      say(next, is_own);
      is_own = !is_own;
    }
    return QString::fromStdString(id);
  }

 private:
  QTemporaryDir folder_;
  int last_ = 0;

 public:
  std::unique_ptr<FakeAccount> account;
  GameRoom room;
};

template <typename Window>
void paint(const Album& album, GameTable& table, const QString& id, const QString& name) {
  auto* window = new Window(*table.account, table.room, peer, id);
  window->show();
  album.save(*window, name);
  delete window;
}

void paint_boards(const Album& album, GameTable& table) {
  using games::GameKind;
  const auto gomoku = table.play(GameKind::gomoku, {"h8", "i9", "h9", "h10", "g8", "i8", "i7", "j6"});
  paint<MatchWindow>(album, table, gomoku, QStringLiteral("game_gomoku"));
  const auto won = table.play(GameKind::gomoku, {"h8", "a1", "h9", "b1", "h10", "c1", "h11", "d1", "h12"});
  paint<MatchWindow>(album, table, won, QStringLiteral("game_over"));
  const auto xiangqi = table.play(GameKind::xiangqi, {"h2e2", "h9g7", "h0g2", "i9h9"});
  paint<MatchWindow>(album, table, xiangqi, QStringLiteral("game_xiangqi"));
}

void paint_invitations(const Album& album, GameTable& table) {
  games::Step board{.game = "asked", .kind = games::GameKind::xiangqi, .number = 1, .action = games::Action::invite};
  table.say(board, false);
  paint<MatchWindow>(album, table, QStringLiteral("asked"), QStringLiteral("game_invitation"));
  games::Step hand{
      .game = "hands", .kind = games::GameKind::rock_paper_scissors, .number = 1, .action = games::Action::invite};
  hand.commitment = games::make_choice_secret("rock").commitment(hand.game, games::Player::inviter);
  table.say(hand, false);
  paint<ChanceWindow>(album, table, QStringLiteral("hands"), QStringLiteral("game_hands"));
}

// Dice, thrown and shown by both.
void paint_dice(const Album& album, GameTable& table) {
  const std::string id = "dice";
  games::Step invite{.game = id, .kind = games::GameKind::dice, .number = 1, .action = games::Action::invite};
  const auto theirs = games::make_dice_secret();
  invite.commitment = theirs.commitment(id, games::Player::inviter);
  table.say(invite, false);
  table.room.accept_chance(*table.room.find(peer, "dice"), {});
  auto reveal = table.room.find(peer, "dice")->chance()->next(games::Action::reveal);
  reveal.value = theirs.value;
  reveal.nonce = theirs.nonce;
  table.say(reveal, false);
  paint<ChanceWindow>(album, table, "dice", QStringLiteral("game_dice"));
}

}  // namespace

void paint_game_windows(const Album& album) {
  GameTable table;
  paint_boards(album, table);
  paint_invitations(album, table);
  paint_dice(album, table);
  NewGameDialog dialog(QStringLiteral("李小雨"), games::GameKind::gomoku, nullptr);
  dialog.show();
  album.save(dialog, QStringLiteral("game_new"));
}

}  // namespace queqiao::client::test
