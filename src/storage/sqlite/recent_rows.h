#pragma once

#include <mutex>
#include <unordered_map>
#include <vector>

#include "storage/sqlite/account_table.h"

namespace queqiao::storage::sqlite {

using PeerId = std::int64_t;

// What `archive.flags` and `message.flags` say.
enum RowFlag : std::uint8_t { outgoing = 1, for_offline = 2, has_origin = 4, queued_only = 8 };

// One row of the table archive.
struct FiledRow {
  AccountId owner = 0;
  ArchiveId id = 0;
  PeerId peer = 0;
  std::uint8_t flags = 0;
};

// The rows of `archive` that are committed, as rows of `message`, but not filed yet. The writer adds to them after each
// commit and drops them when they have been filed; readers copy one owner's rows before they begin their transaction.
// The mutex guards the table; it is held for the copying of a few rows, which is shorter than any message would take.
class RecentRows {
 public:
  void add(const std::vector<FiledRow>& rows);  // ascending ids
  std::vector<FiledRow> of(AccountId owner) const;
  // The writer's own view: all up to `last`, by owner and id, the order of the table's pages.
  std::vector<FiledRow> sorted_until(ArchiveId last) const;
  void drop_until(ArchiveId last);

 private:
  mutable std::mutex mutex_;
  std::unordered_map<AccountId, std::vector<FiledRow>> by_owner_;
};

}  // namespace queqiao::storage::sqlite
