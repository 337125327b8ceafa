#pragma once

#include "storage/sqlite/account_table.h"

namespace queqiao::storage::sqlite {

// The table upload: what is known of files that accounts share; their bytes lie elsewhere. Writes belong into a
// transaction of the caller.
class UploadTable {
 public:
  explicit UploadTable(Connection& connection) : connection_(connection) {}

  std::optional<Upload> find(std::string_view id);
  std::vector<std::string> expired(WallTime slots_before, WallTime files_before, std::uint32_t limit);

  Result<void> add(AccountId owner, const Upload& upload, const UploadQuota& quota);  // conflict, no_space
  Result<void> update(std::string_view id, WallTime when, bool is_complete);          // not_found
  void remove(std::string_view id) { remove_.run(id); }
  void disown(AccountId owner) { disown_.run(owner); }  // its files expire now

 private:
  Connection& connection_;
  // An owner that was deleted has no name any more, and its uploads are found no more.
  Statement find_{connection_,
                  "SELECT account.name, upload.size, upload.name, upload.type, upload.created, upload.is_complete "
                  "FROM upload JOIN account ON account.id=upload.owner WHERE upload.id=?"};
  Statement expired_{connection_,
                     "SELECT id FROM upload WHERE owner=0 "
                     "UNION ALL SELECT id FROM upload WHERE is_complete=0 AND created<? "
                     "UNION ALL SELECT id FROM upload WHERE is_complete=1 AND created<? LIMIT ?"};
  Statement usage_{connection_, "SELECT count(*), coalesce(sum(size),0) FROM upload WHERE owner=?"};
  Statement has_{connection_, "SELECT 1 FROM upload WHERE id=?"};
  Statement insert_{connection_,
                    "INSERT INTO upload(id, owner, size, name, type, created, is_complete) VALUES(?,?,?,?,?,?,?)"};
  Statement update_{connection_, "UPDATE upload SET created=?1, is_complete=?2 WHERE id=?3 AND is_complete<=?2"};
  Statement remove_{connection_, "DELETE FROM upload WHERE id=?"};
  Statement disown_{connection_, "UPDATE upload SET owner=0 WHERE owner=?"};
};

}  // namespace queqiao::storage::sqlite
