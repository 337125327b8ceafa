#include "client/core/avatar_store.h"

#include <QBuffer>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QImageReader>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <algorithm>
#include <chrono>

#include "client/core/data_folder.h"

namespace queqiao::client {
namespace {

constexpr qsizetype largest_file = 512 * 1024;
constexpr int largest_side = 2048;  // pixels
constexpr int shown_side = 192;
constexpr int most_files = 2000;
constexpr qsizetype most_people = 20'000;
constexpr int most_decoded = 300;
constexpr qint64 people_limit = 8 << 20;
constexpr std::chrono::seconds write_delay{1};

QByteArray format_of(const QByteArray& bytes) {
  if (bytes.startsWith("\x89PNG\r\n\x1a\n")) return "png";
  if (bytes.startsWith("\xff\xd8\xff")) return "jpeg";
  if (bytes.startsWith("GIF87a") || bytes.startsWith("GIF89a")) return "gif";
  return {};
}

bool is_hash(const QString& text) {
  static const QRegularExpression pattern("\\A[0-9a-f]{40}\\z");
  return pattern.match(text).hasMatch();
}

}  // namespace

QImage decode_picture(const QByteArray& bytes) {
  const auto format = format_of(bytes);
  if (format.isEmpty() || bytes.size() > largest_file) return {};
  QBuffer buffer;
  buffer.setData(bytes);
  buffer.open(QIODevice::ReadOnly);
  QImageReader reader(&buffer, format);
  reader.setAutoDetectImageFormat(false);
  const auto size = reader.size();
  if (!size.isValid() || size.width() > largest_side || size.height() > largest_side) return {};
  return reader.read();
}

QByteArray encode_avatar(const QImage& image) {
  const auto side = std::min(image.width(), image.height());
  const auto square = image.copy((image.width() - side) / 2, (image.height() - side) / 2, side, side);
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  square.scaled(shown_side, shown_side, Qt::IgnoreAspectRatio, Qt::SmoothTransformation).save(&buffer, "PNG");
  return bytes;
}

AvatarStore::AvatarStore(QString folder) : folder_(std::move(folder)), decoded_(most_decoded) {
  QDir().mkpath(folder_);
  const auto json = QJsonDocument::fromJson(read_whole_file(folder_ + "/people.json", people_limit)).object();
  for (auto one = json.begin(); one != json.end(); ++one) {
    if (is_hash(one.value().toString())) people_.insert(one.key(), one.value().toString());
  }
  remove_oldest();
  write_timer_.setSingleShot(true);
  write_timer_.setInterval(write_delay);
  QObject::connect(&write_timer_, &QTimer::timeout, &write_timer_, [this] { write_people(); });
}

AvatarStore::~AvatarStore() {
  if (write_timer_.isActive()) write_people();
}

// What a stranger calls a hash becomes a file's name only when it looks like one.
QString AvatarStore::file_of(const QString& hash) const {
  return is_hash(hash) ? folder_ + "/" + hash : QString();
}

bool AvatarStore::has(const QString& hash) const {
  const auto file = file_of(hash);
  return !file.isEmpty() && QFile::exists(file);
}

QString AvatarStore::put(const QByteArray& bytes) {
  const auto image = decode_picture(bytes);
  if (image.isNull()) return {};
  const auto hash = QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha1).toHex());
  if (!has(hash)) write_whole_file(file_of(hash), bytes);
  return hash;
}

QImage AvatarStore::image_of(const QString& jid) const {
  const auto hash = people_.value(jid);
  if (hash.isEmpty()) return {};
  if (const auto* known = decoded_.object(hash)) return *known;
  auto image = decode_picture(read_whole_file(file_of(hash), largest_file));
  if (image.width() > shown_side || image.height() > shown_side) {
    image = image.scaled(shown_side, shown_side, Qt::KeepAspectRatio, Qt::SmoothTransformation);
  }
  if (!image.isNull()) decoded_.insert(hash, new QImage(image));
  return image;
}

QString AvatarStore::path_of(const QString& jid) const {
  const auto hash = people_.value(jid);
  return has(hash) ? file_of(hash) : QString();
}

bool AvatarStore::set(const QString& jid, const QString& hash) {
  if (people_.value(jid) == hash) return false;
  if (hash.isEmpty()) {
    people_.remove(jid);
  } else if (people_.size() < most_people || people_.contains(jid)) {
    people_.insert(jid, hash);
  }
  write_timer_.start();
  return true;
}

void AvatarStore::remove_oldest() {
  const auto files = QDir(folder_).entryInfoList(QDir::Files, QDir::Time);
  for (qsizetype i = most_files; i < files.size(); ++i) {
    if (is_hash(files[i].fileName())) QFile::remove(files[i].filePath());
  }
}

void AvatarStore::write_people() {
  QJsonObject json;
  for (auto one = people_.begin(); one != people_.end(); ++one) json.insert(one.key(), one.value());
  write_whole_file(folder_ + "/people.json", QJsonDocument(json).toJson(QJsonDocument::Compact));
}

}  // namespace queqiao::client
