#pragma once

#include <QObject>
#include <QSettings>

#include "apps/queqiao/options.h"
#include "client/core/settings.h"

namespace queqiao::app {

// Language, theme and text size: of the command line until the user chooses, else of the account's settings, else what
// was last.
class Appearance final : public QObject {
  Q_OBJECT

 public:
  Appearance(const Options& options, const QString& file);
  void follow(client::Settings& settings);  // from the account's log-in on
  void choose_language(const QString& language);

 private:
  void apply();
  void take(client::Settings& settings);

  Options options_;
  QSettings last_;
  bool is_applied_ = false;
};

}  // namespace queqiao::app
