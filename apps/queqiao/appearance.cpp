#include "apps/queqiao/appearance.h"

#include "client/widgets/language.h"
#include "client/widgets/theme.h"

namespace queqiao::app {

using client::Settings;
using client::Theme;
namespace setting = client::setting;

Appearance::Appearance(const Options& options, const QString& file)
    : options_(options), last_(file, QSettings::IniFormat) {
  apply();
}

void Appearance::follow(Settings& settings) {
  take(settings);
  connect(&settings, &Settings::changed, this, [this, &settings](const QString& key) {
    if (QStringList{setting::language, setting::theme, setting::text_size}.contains(key)) {
      if (key == QLatin1String(setting::language)) {
        options_.language.clear();
        last_.setValue(setting::language, settings.text(setting::language));
      }
      if (key == QLatin1String(setting::theme)) options_.theme.clear();
      take(settings);
    }
  });
}

void Appearance::choose_language(const QString& language) {
  options_.language.clear();
  last_.setValue(setting::language, language);
  apply();
}

void Appearance::take(Settings& settings) {
  // The language that was chosen before logging in stays while the account has none of its own.
  if (!settings.text(setting::language).isEmpty()) last_.setValue(setting::language, settings.text(setting::language));
  last_.setValue(setting::theme, settings.number(setting::theme));
  last_.setValue(setting::text_size, settings.number(setting::text_size));
  apply();
}

void Appearance::apply() {
  const auto theme = Theme(last_.value(setting::theme, int(Theme::system)).toInt());
  bool is_dark = theme == Theme::dark || (theme == Theme::system && client::system_is_dark());
  if (!options_.theme.isEmpty()) is_dark = options_.theme == "dark";
  const int text_size = last_.value(setting::text_size, 100).toInt();
  if (!is_applied_ || is_dark != client::look().is_dark || text_size != client::look().text_percent) {
    client::set_look(is_dark, text_size);
  }
  is_applied_ = true;
  const QString language = options_.language.isEmpty() ? last_.value(setting::language).toString() : options_.language;
  client::set_language(language);
}

}  // namespace queqiao::app
