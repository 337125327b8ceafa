#pragma once

#include <QString>

namespace queqiao::client {

// A path in `folder` for a file that somebody calls `name`, where nothing lies yet, not even a part of a download:
// "name.ext", "name (2).ext", … Whatever `name` says, it is a plain name below the folder, and none that a system has
// reserved (CON, NUL, …).
QString free_path(const QString& folder, const QString& name);
QString part_path(const QString& path);  // where a file lies while it is not whole

}  // namespace queqiao::client
