#include "storage/sqlite/recent_rows.h"

#include <algorithm>

namespace queqiao::storage::sqlite {
namespace {

std::vector<FiledRow>::const_iterator first_after(const std::vector<FiledRow>& rows, ArchiveId last) {
  return std::upper_bound(rows.begin(), rows.end(), last,
                          [](ArchiveId id, const FiledRow& row) { return id < row.id; });
}

}  // namespace

void RecentRows::add(const std::vector<FiledRow>& rows) {
  const std::lock_guard lock(mutex_);
  for (const auto& row : rows) by_owner_[row.owner].push_back(row);
}

std::vector<FiledRow> RecentRows::of(AccountId owner) const {
  const std::lock_guard lock(mutex_);
  const auto found = by_owner_.find(owner);
  return found == by_owner_.end() ? std::vector<FiledRow>() : found->second;
}

std::vector<FiledRow> RecentRows::sorted_until(ArchiveId last) const {
  const std::lock_guard lock(mutex_);
  std::vector<AccountId> owners;
  owners.reserve(by_owner_.size());
  for (const auto& [owner, rows] : by_owner_) owners.push_back(owner);
  std::sort(owners.begin(), owners.end());
  std::vector<FiledRow> sorted;
  for (const AccountId owner : owners) {
    const auto& rows = by_owner_.at(owner);
    sorted.insert(sorted.end(), rows.begin(), first_after(rows, last));
  }
  return sorted;
}

void RecentRows::drop_until(ArchiveId last) {
  const std::lock_guard lock(mutex_);
  for (auto at = by_owner_.begin(); at != by_owner_.end();) {
    auto& rows = at->second;
    rows.erase(rows.begin(), first_after(rows, last));
    at = rows.empty() ? by_owner_.erase(at) : std::next(at);
  }
}

}  // namespace queqiao::storage::sqlite
