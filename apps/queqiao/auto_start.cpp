#include "apps/queqiao/auto_start.h"

#include <QDir>
#include <QFile>
#include <QSaveFile>

namespace queqiao::app {

namespace {

QString file_in(const QString& config_folder) {
  return config_folder + "/autostart/queqiao.desktop";
}

// Desktop Entry Specification, "The Exec key": quoted, with what is special inside quotes escaped, twice for
// backslashes.
QString quoted(QString program) {
  for (const char* special : {"\\", "\"", "`", "$"}) program.replace(special, QString("\\\\") + special);
  return '"' + program.replace('%', "%%") + '"';
}

}  // namespace

bool starts_with_desktop(const QString& config_folder) {
  return QFile::exists(file_in(config_folder));
}

bool set_starts_with_desktop(bool is_wanted, const QString& program, const QString& config_folder) {
  const QString path = file_in(config_folder);
  if (!is_wanted) return !QFile::exists(path) || QFile::remove(path);
  if (!QDir().mkpath(config_folder + "/autostart")) return false;
  QSaveFile file(path);
  if (!file.open(QIODevice::WriteOnly)) return false;
  file.write(QStringLiteral("[Desktop Entry]\nType=Application\nName=Queqiao\nIcon=queqiao\nExec=%1\n")
                 .arg(quoted(program))
                 .toUtf8());
  return file.commit();
}

}  // namespace queqiao::app
