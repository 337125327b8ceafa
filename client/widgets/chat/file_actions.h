#pragma once

#include <QList>
#include <QString>
#include <optional>

#include "client/core/message.h"
#include "client/core/transfers.h"

namespace queqiao::client {

enum class FileAction : quint8 { download, open, show_in_folder, save_as, cancel, retry, pause, resume };

// What can be done with the file of `message` now, in the order in which it is offered.
QList<FileAction> file_actions(const Message& message, const std::optional<Transfer>& transfer);
QString action_name(FileAction action);

// The line below a file's name: its size, or how far it has come and how fast, or why it failed.
QString file_state_text(const Message& message, const std::optional<Transfer>& transfer);
bool is_on_its_way(const std::optional<Transfer>& transfer);

// Does `open`, `show_in_folder` and `save_as`, which need nothing but the file on this machine. Programs and scripts
// are never started: `open` shows their folder instead.
void open_local_file(const QString& path);
void show_in_folder(const QString& path);

}  // namespace queqiao::client
