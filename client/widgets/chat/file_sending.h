#pragma once

#include <QObject>
#include <QStringList>
#include <QTimer>

#include "client/widgets/chat/dropped_files.h"

namespace queqiao::client {

class Account;

// Sends files to one chat: says why one cannot go, and asks before all files of a folder do.
class FileSending final : public QObject {
  Q_OBJECT

 public:
  FileSending(Account& account, QString jid, QWidget* view);  // `view`: questions stand over it
  ~FileSending() override;

  void send(const QStringList& files);
  void choose();  // by the desktop's dialog
  // Folders wait for the answer to one question; each goes as a line with its name and size, and its files, which
  // begin in the order of their paths (docs/decisions/0006), one at each turn of the event loop.
  void send_dropped(const DroppedFiles& dropped);

 signals:
  void sent();
  void problem(const QString& text);

 private:
  // Of a folder: its line, or a file.
  struct Part {
    QString line, path;  // one of them
  };

  void ask_about(const QList<DroppedFolder>& folders);
  void send_folder(const DroppedFolder& folder);
  void send_next();
  bool takes_files();
  bool is_too_large(qint64 bytes) const;

  Account& account_;
  QString jid_;
  QWidget* view_;  // not owned; our parent
  QList<Part> waiting_;
  QTimer next_;
};

QString folder_heading(const DroppedFolder& folder);  // "photos: 12 files, 3.4 MB"

}  // namespace queqiao::client
