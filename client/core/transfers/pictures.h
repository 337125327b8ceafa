#pragma once

#include <QByteArray>
#include <QSize>
#include <QString>
#include <optional>

namespace queqiao::client {

// What a message tells of a picture before it is fetched.
struct PictureInfo {
  QSize size;  // in pixels, as it is shown (turned by its Exif orientation)
  QByteArray
      thumbnail;  // JPEG of at most largest_thumbnail bytes (XEP-0264); empty when it would be too costly to make
};

inline constexpr qsizetype largest_thumbnail = 8 * 1024;  // bytes

// Nothing when the file at `path` is no picture of a common format.
std::optional<PictureInfo> picture_info(const QString& path);

}  // namespace queqiao::client
