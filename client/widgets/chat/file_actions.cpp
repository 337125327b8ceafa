#include "client/widgets/chat/file_actions.h"

#include <QCoreApplication>
#include <QDesktopServices>
#include <QFileInfo>
#include <QUrl>

#include "client/widgets/chat/message_text.h"

namespace queqiao::client {
namespace {

struct FileWords {
  Q_DECLARE_TR_FUNCTIONS(FileWords)
};

// What a desktop would run rather than show.
bool is_program(const QFileInfo& file) {
  static const QStringList suffixes{"sh",  "run", "desktop", "exe",  "bat", "cmd", "msi", "jar",
                                    "py",  "pl",  "rb",      "js",   "com", "scr", "ps1", "appimage",
                                    "deb", "rpm", "vbs",     "bash", "csh", "zsh"};
  return file.isExecutable() || suffixes.contains(file.suffix().toLower());
}

}  // namespace

bool is_on_its_way(const std::optional<Transfer>& transfer) {
  return transfer && (transfer->state == TransferState::waiting || transfer->state == TransferState::running ||
                      transfer->state == TransferState::paused);
}

QList<FileAction> file_actions(const Message& message, const std::optional<Transfer>& transfer) {
  if (!message.file) return {};
  if (is_on_its_way(transfer)) {
    const bool is_paused = transfer->state == TransferState::paused;
    return {is_paused ? FileAction::resume : FileAction::pause, FileAction::cancel};
  }
  const bool has_stopped =
      transfer && (transfer->state == TransferState::failed || transfer->state == TransferState::cancelled);
  if (has_stopped) return {FileAction::retry};
  if (message.file->local_path.isEmpty()) return {FileAction::download};
  if (!QFileInfo::exists(message.file->local_path)) {
    return message.file->url.isEmpty() ? QList<FileAction>{} : QList{FileAction::download};
  }
  return {FileAction::open, FileAction::show_in_folder, FileAction::save_as};
}

QString action_name(FileAction action) {
  switch (action) {
    case FileAction::download:
      return FileWords::tr("Download");
    case FileAction::open:
      return FileWords::tr("Open");
    case FileAction::show_in_folder:
      return FileWords::tr("Show in folder");
    case FileAction::save_as:
      return FileWords::tr("Save as…");
    case FileAction::cancel:
      return FileWords::tr("Cancel");
    case FileAction::retry:
      return FileWords::tr("Try again");
    case FileAction::pause:
      return FileWords::tr("Pause");
    case FileAction::resume:
      return FileWords::tr("Go on");
  }
  return {};
}

QString file_state_text(const Message& message, const std::optional<Transfer>& transfer) {
  const QString size = message.file ? file_size_text(message.file->size) : QString();
  if (!transfer || transfer->state == TransferState::done) return size;
  switch (transfer->state) {
    case TransferState::waiting:
      return FileWords::tr("Waiting · %1").arg(size);
    case TransferState::paused:
      return FileWords::tr("Paused · %1").arg(size);
    case TransferState::running:
      return FileWords::tr("%1 of %2 · %3/s")
          .arg(file_size_text(transfer->bytes_done), file_size_text(transfer->bytes_total),
               file_size_text(transfer->bytes_per_second));
    case TransferState::failed:
      return transfer->failure.isEmpty() ? FileWords::tr("Failed") : transfer->failure;
    case TransferState::cancelled:
      return FileWords::tr("Cancelled");
    case TransferState::done:
      break;
  }
  return size;
}

void open_local_file(const QString& path) {
  if (is_program(QFileInfo(path))) return show_in_folder(path);
  QDesktopServices::openUrl(QUrl::fromLocalFile(path));
}

void show_in_folder(const QString& path) {
  QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(path).absolutePath()));
}

}  // namespace queqiao::client
