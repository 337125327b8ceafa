#include "client/core/transfers/upload_job.h"

#include <QDateTime>
#include <QFileInfo>
#include <QNetworkReply>
#include <QPointer>
#include <algorithm>
#include <limits>
#include <utility>

#include "client/core/qt_text.h"
#include "client/core/session.h"
#include "client/core/stream_end_text.h"
#include "client/core/transfers/file_hasher.h"
#include "xml/parser.h"
#include "xmpp/xep/payload.h"
#include "xmpp/xep/upload.h"

namespace queqiao::client {
namespace {

constexpr int answer_patience = 4;  // transfer timeouts: a service may have much to do with a file that is all there

}  // namespace

UploadJob::UploadJob(Session& session, QNetworkAccessManager& network, FileInfo file, UploadBeginning beginning,
                     QObject* parent)
    : TransferJob(parent),
      session_(session),
      network_(network),
      file_(std::move(file)),
      source_(file_.local_path),
      beginning_(std::move(beginning)) {
  standstill_.setSingleShot(true);
  connect(&standstill_, &QTimer::timeout, this, [this] { reply_->abort(); });
}

UploadJob::~UploadJob() {
  follow(nullptr);
}

void UploadJob::begin() {
  if (!source_.open(QIODevice::ReadOnly)) {
    return end(End::refused, tr("The file cannot be read: %1").arg(source_.errorString()));
  }
  file_.size = source_.size();
  if (file_.size == 0) return end(End::refused, tr("The file is empty."));
  file_.sha256.clear();
  new FileHasher(
      file_.local_path, [this](const QByteArray& sha256) { hashed(sha256); }, this);
  if (!may_go_on()) return ask_for_slot();
  if (beginning_.sha256.isEmpty()) ask_for_offset();  // else when this one's is known, see hashed()
}

// What came of another file must not be taken for a part of this one, nor for all of it.
bool UploadJob::may_go_on() {
  const auto changed = QFileInfo(file_.local_path).lastModified().toMSecsSinceEpoch();
  const bool is_same = beginning_.size == file_.size && beginning_.changed == changed;
  if (is_same && read_slot(beginning_.slot)) return true;
  beginning_ = {{}, file_.size, changed, {}};
  return false;
}

void UploadJob::hashed(const QByteArray& sha256) {
  if (sha256.isEmpty()) return end(End::refused, tr("The file cannot be read."));
  file_.sha256 = sha256;
  const auto before = std::exchange(beginning_.sha256, sha256);
  if (before.isEmpty()) {
    if (slot_) emit begun(beginning_);
    return end_if_done();
  }
  before == sha256 ? ask_for_offset() : ask_for_slot();
}

bool UploadJob::read_slot(const QString& slot) {
  xml::Document document;
  if (xml::parse_element(to_utf8(slot), document) != xml::ParseError::none) return false;
  const auto parsed = xmpp::UploadSlot::parse(document.root());
  if (parsed) slot_ = std::make_unique<xmpp::UploadSlot>(*parsed);
  return slot_ != nullptr;
}

void UploadJob::ask_for_slot() {
  const auto* service = session_.service_with(xmpp::ns::upload);
  if (!service) return end(End::refused, tr("The server takes no files."));
  const auto limit = xmpp::upload_size_limit(service->info);
  if (limit && static_cast<std::uint64_t>(file_.size) > *limit) {
    return end(End::refused, tr("The file is larger than the %1 MiB that the server takes.").arg(*limit >> 20));
  }
  const xmpp::UploadRequest wanted{to_utf8(file_.name), static_cast<std::uint64_t>(file_.size),
                                   to_utf8(file_.media_type)};
  session_.request(xmpp::IqType::get, service->jid, xmpp::to_xml(wanted),
                   [self = QPointer(this)](const xmpp::IqAnswer& answer) {
                     if (!self) return;
                     if (!answer.is_result()) return self->slot_refused(answer);
                     const auto slot = xmpp::UploadSlot::parse(answer.iq.child("slot", xmpp::ns::upload));
                     if (!slot) return self->end(End::refused, tr("The server's answer is not understood."));
                     self->slot_given(*slot);
                   });
}

void UploadJob::slot_given(const xmpp::UploadSlot& slot) {
  slot_ = std::make_unique<xmpp::UploadSlot>(slot);
  beginning_.slot = to_qt(xmpp::to_xml(slot));
  emit begun(beginning_);
  put(0);
}

void UploadJob::slot_refused(const xmpp::IqAnswer& answer) {
  const bool is_final = answer.kind == xmpp::IqAnswer::Kind::error && answer.error.type != xmpp::ErrorType::wait;
  end(is_final ? End::refused : End::interrupted, explain(answer));
}

QNetworkRequest UploadJob::request() const {
  QNetworkRequest request(QUrl(to_qt(slot_->put_url)));
  // After a redirect the file would have to be read again from its beginning.
  request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
  for (const auto& header : slot_->headers) request.setRawHeader(to_bytes(header.name), to_bytes(header.value));
  return request;
}

// Takes the place of the reply of before, which ends.
void UploadJob::follow(QNetworkReply* reply) {
  if (auto* before = std::exchange(reply_, reply)) {
    before->disconnect(this);
    before->abort();
    before->deleteLater();
  }
}

void UploadJob::ask_for_offset() {
  follow(network_.head(request()));
  connect(reply_, &QNetworkReply::finished, this, &UploadJob::offset_known);
}

void UploadJob::offset_known() {
  const auto status = reply_->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
  const auto offset = reply_->rawHeader("Upload-Offset");
  if (status == 0) return end_with_failure(*reply_);  // no connection
  // All of it had come, and the answer to the PUT was lost. A service that knows nothing of offsets shows it by the
  // size.
  const bool is_whole =
      offset.isEmpty() && status == 200 && reply_->rawHeader("Content-Length").toLongLong() == file_.size;
  if (reply_->rawHeader("Upload-Complete") == "?1" || is_whole) {
    is_uploaded_ = true;
    return end_if_done();
  }
  // An expired slot, or a service that knows nothing of offsets: from the beginning.
  if (status / 100 != 2 || offset.isEmpty()) return ask_for_slot();
  put(std::clamp<qint64>(offset.toLongLong(), 0, file_.size - 1));
}

void UploadJob::put(qint64 offset) {
  auto wanted = request();
  wanted.setHeader(QNetworkRequest::ContentTypeHeader, file_.media_type);
  wanted.setHeader(QNetworkRequest::ContentLengthHeader, file_.size - offset);
  if (offset > 0) {
    wanted.setRawHeader("Content-Range", QByteArray("bytes ") + QByteArray::number(offset) + '-' +
                                             QByteArray::number(file_.size - 1) + '/' + QByteArray::number(file_.size));
  }
  source_.seek(offset);
  // The network's own timeout cannot change on the way: standstill_ takes its place.
  wanted.setTransferTimeout(std::numeric_limits<int>::max());
  follow(network_.put(wanted, &source_));
  standstill_.start(network_.transferTimeout());
  connect(reply_, &QNetworkReply::uploadProgress, this, [this, offset](qint64 done, qint64) {
    if (done > 0) moved(offset + done, file_.size);
  });
  connect(reply_, &QNetworkReply::finished, this, &UploadJob::put_ended);
}

void UploadJob::moved(qint64 done, qint64 total) {
  standstill_.start(network_.transferTimeout() * (done < total ? 1 : answer_patience));
  emit progress(done, total);
}

void UploadJob::put_ended() {
  standstill_.stop();
  const auto status = reply_->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
  // 404: the slot's time was over. 409: the service still holds the connection that broke.
  if (status == 404 || status == 409) return end(End::interrupted, tr("The upload begins anew."));
  if (reply_->error() != QNetworkReply::NoError || status / 100 != 2) return end_with_failure(*reply_);
  is_uploaded_ = true;
  end_if_done();
}

void UploadJob::end_if_done() {
  if (!is_uploaded_ || file_.sha256.isEmpty()) return;
  file_.url = to_qt(slot_->get_url);
  end(End::done, {});
}

}  // namespace queqiao::client
