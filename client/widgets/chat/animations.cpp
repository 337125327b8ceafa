#include "client/widgets/chat/animations.h"

#include <QFile>
#include <QFileInfo>
#include <QImageReader>
#include <QtEndian>

namespace queqiao::client {
namespace {

constexpr qint64 most_bytes = 20'000'000, most_pixels = 2'000'000;
constexpr QSize largest_frame(560, 560);  // in memory: twice what a bubble shows, for sharp screens

// Of a whole frame. QImageReader tells the size of a GIF's first image, which may be a small part of it.
QSize frame_size(const QString& path) {
  const QImageReader reader(path);
  if (!reader.supportsAnimation()) return {};
  if (reader.format() != "gif") return reader.size();
  QFile file(path);
  const QByteArray head = file.open(QIODevice::ReadOnly) ? file.read(10) : QByteArray();
  if (head.size() < 10) return {};
  return {qFromLittleEndian<quint16>(head.constData() + 6), qFromLittleEndian<quint16>(head.constData() + 8)};
}

}  // namespace

std::unique_ptr<QMovie> open_movie(const QString& path, QSize room) {
  const QSize size = frame_size(path);
  if (size.isEmpty() || qint64(size.width()) * size.height() > most_pixels) return nullptr;
  if (QFileInfo(path).size() > most_bytes) return nullptr;
  auto movie = std::make_unique<QMovie>(path);
  if (!movie->isValid() || movie->frameCount() == 1) return nullptr;
  const bool is_larger = size.width() > room.width() || size.height() > room.height();
  if (!room.isEmpty() && is_larger) movie->setScaledSize(size.scaled(room, Qt::KeepAspectRatio).expandedTo({1, 1}));
  return movie;
}

void Animations::play_only(const QStringList& paths) {
  movies_.removeIf([&paths](const auto& movie) { return !paths.contains(movie.key()); });
  for (const QString& path : paths) {
    if (playing() < most_playing && !movies_.contains(path) && !still_.contains(path)) start(path);
  }
}

void Animations::start(const QString& path) {
  auto movie = open_movie(path, largest_frame);
  if (!movie) return void(still_.insert(path));
  connect(movie.get(), &QMovie::frameChanged, this, [this, path] { emit advanced(path); });
  movie->start();
  movies_.insert(path, std::move(movie));
}

QPixmap Animations::frame(const QString& path) const {
  const auto movie = movies_.find(path);
  return movie == movies_.end() ? QPixmap() : (*movie)->currentPixmap();
}

}  // namespace queqiao::client
