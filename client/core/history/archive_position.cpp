#include "client/core/history/archive_position.h"

namespace queqiao::client {

std::optional<ArchivePlace> ArchivePosition::newest() {
  auto rows = database_.run(
      "SELECT i.value, t.value FROM property i JOIN property t ON t.name = 'newest_time' WHERE i.name = 'newest_id'");
  if (!rows.next()) return std::nullopt;
  return ArchivePlace{rows.text(0), rows.number(1)};
}

void ArchivePosition::set_newest(const ArchivePlace& place) {
  database_.run("INSERT OR REPLACE INTO property(name, value) VALUES('newest_id', ?), ('newest_time', ?)",
                {place.id, QString::number(place.time)});
}

std::optional<ArchiveGap> ArchivePosition::newest_gap() {
  auto rows = database_.run(
      "SELECT id, older, older_time, newer, newer_time FROM archive_gap ORDER BY newer_time DESC LIMIT 1");
  if (!rows.next()) return std::nullopt;
  return ArchiveGap{rows.number(0), {rows.text(1), rows.number(2)}, {rows.text(3), rows.number(4)}};
}

void ArchivePosition::add_gap(const ArchivePlace& older, const ArchivePlace& newer) {
  database_.run("INSERT INTO archive_gap(older, older_time, newer, newer_time) VALUES(?, ?, ?, ?)",
                {older.id, older.time, newer.id, newer.time});
}

void ArchivePosition::shrink_gap(qint64 gap, const ArchivePlace& newer) {
  database_.run("UPDATE archive_gap SET newer = ?, newer_time = ? WHERE id = ?", {newer.id, newer.time, gap});
}

void ArchivePosition::close_gap(qint64 gap) {
  database_.run("DELETE FROM archive_gap WHERE id = ?", {gap});
}

}  // namespace queqiao::client
