#include "client/core/transfers/file_names.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>

#include "client/core/qt_text.h"
#include "xmpp/xep/file_sharing.h"

namespace queqiao::client {
namespace {

// What Windows refuses or takes for something else; the same everywhere, since folders travel between systems.
QString portable(QString name) {
  static const QRegularExpression awkward(QStringLiteral(R"([<>:"/\\|?*])"));
  static const QRegularExpression device(QStringLiteral(R"(^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$)"),
                                         QRegularExpression::CaseInsensitiveOption);
  name.replace(awkward, QStringLiteral("_"));
  while (name.endsWith('.') || name.endsWith(' ')) name.chop(1);
  if (name.isEmpty()) return QStringLiteral("file");
  return device.match(name).hasMatch() ? '_' + name : name;
}

}  // namespace

QString part_path(const QString& path) {
  return path + QStringLiteral(".part");
}

QString free_path(const QString& folder, const QString& name) {
  const QFileInfo wanted(portable(to_qt(xmpp::safe_file_name(to_utf8(name)))));
  const auto ending = wanted.suffix().isEmpty() ? QString() : '.' + wanted.suffix();
  const auto stem = wanted.fileName().chopped(ending.size());
  const QDir place(folder);
  for (int number = 1;; ++number) {
    const auto candidate =
        place.filePath(number == 1 ? stem + ending : QStringLiteral("%1 (%2)%3").arg(stem).arg(number).arg(ending));
    if (!QFileInfo::exists(candidate) && !QFileInfo::exists(part_path(candidate))) return candidate;
  }
}

}  // namespace queqiao::client
