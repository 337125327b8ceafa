#pragma once

#include <QHash>
#include <QMovie>
#include <QObject>
#include <QPixmap>
#include <QSet>
#include <QStringList>
#include <memory>

namespace queqiao::client {

// A picture that moves; null when it stands still, cannot be read, or is too large to be played (20 MB on disk, 2
// megapixels a frame: what strangers send must not keep the processor busy).
// Frames are made smaller to fit into `room`; empty: they are not.
std::unique_ptr<QMovie> open_movie(const QString& path, QSize room = {});

// The moving pictures of a list, played while they are on the screen: at most `most_playing` at once, one frame of each
// in memory.
class Animations final : public QObject {
  Q_OBJECT

 public:
  static constexpr int most_playing = 6;

  using QObject::QObject;

  void play_only(const QStringList& paths);  // all others stop, and start anew when they come again
  QPixmap frame(const QString& path) const;  // null: it is not played
  int playing() const { return int(movies_.size()); }

 signals:
  void advanced(const QString& path);

 private:
  void start(const QString& path);

  QHash<QString, std::shared_ptr<QMovie>> movies_;
  QSet<QString> still_;  // do not move, or must not
};

}  // namespace queqiao::client
