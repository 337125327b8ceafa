#pragma once

#include <QElapsedTimer>
#include <QHash>
#include <QNetworkAccessManager>
#include <QTimer>
#include <chrono>
#include <map>
#include <memory>

#include "client/core/history/local_history.h"
#include "client/core/transfers.h"
#include "client/core/transfers/transfer_job.h"
#include "client/core/transfers/transfer_table.h"

namespace queqiao::client {

class Session;
class Settings;

// The Transfers of one account over HTTP. What is to be moved is on disk before it begins, and begins again after a
// restart.
class HttpTransfers final : public Transfers {
  Q_OBJECT

 public:
  // A file that stands still for `timeout` is interrupted. The waits before it goes on grow with each attempt, from a
  // thirtieth of that to twice of it.
  HttpTransfers(Session& session, LocalHistory& history, Settings& settings, std::chrono::milliseconds timeout);
  ~HttpTransfers() override;

  std::optional<Transfer> find(qint64 message) const override;
  void download(qint64 message, const QString& path) override;
  void cancel(qint64 message) override;
  void pause(qint64 message) override;
  void resume(qint64 message) override;
  void retry(qint64 message) override;
  std::optional<qint64> largest_upload() const override;

  // Within the batch that adds the message.
  void upload(qint64 message, const QString& path);

 signals:
  // Within the batch that stores where the file is now.
  void uploaded(qint64 message);

 private:
  struct Entry {
    Transfer shown;
    QString path;
    UploadBeginning beginning;         // of an upload
    std::unique_ptr<TransferJob> job;  // while it runs
    int attempts = 0;                  // that the network interrupted, in a row, without getting further
    qint64 furthest = 0;               // byte that any attempt has reached
    QElapsedTimer pause;               // since the last interruption
    QElapsedTimer since_sample;        // for the speed
    qint64 sampled_bytes = 0;
  };

  void load();
  void add(qint64 message, bool is_upload, const QString& path);
  void begin_waiting();
  bool may_begin(const Entry& entry) const;
  qint64 pause_after(int attempts) const;  // milliseconds
  void load_progress(Transfer& shown, const QString& path);
  void begin(qint64 message, Entry& entry);
  std::unique_ptr<TransferJob> make_job(const Message& message, const Entry& entry);
  void keep(const Entry& entry);
  void keep_beginning(qint64 message, const UploadBeginning& beginning);
  void progressed(qint64 message, qint64 done, qint64 total);
  void ended(qint64 message, TransferJob::End how, const QString& why);
  void finish(qint64 message, Entry& entry);
  void finish_upload(qint64 message, Entry& entry);
  void finish_download(qint64 message, Entry& entry);
  void stop(qint64 message, Entry& entry, TransferState state, const QString& why);
  void put_in_state(Entry& entry, TransferState state);  // also on disk
  void set_state(Entry& entry, TransferState state, const QString& why = {});
  void check_certificate(QNetworkReply* reply, const QList<QSslError>& errors);

  Session& session_;
  LocalHistory& history_;
  Settings& settings_;
  TransferTable table_;
  QNetworkAccessManager network_;
  std::map<qint64, Entry> entries_;  // by message
  QTimer again_;                     // when the next interrupted one is due
};

}  // namespace queqiao::client
