#pragma once

#include <QSettings>
#include <optional>

#include "client/games/chance.h"

namespace queqiao::client {

// What was committed in games of chance and is not shown yet, in a file: a restart must not lose a game.
class GameSecrets {
 public:
  explicit GameSecrets(const QString& file) : file_(file, QSettings::IniFormat) {}

  void put(const QString& game, const games::Secret& secret);
  std::optional<games::Secret> find(const QString& game) const;
  void remove(const QString& game) { file_.remove(game); }

 private:
  QSettings file_;
};

}  // namespace queqiao::client
