#pragma once

#include <QString>
#include <functional>

class QIODevice;

namespace queqiao::client {

class History;

enum class ExportFormat : quint8 { html, text };

// Writes a whole chat, oldest first, with a line for each day. Everything that people wrote is escaped; pictures are
// referenced where they lie on this machine, not copied.
class HistoryExport {
 public:
  using NameOf = std::function<QString(const QString& jid)>;

  HistoryExport(History& history, NameOf name_of) : history_(history), name_of_(std::move(name_of)) {}
  // The answer is empty, or why it failed, in words for people.
  QString write(const QString& chat, ExportFormat format, const QString& path) const;
  qint64 write(const QString& chat, ExportFormat format, QIODevice& out) const;  // how many messages

 private:
  History& history_;
  NameOf name_of_;
};

}  // namespace queqiao::client
