#pragma once

#include <QObject>
#include <QSet>
#include <QString>
#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <variant>

#include "client/games/chance.h"
#include "client/games/match.h"

namespace queqiao::client {

class Account;
class GameSecrets;
struct Message;

// One game of a chat, as far as its messages are on this machine.
struct Game {
  QString id, chat;
  games::Player own = games::Player::inviter;
  qint64 last_message = 0;  // Message::id of the newest step that counted
  std::variant<games::Match, games::ChanceMatch> course;

  games::Match* match() { return std::get_if<games::Match>(&course); }
  games::ChanceMatch* chance() { return std::get_if<games::ChanceMatch>(&course); }
  games::GameKind kind() const {
    return std::visit([](const auto& match) { return match.kind(); }, course);
  }
  bool is_over() const;
  bool waits_for_answer() const;  // an invitation of the other side that the user has not answered
};

// All small games of an account (docs/protocol/games.md). What it knows it knows from the history alone, one's own
// steps included, so a game looks the same after a restart and on every device. Shows a game of chance by itself when
// both have committed.
class GameRoom : public QObject {
  Q_OBJECT

 public:
  // `secrets_file` keeps what was committed and is not shown yet. The account outlives this.
  GameRoom(Account& account, const QString& secrets_file);
  ~GameRoom() override;

  Game* find(const QString& chat, const QString& id);          // null: not known; valid until the next change
  Game* find_by_message(const QString& chat, qint64 message);  // any step of it
  Game* running(const QString& chat);                          // the newest that is not over; null: none

  // Each sends one step, which counts as soon as it is in the history; the answer is the id of the game, empty when the
  // step is not possible now.
  QString invite(const QString& chat, games::GameKind kind, games::Side side, std::chrono::seconds clock);
  QString invite_to_chance(const QString& chat, games::GameKind kind, const std::string& choice);
  bool act(Game& game, games::Action action);
  bool move(Game& game, const std::string& move, std::chrono::milliseconds spent);
  bool accept_chance(Game& game, const std::string& choice);  // `choice` is empty for dice

 signals:
  void changed(const QString& chat, const QString& id);

 private:
  struct Chat {
    std::map<QString, Game> games;
    std::map<qint64, QString> steps;  // message, game
  };

  Chat& chat_of(const QString& jid);
  bool add(Chat& chat, const Message& message);
  Game* begin(Chat& chat, const Message& message, const games::Step& step);
  void take(const Message& message);
  void replay(const QString& jid);
  void reveal_later(const QString& jid, const Chat& chat);
  void reveal_if_due(Game& game);
  void send(const QString& chat, const games::Step& step);

  Account& account_;
  std::unique_ptr<GameSecrets> secrets_;
  std::map<QString, Chat> chats_;
  QSet<QString> revealed_;  // games; what is sent is not in the history at once
};

QString game_name(games::GameKind kind);         // for people
QString describe_step(const games::Step& step);  // the body that clients without games show

}  // namespace queqiao::client
