#include "apps/queqiao/single_instance.h"

#include <QCryptographicHash>
#include <QDir>
#include <QLocalSocket>

namespace queqiao::app {

namespace {

constexpr int patience = 1000;  // milliseconds to reach the first one

}  // namespace

SingleInstance::SingleInstance(const QString& data_folder) {
  QDir().mkpath(data_folder);
  const QString path = QDir(data_folder).canonicalPath();
  const auto digest = QCryptographicHash::hash(path.toUtf8(), QCryptographicHash::Sha256).toHex().left(16);
  name_ = "queqiao-" + QString::fromLatin1(digest);
  lock_ = std::make_unique<QLockFile>(QDir(data_folder).filePath("queqiao.lock"));
  lock_->setStaleLockTime(0);  // only a dead process loses it, however long it runs
  is_first_ = lock_->tryLock(0);
  if (!is_first_) return;
  server_.setSocketOptions(QLocalServer::UserAccessOption);
  QLocalServer::removeServer(name_);  // what a killed process left; the lock says that there is none alive
  server_.listen(name_);
  connect(&server_, &QLocalServer::newConnection, this, [this] {
    delete server_.nextPendingConnection();
    emit woken();
  });
}

void SingleInstance::wake_first() const {
  QLocalSocket socket;
  socket.connectToServer(name_);
  socket.waitForConnected(patience);
}

}  // namespace queqiao::app
