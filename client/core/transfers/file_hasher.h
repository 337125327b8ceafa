#pragma once

#include <QByteArray>
#include <QCryptographicHash>
#include <QFile>
#include <QObject>
#include <functional>

namespace queqiao::client {

// Computes the SHA-256 of a file of any size, a piece in each turn of the event loop. Ends with its parent.
class FileHasher : public QObject {
 public:
  using Then = std::function<void(const QByteArray& sha256)>;  // empty: the file could not be read

  FileHasher(const QString& path, Then then, QObject* parent);

 private:
  void go_on();

  QFile file_;
  QCryptographicHash hash_{QCryptographicHash::Sha256};
  Then then_;
};

}  // namespace queqiao::client
