#pragma once

#include <functional>

#include "base/hash.h"
#include "storage/sqlite/recent_rows.h"

namespace queqiao::storage::sqlite {

// A bound for tables in memory that are only there to save a look-up.
inline constexpr std::size_t cached_names = 200'000;

// Appends to the archive. A commit touches the end of the table `message` and little else: the rows of `archive`, which
// lie all over that table because it is ordered by owner, are kept in memory (RecentRows) and filed in bulk, sorted, a
// slice with each batch. After a crash they are read again from `message`.
//
// Everything here happens on the writer's thread. What a transaction changed becomes visible by committed() and is
// forgotten by rolled_back().
class ArchiveWriter {
 public:
  ArchiveWriter(Connection& connection, AccountTable& accounts, RecentRows& recent, std::size_t file_after);

  Result<void> load();  // at start: the last id, and what is not filed

  struct Outcome {
    ArchiveId id = 0;
    bool has_recipient = true, has_sender = true;  // false: named, but without account
  };
  Outcome append(const ArchiveEntry& entry, WallTime now);

  // Files about as many rows as keep up with `appended` messages, when there are enough to be worth it.
  void file_slice(std::size_t appended);
  // Files everything, so that `archive` is complete; in transactions of its own.
  Result<void> file_all();

  void committed();
  void rolled_back();
  void forget_cached();  // a savepoint was rolled back

  ArchiveId last_id() const { return last_id_; }
  ArchiveId committed_last_id() const { return committed_last_id_; }
  // Keeps the present last id for ever, for whoever removes the message that has it.
  void remember_last_id();
  // Notes that this former account's archive is to be removed.
  void erase_later(AccountId owner) { note_erasure_.run(owner); }

  AccountId account(const User& user);  // 0: there is none
  void forget_account(const User& user) { accounts_by_name_.erase(user); }
  PeerId find_peer(const std::string& jid);           // 0: no message has it
  ArchiveId first_id_since(WallTime received) const;  // what was received then or later has this id or a higher one
  // The newest entries of `owner`, those of this transaction included, at most `limit`, until `visit` says false. While
  // rows are being filed one may come twice.
  void walk_newest(AccountId owner, std::size_t limit, const std::function<bool(const FiledRow&)>& visit);

 private:
  PeerId peer(const std::string& jid);
  void note_delay(ArchiveId id, WallTime received);
  void begin_filing();
  void file_rows(std::size_t count);

  Connection& connection_;
  AccountTable& accounts_;
  RecentRows& recent_;
  const std::size_t file_after_;

  TextMap<AccountId> accounts_by_name_;
  TextMap<PeerId> peers_;
  ArchiveId last_id_ = 0, committed_last_id_ = 0;
  std::vector<FiledRow> appended_;     // in this transaction
  std::size_t unfiled_messages_ = 0;   // committed
  std::size_t appended_messages_ = 0;  // in this transaction
  // How far `received` was from an id at most, both ways, in microseconds: bounds the search by time.
  std::int64_t longest_delay_ = 0, longest_lead_ = 0;

  std::vector<FiledRow> filing_;  // what is being filed: all up to filing_until_
  ArchiveId filing_until_ = 0;
  std::size_t filed_ = 0, committed_filed_ = 0;  // how many of filing_

  Statement insert_message_{connection_,
                            "INSERT INTO message(id, received, sender, sender_peer, recipient, recipient_peer, flags, "
                            "origin, stanza) VALUES(?,?,?,?,?,?,?,?,?)"};
  Statement insert_row_{connection_,
                        "INSERT INTO archive(owner, id, peer, flags) VALUES(?,?,?,?) ON CONFLICT DO NOTHING"};
  Statement find_peer_{connection_, "SELECT id FROM peer WHERE jid=?"};
  Statement insert_peer_{connection_,
                         "INSERT INTO peer(id, jid) VALUES((SELECT coalesce(max(id),0)+1 FROM peer), ?) RETURNING id"};
  Statement newest_rows_{connection_, "SELECT id, peer, flags FROM archive WHERE owner=? ORDER BY id DESC LIMIT ?"};
  Statement note_erasure_{connection_, "INSERT INTO erasure(owner) VALUES(?)"};
  Statement last_message_{connection_, "SELECT max(id) FROM message"};
  Statement unfiled_{connection_,
                     "SELECT id, sender, sender_peer, recipient, recipient_peer, flags, origin FROM message WHERE id>? "
                     "ORDER BY id"};
  Statement get_state_{connection_, "SELECT value FROM state WHERE name=?"};
  // All of these only grow.
  Statement raise_state_{
      connection_,
      "INSERT INTO state(name, value) VALUES(?,?) ON CONFLICT(name) DO UPDATE SET value=excluded.value "
      "WHERE excluded.value>state.value"};
};

}  // namespace queqiao::storage::sqlite
