#include "storage/sqlite/served_positions.h"

#include <algorithm>
#include <utility>

namespace queqiao::storage::sqlite {

bool ServedPositions::raise(const User& user, ArchiveId position) {
  const std::lock_guard lock(mutex_);
  const bool is_first = waiting_.empty();
  ArchiveId& highest = waiting_[user];
  highest = std::max(highest, position);
  return is_first;
}

bool ServedPositions::is_waiting() const {
  const std::lock_guard lock(mutex_);
  return !waiting_.empty();
}

const TextMap<ArchiveId>& ServedPositions::take() {
  const std::lock_guard lock(mutex_);
  if (taken_.empty()) std::swap(taken_, waiting_);
  return taken_;
}

void ServedPositions::written() {
  const std::lock_guard lock(mutex_);
  taken_.clear();
}

void ServedPositions::not_written() {
  const std::lock_guard lock(mutex_);
  for (const auto& [user, position] : taken_) {
    ArchiveId& highest = waiting_[user];
    highest = std::max(highest, position);
  }
  taken_.clear();
}

void ServedPositions::forget(const User& user) {
  const std::lock_guard lock(mutex_);
  waiting_.erase(user);
  taken_.erase(user);
}

ArchiveId ServedPositions::find(const User& user) const {
  const std::lock_guard lock(mutex_);
  ArchiveId highest = 0;
  for (const auto* table : {&waiting_, &taken_}) {
    if (const auto found = table->find(user); found != table->end()) highest = std::max(highest, found->second);
  }
  return highest;
}

}  // namespace queqiao::storage::sqlite
