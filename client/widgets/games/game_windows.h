#pragma once

#include <QHash>
#include <QObject>
#include <QPointer>

#include "client/widgets/games/game_window.h"

namespace queqiao::client {

class Account;

// The windows of all games of an account, each game at most once. The account outlives it.
class GameWindows final : public QObject {
  Q_OBJECT

 public:
  // `secrets_file`: see GameRoom.
  GameWindows(Account& account, const QString& secrets_file);
  ~GameWindows() override;

  // The game that this message belongs to; with 0 the running one of the chat, or the choice of a new one. `near` is
  // the window to stand in front of.
  void open(const QString& chat, qint64 message, QWidget* near);
  // What the invitation says that this message is, for people; empty when it is none or has its answer.
  QString open_invitation(const QString& chat, qint64 message);
  // The user's answer; who accepts sees the game's window. A game that has its answer already is only shown.
  void answer(const QString& chat, qint64 message, bool accepts);
  void choose_new(const QString& chat, QWidget* near, games::GameKind kind = games::GameKind::gomoku);
  void close_all();

 signals:
  void changed(const QString& chat);  // some game of this chat has gone on

 private:
  void show(const QString& chat, const QString& id);

  Account& account_;
  GameRoom room_;
  QHash<QString, QPointer<GameWindow>> windows_;  // by game
};

}  // namespace queqiao::client
