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

  // Reads the folders, which may take a while.
  static DroppedFiles read(const QMimeData& dropped);
  static bool are_in(const QMimeData& dragged);  // files or folders, without reading these
};

}  // namespace queqiao::client
