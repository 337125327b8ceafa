#include "client/core/transfers/file_hasher.h"

#include <QTimer>
#include <utility>

namespace queqiao::client {
namespace {

constexpr qint64 piece = 1 << 20;  // bytes: a few milliseconds

}  // namespace

FileHasher::FileHasher(const QString& path, Then then, QObject* parent)
    : QObject(parent), file_(path), then_(std::move(then)) {
  file_.open(QIODevice::ReadOnly);
  QTimer::singleShot(0, this, [this] { go_on(); });
}

void FileHasher::go_on() {
  const auto bytes = file_.isOpen() ? file_.read(piece) : QByteArray();
  hash_.addData(bytes);
  if (!bytes.isEmpty()) return QTimer::singleShot(0, this, [this] { go_on(); });
  deleteLater();
  then_(file_.isOpen() && file_.error() == QFileDevice::NoError ? hash_.result() : QByteArray());
}

}  // namespace queqiao::client
