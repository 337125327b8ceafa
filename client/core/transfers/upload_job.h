#pragma once

#include <QFile>
#include <QNetworkAccessManager>
#include <QNetworkRequest>
#include <memory>

#include "client/core/message.h"
#include "client/core/transfers/transfer_job.h"

namespace queqiao::xmpp {
struct IqAnswer;
struct UploadSlot;
}  // namespace queqiao::xmpp

namespace queqiao::client {

class Session;

// Brings one file to the account's upload service (XEP-0363), read from the disk as the network takes it. When an
// earlier attempt broke off, it goes on where that stood, if the service tells where that was
// (docs/protocol/upload.md).
class UploadJob final : public TransferJob {
  Q_OBJECT

 public:
  // `slot` is the XML of the slot that an earlier attempt was given; may be empty.
  UploadJob(Session& session, QNetworkAccessManager& network, FileInfo file, QString slot, QObject* parent);
  ~UploadJob() override;

  void begin() override;
  const FileInfo& file() const { return file_; }  // with its address and hash once it is done

 signals:
  void slot_given(const QString& slot);

 private:
  bool read_slot(const QString& slot);
  void ask_for_offset();
  void offset_known();
  void ask_for_slot();
  void slot_refused(const xmpp::IqAnswer& answer);
  void put(qint64 offset);
  QNetworkRequest request() const;
  void follow(QNetworkReply* reply);
  void put_ended();
  void end_if_done();

  Session& session_;
  QNetworkAccessManager& network_;
  FileInfo file_;
  QFile source_;
  QNetworkReply* reply_ = nullptr;  // owned by network_, deleted by us
  QString slot_xml_;
  std::unique_ptr<xmpp::UploadSlot> slot_;
  bool is_uploaded_ = false;
};

}  // namespace queqiao::client
