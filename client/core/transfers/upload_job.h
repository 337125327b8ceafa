#pragma once

#include <QFile>
#include <QNetworkAccessManager>
#include <QNetworkRequest>
#include <QTimer>
#include <memory>

#include "client/core/message.h"
#include "client/core/transfers/transfer_job.h"
#include "client/core/transfers/transfer_table.h"

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
  // `beginning` is what an earlier attempt told; may be empty. A file that stands still for the network's transfer
  // timeout is interrupted; when all of it is sent, the service may take longer to keep it.
  UploadJob(Session& session, QNetworkAccessManager& network, FileInfo file, UploadBeginning beginning,
            QObject* parent);
  ~UploadJob() override;

  void begin() override;
  const FileInfo& file() const { return file_; }  // with its address and hash once it is done

 signals:
  void begun(const queqiao::client::UploadBeginning& beginning);  // again when more of it is known

 private:
  bool may_go_on();
  bool read_slot(const QString& slot);
  void hashed(const QByteArray& sha256);
  void ask_for_offset();
  void offset_known();
  void ask_for_slot();
  void slot_refused(const xmpp::IqAnswer& answer);
  void slot_given(const xmpp::UploadSlot& slot);
  void put(qint64 offset);
  void moved(qint64 done, qint64 total);
  QNetworkRequest request() const;
  void follow(QNetworkReply* reply);
  void put_ended();
  void end_if_done();

  Session& session_;
  QNetworkAccessManager& network_;
  FileInfo file_;
  QFile source_;
  QNetworkReply* reply_ = nullptr;  // owned by network_, deleted by us
  UploadBeginning beginning_;
  std::unique_ptr<xmpp::UploadSlot> slot_;
  QTimer standstill_;
  bool is_uploaded_ = false;
};

}  // namespace queqiao::client
