#include "client/widgets/chat/picture_cache.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QImageReader>
#include <QPointer>
#include <QThreadPool>
#include <algorithm>

namespace queqiao::client {
namespace {

constexpr int kept_kilobytes = 64 * 1024;
constexpr qint64 most_picture_pixels = 100'000'000;

QImage read_scaled(const QString& path, QSize pixels) {
  QImageReader reader(path);
  reader.setAutoTransform(true);
  const QSize size = reader.size();
  if (!size.isValid() || qint64(size.width()) * size.height() > most_picture_pixels) return {};
  const bool is_turned = reader.transformation() & QImageIOHandler::TransformationRotate90;
  const QSize room = is_turned ? pixels.transposed() : pixels;
  if (size.width() > room.width() || size.height() > room.height()) {
    reader.setScaledSize(size.scaled(room, Qt::KeepAspectRatio).expandedTo({1, 1}));
  }
  return reader.read();
}

}  // namespace

PictureCache::PictureCache(QObject* parent) : QObject(parent), pictures_(kept_kilobytes) {}

QPixmap PictureCache::picture(const QString& path, QSize pixels) {
  const QString key = QStringLiteral("%1:%2:%3").arg(path).arg(pixels.width()).arg(pixels.height());
  if (const QPixmap* kept = pictures_.object(key)) return *kept;
  if (!broken_.contains(path) && !reading_.contains(key)) read(key, path, pixels);
  return {};
}

void PictureCache::read(const QString& key, const QString& path, QSize pixels) {
  reading_.insert(key);
  QThreadPool::globalInstance()->start([self = QPointer<PictureCache>(this), key, path, pixels] {
    const QImage image = read_scaled(path, pixels);
    // The application's object takes it over to the GUI's thread, where alone `self` may be looked at.
    QMetaObject::invokeMethod(qApp, [self, key, path, image] {
      if (self) self->take(key, path, image);
    });
  });
}

void PictureCache::take(const QString& key, const QString& path, const QImage& image) {
  reading_.remove(key);
  if (image.isNull()) {
    broken_.insert(path);
  } else {
    const int cost = std::max<int>(1, int(image.sizeInBytes() / 1024));
    pictures_.insert(key, new QPixmap(QPixmap::fromImage(image)), cost);
  }
  emit loaded(path);
}

// Strangers send them, and a few bytes can claim to be a huge picture of a rare format.
QPixmap PictureCache::thumbnail(const QByteArray& bytes) {
  constexpr int largest_side = 512;
  const auto key = QStringLiteral("thumbnail %1 %2").arg(qHash(bytes, 0)).arg(bytes.size());
  if (const auto* known = pictures_.object(key)) return *known;
  const bool is_png = bytes.startsWith("\x89PNG");
  if (!is_png && !bytes.startsWith("\xff\xd8\xff")) return {};
  QBuffer buffer;
  buffer.setData(bytes);
  buffer.open(QIODevice::ReadOnly);
  QImageReader reader(&buffer, is_png ? "png" : "jpeg");
  reader.setAutoDetectImageFormat(false);
  const auto size = reader.size();
  if (!size.isValid() || size.width() > largest_side || size.height() > largest_side) return {};
  const auto picture = QPixmap::fromImage(reader.read());
  pictures_.insert(key, new QPixmap(picture), std::max(1, picture.width() * picture.height() / 256));
  return picture;
}

}  // namespace queqiao::client
