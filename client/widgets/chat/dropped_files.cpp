#include "client/widgets/chat/dropped_files.h"

#include <QCollator>
#include <QDirIterator>
#include <QFileInfo>
#include <QMimeData>
#include <QUrl>
#include <algorithm>

namespace queqiao::client {
namespace {

// Links to folders are not followed: they may lead back.
DroppedFolder read_folder(const QFileInfo& folder, int most) {
  DroppedFolder read;
  read.name = folder.fileName();
  QDirIterator inside(folder.filePath(), QDir::Files | QDir::Readable, QDirIterator::Subdirectories);
  while (inside.hasNext() && read.files.size() < most) {
    read.files << inside.next();
    read.bytes += inside.fileInfo().size();
  }
  QCollator order{QLocale(QLocale::Chinese)};  // by pinyin, and Latin as everywhere; the C locale has no numeric mode
  order.setNumericMode(true);                  // 2.jpg before 10.jpg
  std::sort(read.files.begin(), read.files.end(), order);
  return read;
}

}  // namespace

int DroppedFiles::count() const {
  qsizetype all = files.size();
  for (const DroppedFolder& folder : folders) all += folder.files.size();
  return int(all);
}

QStringList DroppedFiles::paths_in(const QMimeData& dragged) {
  QStringList paths;
  for (const QUrl& url : dragged.urls()) {
    if (url.isLocalFile()) paths << url.toLocalFile();
  }
  return paths;
}

DroppedFiles DroppedFiles::read(const QStringList& paths) {
  DroppedFiles all;
  for (const QString& path : paths) {
    if (all.count() > most_files) break;
    const QFileInfo file(QFileInfo(path).absoluteFilePath());
    if (file.isDir()) {
      all.folders << read_folder(file, most_files + 1 - all.count());
    } else {
      all.files << file.filePath();
    }
  }
  return all;
}

}  // namespace queqiao::client
