#pragma once

#include <QCache>
#include <QObject>
#include <QPixmap>
#include <QSet>

namespace queqiao::client {

// Pictures on disk, scaled for the screen, read on other threads; on the GUI's thread. What was used last is kept, up
// to 64 MB. Pictures larger than 100 megapixels are not read: a small file can claim to be one.
class PictureCache : public QObject {
  Q_OBJECT

 public:
  explicit PictureCache(QObject* parent = nullptr);

  // The picture in at most `pixels`; null while it is being read, or when it cannot be.
  QPixmap picture(const QString& path, QSize pixels);
  // A small picture that came with a message: PNG or JPEG, at most 512 pixels wide and high; null for anything else.
  QPixmap thumbnail(const QByteArray& bytes);
  bool cannot_read(const QString& path) const { return broken_.contains(path); }

 signals:
  void loaded(const QString& path);

 private:
  void read(const QString& key, const QString& path, QSize pixels);
  void take(const QString& key, const QString& path, const QImage& image);

  QCache<QString, QPixmap> pictures_;  // cost in kilobytes
  QSet<QString> reading_, broken_;
};

}  // namespace queqiao::client
