#pragma once

#include "storage/archive_page.h"
#include "storage/sqlite/recent_rows.h"

namespace queqiao::storage::sqlite {

// Reads archives: the rows that are filed from the table, the newer ones from RecentRows.
class ArchiveReader {
 public:
  ArchiveReader(Connection& connection, AccountTable& accounts, const RecentRows& recent)
      : connection_(connection), accounts_(accounts), recent_(recent) {}

  Result<ArchivePage> query(const User& owner, const ArchiveQuery& query);
  ArchiveMetadata metadata(const User& owner);
  std::vector<ArchivedMessage> undelivered(const User& user, ArchiveId after, std::uint32_t limit);
  std::vector<std::pair<std::uint64_t, ArchiveId>> recent_origins(const User& user, std::uint32_t limit);

 private:
  class View;

  ArchivedMessage load(ArchiveId id, bool is_outgoing);
  std::uint64_t origin(ArchiveId id);
  std::int64_t state(std::string_view name);

  Connection& connection_;
  AccountTable& accounts_;
  const RecentRows& recent_;
  Statement forward_{connection_,
                     "SELECT id, peer, flags FROM archive WHERE owner=? AND id BETWEEN ? AND ? ORDER BY id"};
  Statement backward_{connection_,
                      "SELECT id, peer, flags FROM archive WHERE owner=? AND id BETWEEN ? AND ? ORDER BY id DESC"};
  Statement contains_{connection_, "SELECT 1 FROM archive WHERE owner=? AND id=?"};
  Statement message_{connection_, "SELECT received, stanza FROM message WHERE id=?"};
  Statement origin_{connection_, "SELECT origin FROM message WHERE id=?"};
  Statement row_{connection_, "SELECT peer, flags FROM archive WHERE owner=? AND id=?"};
  // The index gives the ids in order, so a page ends the search.
  Statement found_forward_{connection_,
                           "SELECT rowid FROM message_terms WHERE message_terms MATCH ? AND rowid BETWEEN ? AND ? "
                           "ORDER BY rowid"};
  Statement found_backward_{connection_,
                            "SELECT rowid FROM message_terms WHERE message_terms MATCH ? AND rowid BETWEEN ? AND ? "
                            "ORDER BY rowid DESC"};
  Statement find_peer_{connection_, "SELECT id FROM peer WHERE jid=?"};
  Statement state_{connection_, "SELECT value FROM state WHERE name=?"};
};

}  // namespace queqiao::storage::sqlite
