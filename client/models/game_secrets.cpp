#include "client/models/game_secrets.h"

#include <QStringList>

namespace queqiao::client {

void GameSecrets::put(const QString& game, const games::Secret& secret) {
  file_.setValue(game, QStringList{QString::fromStdString(secret.value), QString::fromStdString(secret.nonce)});
  file_.sync();  // before the commitment goes out
}

std::optional<games::Secret> GameSecrets::find(const QString& game) const {
  const auto parts = file_.value(game).toStringList();
  if (parts.size() != 2) return std::nullopt;
  return games::Secret{parts[0].toStdString(), parts[1].toStdString()};
}

}  // namespace queqiao::client
