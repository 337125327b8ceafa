#pragma once

#include <QFile>
#include <QNetworkAccessManager>

#include "client/core/message.h"
#include "client/core/transfers/transfer_job.h"

namespace queqiao::client {

// Fetches one file into `path`, by way of `path`.part, where it goes on after an interruption if the server allows
// that. What is whole is compared with the hash that its sender told.
class DownloadJob final : public TransferJob {
  Q_OBJECT

 public:
  DownloadJob(QNetworkAccessManager& network, FileInfo file, QString path, QObject* parent);
  ~DownloadJob() override;

  void begin() override;
  const QString& path() const { return path_; }  // where it lies once it is done

 private:
  void head_received();
  void store();
  void received();
  void check();
  void put_in_place();

  QNetworkAccessManager& network_;
  FileInfo file_;
  QString path_;
  QFile part_;
  qint64 start_ = 0;                // bytes of an earlier attempt
  QNetworkReply* reply_ = nullptr;  // owned by network_, deleted by us
};

}  // namespace queqiao::client
