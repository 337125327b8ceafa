#include "client/core/transfers/download_job.h"

#include <QDir>
#include <QFileInfo>
#include <QNetworkReply>

#include "client/core/transfers/file_hasher.h"
#include "client/core/transfers/file_names.h"

namespace queqiao::client {
namespace {

constexpr qint64 read_buffer = 1 << 20;  // bytes: the server waits while the disk is slower than the network

}  // namespace

DownloadJob::DownloadJob(QNetworkAccessManager& network, FileInfo file, QString path, QObject* parent)
    : TransferJob(parent), network_(network), file_(std::move(file)), path_(std::move(path)), part_(part_path(path_)) {}

DownloadJob::~DownloadJob() {
  if (!reply_) return;
  reply_->disconnect(this);
  reply_->abort();
  reply_->deleteLater();
}

void DownloadJob::begin() {
  QDir().mkpath(QFileInfo(path_).path());
  if (!part_.open(QIODevice::ReadWrite)) {
    return end(End::refused, tr("The file cannot be written: %1").arg(part_.errorString()));
  }
  start_ = part_.size();
  if (start_ > 0 && start_ == file_.size) return check();
  QNetworkRequest request{QUrl(file_.url)};
  request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::NoLessSafeRedirectPolicy);
  request.setRawHeader("Accept-Encoding", "identity");  // ranges count the file's own bytes
  if (start_ > 0) request.setRawHeader("Range", "bytes=" + QByteArray::number(start_) + '-');
  reply_ = network_.get(request);
  reply_->setReadBufferSize(read_buffer);
  connect(reply_, &QNetworkReply::metaDataChanged, this, &DownloadJob::head_received);
  connect(reply_, &QNetworkReply::readyRead, this, &DownloadJob::store);
  connect(reply_, &QNetworkReply::finished, this, &DownloadJob::received);
}

void DownloadJob::head_received() {
  const auto status = reply_->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
  // RFC 9110 14.2: a server may answer a range with the whole.
  if (status == 206) {
    part_.seek(start_);
  } else if (status == 200) {
    start_ = 0;
    part_.resize(0);
    part_.seek(0);
  }
}

void DownloadJob::store() {
  const auto status = reply_->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
  const auto bytes = reply_->readAll();
  if (status != 200 && status != 206) return;  // the words of an error page
  if (file_.size >= 0 && part_.pos() + bytes.size() > file_.size) {
    reply_->disconnect(this);
    part_.remove();
    return end(End::refused, tr("The file is larger than was said; it was not kept."));
  }
  if (part_.write(bytes) != bytes.size()) {
    reply_->disconnect(this);
    return end(End::refused, tr("The file cannot be written: %1").arg(part_.errorString()));
  }
  emit progress(part_.pos(), std::max(file_.size, part_.pos()));
}

void DownloadJob::received() {
  const auto status = reply_->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
  if (status == 416) part_.resize(0);  // what is here is no beginning of what is there
  if (status == 416) return end(End::interrupted, tr("The download begins anew."));
  if (reply_->error() != QNetworkReply::NoError || status / 100 != 2) {
    part_.flush();
    return end_with_failure(*reply_);
  }
  store();
  check();
}

void DownloadJob::check() {
  part_.close();
  if (file_.sha256.isEmpty()) return put_in_place();
  new FileHasher(
      part_.fileName(),
      [this](const QByteArray& sha256) {
        if (sha256 == file_.sha256) return put_in_place();
        QFile::remove(part_.fileName());
        end(End::refused, tr("The file is not the one that was sent; it was removed."));
      },
      this);
}

void DownloadJob::put_in_place() {
  // rename() replaces nothing: when somebody has put a file there meanwhile, ours takes the next free name.
  auto wanted = path_;
  for (int attempt = 0; !QFile::rename(part_.fileName(), wanted); ++attempt) {
    if (attempt == 10 || !QFileInfo::exists(wanted)) {
      return end(End::refused, tr("The file cannot be written: %1").arg(wanted));
    }
    wanted = free_path(QFileInfo(path_).path(), QFileInfo(path_).fileName());
  }
  path_ = wanted;
  end(End::done, {});
}

}  // namespace queqiao::client
