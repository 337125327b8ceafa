#pragma once

#include <QString>
#include <QStringList>

class QMimeData;

namespace queqiao::client {

struct DroppedFolder {
  QString name;
  QStringList files;  // of its folders as well, hidden ones not; in the order of their paths in it
  qint64 bytes = 0;
};

// The files of this machine in a drop.
struct DroppedFiles {
  static constexpr int most_files = 200;  // of one drop, folders included

  QStringList files;
  QList<DroppedFolder> folders;
  int count() const;  // more than most_files: too many; the rest has not been read
  bool is_empty() const { return files.isEmpty() && folders.isEmpty(); }

  static DroppedFiles read(const QStringList& paths);  // reads the folders, which may take a while
  static QStringList paths_in(const QMimeData& dragged);
};

}  // namespace queqiao::client
