#include "client/widgets/style_sheet.h"

#include <QFile>
#include <QHash>

namespace queqiao::client {

namespace {

// What stands between {{ and }} in style.qss.
QHash<QString, QString> words_of(const Look& it) {
  const auto points = [&](double at_100) { return QString::number(at_100 * it.text_percent / 100.0, 'f', 1) + "pt"; };
  return {{"window", it.window.name()},
          {"panel", it.panel.name()},
          {"raised", it.raised.name()},
          {"hover", it.hover.name()},
          {"selected", it.selected.name()},
          {"line", it.line.name()},
          {"text", it.text.name()},
          {"faint", it.faint_text.name()},
          {"accent", it.accent.name()},
          {"accent_hover", it.is_dark ? it.accent.lighter(115).name() : it.accent.lighter(112).name()},
          {"accent_down", it.accent.darker(115).name()},
          {"accent_text", it.accent_text.name()},
          {"link", it.link.name()},
          {"danger", it.danger.name()},
          {"danger_fill", it.is_dark ? "#b83a45" : it.danger.name()},
          {"good", it.good.name()},
          {"field", it.field.name()},
          {"field_line", it.field_line.name()},
          {"banner_top", it.banner_top.name()},
          {"banner_bottom", it.banner_bottom.name()},
          {"scroll", it.is_dark ? "#4a515a" : "#c3cad3"},
          {"tone", it.is_dark ? "dark" : "light"},
          {"title_size", points(15)},
          {"heading_size", points(11)},
          {"small_size", points(9)},
          {"radius", QString::number(it.radius) + "px"}};
}

}  // namespace

QString style_sheet(const Look& look) {
  QFile file(QStringLiteral(":/queqiao/style.qss"));
  if (!file.open(QIODevice::ReadOnly)) return {};
  QString sheet = QString::fromUtf8(file.readAll());
  const auto words = words_of(look);
  for (auto word = words.begin(); word != words.end(); ++word) sheet.replace("{{" + word.key() + "}}", word.value());
  return sheet;
}

}  // namespace queqiao::client
