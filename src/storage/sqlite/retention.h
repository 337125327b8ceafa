#pragma once

#include <deque>

#include "storage/sqlite/write.h"

namespace queqiao::storage::sqlite {

// Removes what is old, above quota, or left over from a deleted account: a small transaction at a time, so that the
// writer can go on between them. The writer's thread.
class Retention {
 public:
  explicit Retention(WriteTables& tables) : tables_(tables), connection_(tables.connection) {}

  // Messages stored before `oldest` go; 0 keeps all.
  void expire(ArchiveId oldest, std::uint64_t max_messages_per_user, Reply<std::uint64_t> reply);
  void look_for_erasures() { may_have_erasures_ = true; }
  bool has_work() const { return !jobs_.empty() || may_have_erasures_; }
  // One step. A failure ends the job it belongs to; an erasure is tried again after the next start.
  Result<void> step(Answers& answers);
  void stop(Answers& answers);  // answers what is not done with unavailable

 private:
  struct Expiry {
    ArchiveId oldest;
    std::uint64_t quota;
    Reply<std::uint64_t> reply;
    bool has_removed_old = false;
    bool has_removed_served = false;
    AccountId last_account = 0;
    std::uint64_t removed = 0;
  };

  // True when the job is done.
  bool expire_some(Expiry& job);
  bool expire_old(Expiry& job);
  bool expire_served(Expiry& job);
  bool expire_above_quota(Expiry& job);
  bool erase_some();
  std::size_t remove_until(AccountId owner, ArchiveId last);
  bool remove_row(AccountId owner, ArchiveId id);
  void remove_unless_kept(AccountId owner, ArchiveId id);
  void remove_message(ArchiveId id);
  template <class Work>
  Result<bool> in_transaction(Work work);

  WriteTables& tables_;
  Connection& connection_;
  std::deque<Expiry> jobs_;
  bool may_have_erasures_ = true;

  Statement old_messages_{
      connection_, "SELECT id, coalesce(sender,0), coalesce(recipient,0) FROM message WHERE id<? ORDER BY id LIMIT ?"};
  Statement served_queue_{connection_,
                          "SELECT archive.owner, archive.id FROM archive INDEXED BY archive_queued "
                          "JOIN served ON served.account=archive.owner "
                          "WHERE (archive.flags & 8) <> 0 AND archive.id<=served.position LIMIT ?"};
  Statement first_above_quota_{connection_, "SELECT id FROM archive WHERE owner=? ORDER BY id DESC LIMIT 1 OFFSET ?"};
  Statement oldest_rows_{connection_, "SELECT id FROM archive WHERE owner=? AND id<=? ORDER BY id LIMIT ?"};
  Statement remove_row_{connection_, "DELETE FROM archive WHERE owner=? AND id=?"};
  Statement has_row_{connection_, "SELECT 1 FROM archive WHERE owner=? AND id=?"};
  Statement sides_{connection_, "SELECT coalesce(sender,0), coalesce(recipient,0) FROM message WHERE id=?"};
  Statement remove_message_{connection_, "DELETE FROM message WHERE id=?"};
  Statement next_erasure_{connection_, "SELECT owner FROM erasure ORDER BY owner LIMIT 1"};
  Statement end_erasure_{connection_, "DELETE FROM erasure WHERE owner=?"};
};

}  // namespace queqiao::storage::sqlite
