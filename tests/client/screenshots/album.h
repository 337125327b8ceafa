#pragma once

#include <QDir>
#include <QString>
#include <QStringList>
#include <QWidget>

namespace queqiao::client::test {

// Where pictures of windows go: NAME.LANGUAGE.LOOK.png in one folder, the wanted names only.
class Album {
 public:
  Album(QDir folder, QStringList wanted) : folder_(std::move(folder)), wanted_(std::move(wanted)) {}
  void set_suffix(const QString& language, const QString& look) { suffix_ = language + '.' + look; }
  bool wants(const QString& name) const { return wanted_.isEmpty() || wanted_.contains(name); }
  void save(QWidget& window, const QString& name) const;

 private:
  QDir folder_;
  QStringList wanted_;
  QString suffix_;
};

}  // namespace queqiao::client::test
