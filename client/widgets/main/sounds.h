#pragma once

#include <QHash>
#include <QObject>
#include <QString>

class QSoundEffect;

namespace queqiao::client {

// Plays client/widgets/sounds/NAME.wav: "message", "request", "shake". Silent where there is no audio device.
class Sounds final : public QObject {
  Q_OBJECT

 public:
  using QObject::QObject;
  void play(const QString& name);

 private:
  QHash<QString, QSoundEffect*> effects_;  // children of this
};

}  // namespace queqiao::client
