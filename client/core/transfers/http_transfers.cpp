#include "client/core/transfers/http_transfers.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QNetworkReply>
#include <QSslError>
#include <QStandardPaths>
#include <algorithm>
#include <chrono>

#include "base/assert.h"
#include "client/core/certificate_trust.h"
#include "client/core/factories.h"
#include "client/core/session.h"
#include "client/core/settings.h"
#include "client/core/transfers/download_job.h"
#include "client/core/transfers/file_names.h"
#include "client/core/transfers/pictures.h"
#include "client/core/transfers/upload_job.h"
#include "xmpp/xep/upload.h"

namespace queqiao::client {
namespace {

constexpr int most_at_once = 3;
constexpr int most_attempts = 8;     // in a row without a byte more than before
constexpr qint64 sample_time = 500;  // milliseconds between two looks at the speed
constexpr std::chrono::seconds look_again{1};

}  // namespace

std::unique_ptr<Transfers> make_transfers(Session& session, History& history, Settings& settings,
                                          std::chrono::milliseconds timeout) {
  auto* local = qobject_cast<LocalHistory*>(&history);
  QUEQIAO_ASSERT(local);
  return std::make_unique<HttpTransfers>(session, *local, settings, timeout);
}

HttpTransfers::HttpTransfers(Session& session, LocalHistory& history, Settings& settings,
                             std::chrono::milliseconds timeout)
    : session_(session), history_(history), settings_(settings), table_(history.database()) {
  load();
  network_.setTransferTimeout(static_cast<int>(timeout.count()));
  again_.setInterval(look_again);
  connect(&again_, &QTimer::timeout, this, &HttpTransfers::begin_waiting);
  connect(&network_, &QNetworkAccessManager::sslErrors, this, &HttpTransfers::check_certificate);
  connect(&history_, &History::message_removed, this,
          [this](const QString&, qint64 message) { entries_.erase(message); });
  connect(&session_, &Session::services_changed, this, &HttpTransfers::begin_waiting);
  connect(&session_, &Session::online, this, [this] {
    for (auto& [message, entry] : entries_) entry.attempts = 0;
    begin_waiting();
  });
  QTimer::singleShot(0, this, &HttpTransfers::begin_waiting);
}

HttpTransfers::~HttpTransfers() = default;

void HttpTransfers::load() {
  for (const auto& stored : table_.all()) {
    auto& entry = entries_[stored.message];
    entry.shown.message = stored.message;
    entry.shown.is_upload = stored.is_upload;
    entry.shown.state = stored.state == TransferState::running ? TransferState::waiting : stored.state;
    entry.shown.failure = stored.failure;
    entry.path = stored.path;
    entry.beginning = stored.beginning;
    load_progress(entry.shown, entry.path);
  }
}

void HttpTransfers::load_progress(Transfer& shown, const QString& path) {
  const auto message = history_.find(shown.message);
  if (message && message->file) shown.bytes_total = std::max<qint64>(message->file->size, 0);
  if (!shown.is_upload) shown.bytes_done = QFileInfo(part_path(path)).size();
}

std::optional<Transfer> HttpTransfers::find(qint64 message) const {
  const auto entry = entries_.find(message);
  return entry == entries_.end() ? std::nullopt : std::optional(entry->second.shown);
}

std::optional<qint64> HttpTransfers::largest_upload() const {
  const auto* service = session_.service_with(xmpp::ns::upload);
  if (!service) return session_.knows_services() ? std::optional<qint64>(0) : std::nullopt;
  const auto limit = xmpp::upload_size_limit(service->info);
  constexpr auto most = std::numeric_limits<qint64>::max();
  return limit ? static_cast<qint64>(std::min<std::uint64_t>(*limit, most)) : most;
}

void HttpTransfers::add(qint64 message, bool is_upload, const QString& path) {
  LocalHistory::Batch batch(history_, Durability::power);
  auto& entry = entries_[message];
  entry.shown = Transfer{.message = message, .is_upload = is_upload};
  entry.path = path;
  entry.beginning = {};
  entry.attempts = 0;
  entry.furthest = 0;
  if (const auto found = history_.find(message); found && found->file) {
    entry.shown.bytes_total = std::max<qint64>(found->file->size, 0);
  }
  keep(entry);
  history_.after_commit([this, shown = entry.shown] {
    emit changed(shown);
    begin_waiting();
  });
}

void HttpTransfers::upload(qint64 message, const QString& path) {
  add(message, true, path);
}

void HttpTransfers::download(qint64 message, const QString& path) {
  const auto found = history_.find(message);
  if (!found || !found->file || found->file->url.isEmpty()) return;
  if (const auto known = find(message);
      known && (known->state == TransferState::running || known->state == TransferState::waiting)) {
    return;
  } else if (known && known->state == TransferState::paused) {
    return resume(message);
  }
  auto folder = settings_.text(setting::download_folder);
  if (folder.isEmpty()) folder = QStandardPaths::writableLocation(QStandardPaths::DownloadLocation);
  const auto place = path.isEmpty() ? free_path(folder, found->file->name) : path;
  // A transfer that waits has its place already: the next of the same name must see that.
  if (path.isEmpty() && QDir().mkpath(folder)) QFile(part_path(place)).open(QIODevice::ReadWrite);
  add(message, false, place);
}

// With the usual timeout 1, 2, 4 … 60 seconds.
qint64 HttpTransfers::pause_after(int attempts) const {
  const qint64 timeout = network_.transferTimeout();
  return std::min(2 * timeout, (timeout / 30) << std::min(std::max(attempts - 1, 0), 6));
}

bool HttpTransfers::may_begin(const Entry& entry) const {
  if (entry.shown.state != TransferState::waiting) return false;
  const bool knows_service = session_.service_with(xmpp::ns::upload) || session_.knows_services();
  if (entry.shown.is_upload && !(session_.is_online() && knows_service)) return false;
  return entry.attempts == 0 || entry.pause.hasExpired(pause_after(entry.attempts));
}

void HttpTransfers::begin_waiting() {
  auto running = std::count_if(entries_.begin(), entries_.end(),
                               [](const auto& item) { return item.second.shown.state == TransferState::running; });
  bool is_waiting = false;
  QList<qint64> due;
  for (const auto& [message, entry] : entries_) {
    if (running < most_at_once && may_begin(entry)) {
      due.append(message);
      ++running;
    } else if (entry.shown.state == TransferState::waiting && entry.attempts > 0) {
      is_waiting = true;
    }
  }
  is_waiting ? again_.start() : again_.stop();
  for (const auto message : due) {
    if (const auto entry = entries_.find(message); entry != entries_.end()) begin(message, entry->second);
  }
}

std::unique_ptr<TransferJob> HttpTransfers::make_job(const Message& message, const Entry& entry) {
  auto file = *message.file;
  if (!entry.shown.is_upload) return std::make_unique<DownloadJob>(network_, std::move(file), entry.path, nullptr);
  file.local_path = entry.path;
  auto job = std::make_unique<UploadJob>(session_, network_, std::move(file), entry.beginning, nullptr);
  connect(job.get(), &UploadJob::begun, this,
          [this, id = message.id](const UploadBeginning& beginning) { keep_beginning(id, beginning); });
  return job;
}

void HttpTransfers::keep(const Entry& entry) {
  const auto& shown = entry.shown;
  table_.put({shown.message, shown.is_upload, shown.state, entry.path, shown.failure, entry.beginning});
}

void HttpTransfers::keep_beginning(qint64 message, const UploadBeginning& beginning) {
  auto& entry = entries_[message];
  entry.beginning = beginning;
  keep(entry);
}

void HttpTransfers::begin(qint64 message, Entry& entry) {
  const auto found = history_.find(message);
  if (!found || !found->file) {  // removed or recalled meanwhile
    table_.remove(message);
    entries_.erase(message);
    return;
  }
  entry.job = make_job(*found, entry);
  entry.since_sample.start();
  entry.sampled_bytes = 0;
  connect(entry.job.get(), &TransferJob::progress, this,
          [this, message](qint64 done, qint64 total) { progressed(message, done, total); });
  // Later: the job must not be gone while it is still speaking.
  connect(
      entry.job.get(), &TransferJob::ended, this,
      [this, message](TransferJob::End how, const QString& why) { ended(message, how, why); }, Qt::QueuedConnection);
  set_state(entry, TransferState::running);
  if (entry.job) entry.job->begin();
}

void HttpTransfers::progressed(qint64 message, qint64 done, qint64 total) {
  auto& entry = entries_[message];
  // A service that keeps no part of a file gets the same bytes again each time: that is no reason to go on for ever.
  if (done > entry.furthest) {
    entry.furthest = done;
    entry.attempts = 0;
  }
  entry.shown.bytes_done = done;
  entry.shown.bytes_total = total;
  const auto elapsed = entry.since_sample.elapsed();
  if (elapsed < sample_time && done < total) return;
  if (elapsed > 0) entry.shown.bytes_per_second = std::max<qint64>(done - entry.sampled_bytes, 0) * 1000 / elapsed;
  entry.sampled_bytes = done;
  entry.since_sample.restart();
  emit changed(entry.shown);
}

void HttpTransfers::ended(qint64 message, TransferJob::End how, const QString& why) {
  const auto found = entries_.find(message);
  if (found == entries_.end() || found->second.shown.state != TransferState::running) return;
  auto& entry = found->second;
  if (how == TransferJob::End::done) {
    finish(message, entry);
  } else if (how == TransferJob::End::refused || ++entry.attempts > most_attempts) {
    stop(message, entry, TransferState::failed, why);
  } else {
    entry.job.reset();
    entry.pause.start();
    set_state(entry, TransferState::waiting, why);
  }
  begin_waiting();
}

void HttpTransfers::finish(qint64 message, Entry& entry) {
  LocalHistory::Batch batch(history_, Durability::power);
  table_.remove(message);
  entry.shown.is_upload ? finish_upload(message, entry) : finish_download(message, entry);
  entry.job.reset();
  entry.shown.bytes_done = entry.shown.bytes_total;
  set_state(entry, TransferState::done);
}

void HttpTransfers::finish_upload(qint64 message, Entry& entry) {
  history_.set_file(message, static_cast<UploadJob&>(*entry.job).file());
  emit uploaded(message);
}

void HttpTransfers::finish_download(qint64 message, Entry& entry) {
  const auto found = history_.find(message);
  if (!found || !found->file) return;
  auto file = *found->file;
  file.local_path = static_cast<DownloadJob&>(*entry.job).path();
  entry.shown.bytes_total = QFileInfo(file.local_path).size();
  if (file.size < 0) file.size = entry.shown.bytes_total;
  if (const auto picture = picture_info(file.local_path)) {
    file.picture_size = picture->size;
    if (file.thumbnail.isEmpty()) file.thumbnail = picture->thumbnail;
  } else {
    file.picture_size = {};
  }
  history_.set_file(message, file);
}

void HttpTransfers::stop(qint64 message, Entry& entry, TransferState state, const QString& why) {
  entry.job.reset();
  entry.attempts = 0;
  LocalHistory::Batch batch(history_);
  if (entry.shown.is_upload) history_.set_delivery(message, Delivery::failed, why);
  set_state(entry, state, why);
  keep(entry);
}

void HttpTransfers::cancel(qint64 message) {
  const auto entry = entries_.find(message);
  if (entry == entries_.end() || entry->second.shown.state == TransferState::done) return;
  stop(message, entry->second, TransferState::cancelled, tr("Cancelled."));
  if (!entry->second.shown.is_upload) QFile::remove(part_path(entry->second.path));
  begin_waiting();
}

void HttpTransfers::pause(qint64 message) {
  const auto entry = entries_.find(message);
  if (entry == entries_.end()) return;
  const auto state = entry->second.shown.state;
  if (state != TransferState::running && state != TransferState::waiting) return;
  entry->second.job.reset();
  put_in_state(entry->second, TransferState::paused);
  begin_waiting();
}

void HttpTransfers::resume(qint64 message) {
  const auto entry = entries_.find(message);
  if (entry == entries_.end() || entry->second.shown.state != TransferState::paused) return;
  entry->second.attempts = 0;
  put_in_state(entry->second, TransferState::waiting);
  begin_waiting();
}

void HttpTransfers::put_in_state(Entry& entry, TransferState state) {
  LocalHistory::Batch batch(history_);
  set_state(entry, state);
  keep(entry);
}

void HttpTransfers::retry(qint64 message) {
  const auto entry = entries_.find(message);
  if (entry == entries_.end()) return;
  const auto state = entry->second.shown.state;
  if (state != TransferState::failed && state != TransferState::cancelled) return;
  if (entry->second.shown.is_upload) history_.set_delivery(message, Delivery::sending);
  add(message, entry->second.shown.is_upload, entry->second.path);
}

void HttpTransfers::set_state(Entry& entry, TransferState state, const QString& why) {
  entry.shown.state = state;
  entry.shown.failure = why;
  if (state != TransferState::running) entry.shown.bytes_per_second = 0;
  history_.after_commit([this, shown = entry.shown] { emit changed(shown); });
}

// Authorities vouch for the server, or it shows the certificate that the user has accepted for the account.
void HttpTransfers::check_certificate(QNetworkReply* reply, const QList<QSslError>& errors) {
  const auto certificate = reply->sslConfiguration().peerCertificate();
  const auto accepted = session_.accepted_fingerprint();
  if (!accepted.isEmpty() && fingerprint_of(certificate) == accepted) reply->ignoreSslErrors(errors);
}

}  // namespace queqiao::client
