#include "client/widgets/chat/file_sending.h"

#include <QFileDialog>
#include <QFileInfo>
#include <algorithm>

#include "client/core/account.h"
#include "client/core/messenger.h"
#include "client/core/transfers.h"
#include "client/widgets/chat/message_text.h"
#include "client/widgets/confirm.h"

namespace queqiao::client {

FileSending::FileSending(Account& account, QString jid, QWidget* view)
    : QObject(view), account_(account), jid_(std::move(jid)), view_(view) {
  connect(&next_, &QTimer::timeout, this, &FileSending::send_next);
}

// What waits has been promised to the user: a chat that closes sends it at once.
FileSending::~FileSending() {
  while (!waiting_.isEmpty()) send_next();
}

bool FileSending::takes_files() {
  if (account_.transfers().largest_upload() != 0 || account_.state() != ConnectionState::online) return true;
  emit problem(tr("This server takes no files."));
  return false;
}

bool FileSending::is_too_large(qint64 bytes) const {
  const auto largest = account_.transfers().largest_upload();
  return largest && *largest > 0 && bytes > *largest;
}

void FileSending::send(const QStringList& files) {
  if (files.isEmpty() || !takes_files()) return;
  for (const QString& path : files) {
    const QFileInfo file(path);
    if (is_too_large(file.size())) {
      emit problem(tr("%1 is too large: the server takes at most %2.")
                       .arg(file.fileName(), file_size_text(account_.transfers().largest_upload().value_or(-1))));
      continue;
    }
    account_.messenger().send_file(jid_, path);
  }
  emit sent();
}

void FileSending::choose() {
  send(QFileDialog::getOpenFileNames(view_, tr("Send files")));
}

void FileSending::send_dropped(const DroppedFiles& dropped) {
  if (dropped.count() > DroppedFiles::most_files) {
    return emit problem(tr("At most %1 files at once.").arg(DroppedFiles::most_files));
  }
  send(dropped.files);
  QList<DroppedFolder> folders;
  for (const DroppedFolder& folder : dropped.folders) {
    if (!folder.files.isEmpty()) {
      folders << folder;
    } else {
      emit problem(tr("There is no file in the folder %1.").arg(folder.name));
    }
  }
  if (!folders.isEmpty() && takes_files()) ask_about(folders);
}

void FileSending::ask_about(const QList<DroppedFolder>& folders) {
  QStringList lines;
  qsizetype too_large = 0;
  for (const DroppedFolder& folder : folders) {
    lines << folder_heading(folder);
    too_large += std::count_if(folder.files.begin(), folder.files.end(),
                               [this](const QString& path) { return is_too_large(QFileInfo(path).size()); });
  }
  lines << tr("Each file goes as a message of its own.");
  if (too_large > 0) {
    lines << tr("Too large for the server, which takes at most %1, and not sent: %2.")
                 .arg(file_size_text(account_.transfers().largest_upload().value_or(-1)))
                 .arg(too_large);
  }
  ask(view_, {tr("Send the folder?"), lines.join('\n'), tr("Send"), false}, [this, folders] {
    for (const DroppedFolder& folder : folders) send_folder(folder);
    emit sent();
  });
}

void FileSending::send_folder(const DroppedFolder& folder) {
  waiting_ << Part{QStringLiteral("📁 ") + folder_heading(folder), {}};
  for (const QString& path : folder.files) {
    if (!is_too_large(QFileInfo(path).size())) waiting_ << Part{{}, path};
  }
  next_.start(0);
}

// Each file is looked into and stored: two hundred in one turn would stop the windows.
void FileSending::send_next() {
  const Part part = waiting_.takeFirst();
  if (waiting_.isEmpty()) next_.stop();
  if (part.path.isEmpty()) {
    account_.messenger().send_text(jid_, part.line);
  } else {
    account_.messenger().send_file(jid_, part.path);
  }
}

QString folder_heading(const DroppedFolder& folder) {
  return FileSending::tr("%1: %2 files, %3")
      .arg(folder.name)
      .arg(folder.files.size())
      .arg(file_size_text(folder.bytes));
}

}  // namespace queqiao::client
