#pragma once

#include <QString>

#include "client/core/account.h"

namespace queqiao::client {

// Where things are kept: `folder`, or the platform's place for this program's data when it is empty. Made if missing,
// for this user alone.
QString data_folder(const QString& folder);
// The part of one account, below it: history, roster, settings. Its name is the JID with what file systems dislike
// escaped.
QString account_folder(const AccountSettings& settings);

// Writes a file so that a crash leaves either the old one or the new one. False when that fails.
bool write_whole_file(const QString& path, const QByteArray& bytes);
// At most `limit` bytes; empty when there is none, or more than that.
QByteArray read_whole_file(const QString& path, qint64 limit);

}  // namespace queqiao::client
