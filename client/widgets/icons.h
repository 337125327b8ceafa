#pragma once

#include <QIcon>
#include <QString>

namespace queqiao::client {

// Which of the look's colours an icon has; it follows the look by itself.
enum class Tint : quint8 { text, faint, accent, on_accent, danger, good, warning };

// client/widgets/icons/NAME.svg, drawn in one colour.
QIcon icon(const QString& name, Tint tint = Tint::text);

// The program's own picture, in its colours.
QIcon program_icon();

}  // namespace queqiao::client
