#include "client/widgets/main/sounds.h"

#include <QAudioDevice>
#include <QMediaDevices>
#include <QSoundEffect>
#include <QUrl>

namespace queqiao::client {

void Sounds::play(const QString& name) {
  if (QMediaDevices::defaultAudioOutput().isNull()) return;
  auto*& effect = effects_[name];
  if (!effect) {
    effect = new QSoundEffect(this);
    effect->setSource(QUrl(QStringLiteral("qrc:/queqiao/sounds/%1.wav").arg(name)));
    effect->setVolume(0.7F);
  }
  if (!effect->isPlaying()) effect->play();
}

}  // namespace queqiao::client
