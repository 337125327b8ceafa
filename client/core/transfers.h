#pragma once

#include <QObject>
#include <QString>
#include <optional>

namespace queqiao::client {

enum class TransferState : quint8 { waiting, running, paused, done, failed, cancelled };

struct Transfer {
  qint64 message = 0;  // the file's Message::id
  bool is_upload = false;
  TransferState state = TransferState::waiting;
  qint64 bytes_done = 0, bytes_total = 0;
  qint64 bytes_per_second = 0;
  QString failure;  // in words for people
};

// Files on their way (XEP-0363). A transfer survives a lost connection: it goes on by itself, from where it stood where
// the server allows that.
class Transfers : public QObject {
  Q_OBJECT

 public:
  using QObject::QObject;
  virtual std::optional<Transfer> find(qint64 message) const = 0;
  virtual void download(qint64 message, const QString& path = {}) = 0;  // no path: into the folder of the settings
  virtual void cancel(qint64 message) = 0;
  virtual void pause(qint64 message) = 0;   // until resume(), also over a restart of the program
  virtual void resume(qint64 message) = 0;  // from where it stood
  virtual void retry(qint64 message) = 0;
  virtual std::optional<qint64> largest_upload() const = 0;  // bytes; 0: the server takes none; nothing: not known yet

 signals:
  void changed(const queqiao::client::Transfer& transfer);
};

}  // namespace queqiao::client
