#include "client/core/data_folder.h"

#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <QStandardPaths>
#include <QUrl>

namespace queqiao::client {
namespace {

constexpr auto owner_only = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

QString make_folder(const QString& path) {
  QDir().mkpath(path);
  QFile::setPermissions(path, owner_only | QFileDevice::ExeOwner);
  return path;
}

}  // namespace

QString data_folder(const QString& folder) {
  return make_folder(folder.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) : folder);
}

QString account_folder(const AccountSettings& settings) {
  // A JID may have a '/' nowhere before its resource, but '.' and '..' as a name must not lead elsewhere either.
  auto name = QString::fromLatin1(QUrl::toPercentEncoding(settings.jid.toLower(), "@"));
  if (name.startsWith('.')) name.prepend("%");
  return make_folder(data_folder(settings.data_folder) + "/" + name);
}

bool write_whole_file(const QString& path, const QByteArray& bytes) {
  QSaveFile file(path);
  if (!file.open(QIODevice::WriteOnly)) return false;
  file.setPermissions(owner_only);
  return file.write(bytes) == bytes.size() && file.commit();
}

QByteArray read_whole_file(const QString& path, qint64 limit) {
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly) || file.size() > limit) return {};
  return file.readAll();
}

}  // namespace queqiao::client
