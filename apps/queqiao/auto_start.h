#pragma once

#include <QString>

namespace queqiao::app {

// Whether the desktop starts the program at log-in: the autostart file of freedesktop.org, below `config_folder`.
bool starts_with_desktop(const QString& config_folder);
bool set_starts_with_desktop(bool is_wanted, const QString& program, const QString& config_folder);  // false: failed

}  // namespace queqiao::app
