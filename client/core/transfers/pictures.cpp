#include "client/core/transfers/pictures.h"

#include <QBuffer>
#include <QImage>
#include <QImageReader>

namespace queqiao::client {
namespace {

constexpr int thumbnail_side = 128;  // pixels
// Of a picture that is decoded for its thumbnail: JPEG is decoded small, the others whole.
constexpr qint64 most_jpeg_pixels = 100'000'000, most_pixels = 16'000'000;
const QList<QByteArray> formats{"png", "jpeg", "jpg", "gif", "webp", "bmp"};

QByteArray jpeg(const QImage& image, int quality) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  image.save(&buffer, "JPEG", quality);
  return bytes;
}

// JPEG has no transparency: what shines through would come out black.
QImage on_white(const QImage& image) {
  if (!image.hasAlphaChannel()) return image;
  QImage opaque(image.size(), QImage::Format_RGB32);
  opaque.fill(Qt::white);
  for (int y = 0; y < image.height(); ++y) {
    for (int x = 0; x < image.width(); ++x) {
      const auto pixel = image.pixel(x, y);
      const auto mix = [alpha = qAlpha(pixel)](int value) { return (value * alpha + 255 * (255 - alpha)) / 255; };
      opaque.setPixel(x, y, qRgb(mix(qRed(pixel)), mix(qGreen(pixel)), mix(qBlue(pixel))));
    }
  }
  return opaque;
}

QByteArray thumbnail_of(QImageReader& reader, QSize size) {
  const auto limit = reader.format() == "jpeg" ? most_jpeg_pixels : most_pixels;
  if (qint64{size.width()} * size.height() > limit) return {};
  reader.setScaledSize(size.scaled(thumbnail_side, thumbnail_side, Qt::KeepAspectRatio).expandedTo(QSize(1, 1)));
  const auto image = on_white(reader.read());
  if (image.isNull()) return {};
  for (const int quality : {80, 60, 40, 20}) {
    if (auto bytes = jpeg(image, quality); bytes.size() <= largest_thumbnail) return bytes;
  }
  return {};
}

}  // namespace

std::optional<PictureInfo> picture_info(const QString& path) {
  QImageReader reader(path);
  reader.setAutoTransform(true);
  // By what is in it: the name may say anything.
  reader.setDecideFormatFromContent(true);
  if (!reader.canRead() || !formats.contains(reader.format())) return std::nullopt;
  const auto size = reader.size();
  if (!size.isValid() || size.isEmpty()) return std::nullopt;
  PictureInfo info;
  info.size = reader.transformation() & QImageIOHandler::TransformationRotate90 ? size.transposed() : size;
  info.thumbnail = thumbnail_of(reader, size);
  return info;
}

}  // namespace queqiao::client
