#pragma once

#include <QByteArray>
#include <QCache>
#include <QHash>
#include <QImage>
#include <QString>
#include <QTimer>

namespace queqiao::client {

// The picture in `bytes` when it is a PNG, JPEG or GIF of a sane size; null otherwise. For what strangers send: no
// other decoder is tried, and the size is checked before anything is decoded.
QImage decode_picture(const QByteArray& bytes);

// A square PNG of 192 x 192 from the middle of `image`.
QByteArray encode_avatar(const QImage& image);

// Avatars by their SHA-1 (XEP-0084 4.2) in a folder, and whose avatar is which, so that people have faces before there
// is a connection. The oldest go when there are too many.
class AvatarStore {
 public:
  explicit AvatarStore(QString folder);
  ~AvatarStore();

  bool has(const QString& hash) const;
  // The hash; empty when it is no picture that we show.
  QString put(const QByteArray& bytes);

  QImage image_of(const QString& jid) const;  // null: none
  QString hash_of(const QString& jid) const { return people_.value(jid); }
  QString path_of(const QString& jid) const;          // empty: none
  bool set(const QString& jid, const QString& hash);  // empty: none. True when that is a change

 private:
  QString file_of(const QString& hash) const;
  void remove_oldest();
  void write_people();

  QString folder_;
  QHash<QString, QString> people_;  // hashes by bare JID
  mutable QCache<QString, QImage> decoded_;
  QTimer write_timer_;
};

}  // namespace queqiao::client
