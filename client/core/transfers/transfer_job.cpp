#include "client/core/transfers/transfer_job.h"

#include <QNetworkReply>
#include <utility>

namespace queqiao::client {

void TransferJob::end(End how, const QString& why) {
  if (!std::exchange(has_ended_, true)) emit ended(how, why);
}

void TransferJob::end_with_failure(const QNetworkReply& reply) {
  const auto status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
  if (status == 413) return end(End::refused, tr("The server does not take files of this size."));
  if (status == 404 || status == 410) return end(End::refused, tr("The file is not on the server any more."));
  if (status == 401 || status == 403) return end(End::refused, tr("The server does not allow it."));
  if (status == 507) return end(End::refused, tr("The server has no space left."));
  if (status >= 400 && status < 500 && status != 408 && status != 429) {
    return end(End::refused, tr("The server refused it (HTTP %1).").arg(status));
  }
  if (reply.error() == QNetworkReply::SslHandshakeFailedError) {
    return end(End::refused, tr("The server's certificate cannot be trusted."));
  }
  // Nobody but the timeout cancels a reply that is still listened to.
  if (reply.error() == QNetworkReply::OperationCanceledError) {
    return end(End::interrupted, tr("The connection stood still."));
  }
  end(End::interrupted, reply.errorString());
}

}  // namespace queqiao::client
