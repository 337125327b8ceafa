#pragma once

#include <QList>
#include <QStringList>

namespace queqiao::client {

// The history's tables, as numbered steps that are never changed once released: step n brings a file from
// `PRAGMA user_version` n to n + 1.
const QList<QStringList>& history_migrations();

}  // namespace queqiao::client
