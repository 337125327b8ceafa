#pragma once

#include <QObject>
#include <QString>

class QNetworkReply;

namespace queqiao::client {

// One attempt to move one file. Reports until it has ended; deleting it ends it without a word.
class TransferJob : public QObject {
  Q_OBJECT

 public:
  enum class End : quint8 {
    done,
    interrupted,  // the network or the server is away: try again later
    refused       // trying again changes nothing
  };
  Q_ENUM(End)

  using QObject::QObject;
  virtual void begin() = 0;

 signals:
  void progress(qint64 bytes_done, qint64 bytes_total);
  void ended(queqiao::client::TransferJob::End how, const QString& why);

 protected:
  void end(End how, const QString& why = {});  // only the first time counts
  void end_with_failure(const QNetworkReply& reply);

 private:
  bool has_ended_ = false;
};

}  // namespace queqiao::client
