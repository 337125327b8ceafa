#pragma once

#include <mutex>

#include "base/hash.h"
#include "storage/store.h"

namespace queqiao::storage::sqlite {

// Positions of set_served on their way to the disk: only the highest of a user is written, and a reader sees it before.
// The mutex guards both tables, for one look-up: shards raise, the writer takes, readers find.
class ServedPositions {
 public:
  bool raise(const User& user, ArchiveId position);  // true: the first that waits
  bool is_waiting() const;
  // Moves what waits to the writer; it can still be found until written() says that the disk has it.
  const TextMap<ArchiveId>& take();
  void written();
  void not_written();             // they wait again
  void forget(const User& user);  // the account is gone
  ArchiveId find(const User& user) const;

 private:
  mutable std::mutex mutex_;
  TextMap<ArchiveId> waiting_;
  TextMap<ArchiveId> taken_;  // changed by the writer's thread only, which may read it without the lock
};

}  // namespace queqiao::storage::sqlite
