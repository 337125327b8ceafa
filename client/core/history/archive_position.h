#pragma once

#include <QString>
#include <optional>

#include "client/core/history/database.h"

namespace queqiao::client {

// A place in the server's archive.
struct ArchivePlace {
  QString id;
  qint64 time = 0;  // microseconds, as messages have it here; for when the archive has forgotten the id
};

// Messages between two places, both of which are here.
struct ArchiveGap {
  qint64 id = 0;
  ArchivePlace older, newer;
};

// How much of the server's archive is here: everything from where the first synchronisation began up to newest(),
// except for the gaps.
class ArchivePosition {
 public:
  explicit ArchivePosition(Database& database) : database_(database) {}

  std::optional<ArchivePlace> newest();  // nothing: never synchronised
  void set_newest(const ArchivePlace& place);

  std::optional<ArchiveGap> newest_gap();
  void add_gap(const ArchivePlace& older, const ArchivePlace& newer);
  void shrink_gap(qint64 gap, const ArchivePlace& newer);
  void close_gap(qint64 gap);

 private:
  Database& database_;
};

}  // namespace queqiao::client
