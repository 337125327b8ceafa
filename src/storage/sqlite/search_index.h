#pragma once

#include <chrono>

#include "storage/sqlite/archive_rows.h"

namespace queqiao::storage::sqlite {

// The marks that the index has beside the words: whose message it is, and with whom. A text has no such characters (see
// base/search_terms.h), so nobody can pretend to be an owner.
std::string owner_mark(AccountId owner);
std::string owner_mark(AccountId owner, PeerId peer);

// The full-text index of the bodies in `message`, the table message_terms of FTS5: one row a message, with the terms of
// base/search_terms.h and the marks of its owners. It follows the messages in the order of ids, up to
// `state.searchable_until`; a reader looks through what lies behind that by itself, so everything is found at once. An
// entry does not outlive its message: whoever removes or changes a row of `message` calls forget() before.
//
// The writer's thread; in transactions of its caller.
class SearchIndex {
 public:
  SearchIndex(Connection& connection, bool is_wanted) : connection_(connection), is_wanted_(is_wanted) {}

  // At start, in transactions of its own: an index that is not wanted any more, or of another version, is emptied.
  Result<void> load();
  bool is_behind(ArchiveId newest) const { return is_wanted_ && searchable_until_ < newest; }
  // Adds messages up to the id `newest`, for about as long as `budget`.
  void work(ArchiveId newest, std::chrono::microseconds budget);
  void forget(ArchiveId id);
  void committed() { committed_until_ = searchable_until_; }
  void rolled_back() { searchable_until_ = committed_until_; }

 private:
  std::size_t add_some(ArchiveId newest);

  Connection& connection_;
  const bool is_wanted_;
  ArchiveId searchable_until_ = 0, committed_until_ = 0;

  Statement following_{connection_,
                       "SELECT id, coalesce(sender,0), coalesce(sender_peer,0), coalesce(recipient,0), "
                       "coalesce(recipient_peer,0), stanza FROM message WHERE id>? AND id<=? ORDER BY id LIMIT ?"};
  Statement message_{connection_,
                     "SELECT id, coalesce(sender,0), coalesce(sender_peer,0), coalesce(recipient,0), "
                     "coalesce(recipient_peer,0), stanza FROM message WHERE id=?"};
  Statement add_{connection_, "INSERT INTO message_terms(rowid, terms) VALUES(?,?)"};
  Statement remove_{connection_, "INSERT INTO message_terms(message_terms, rowid, terms) VALUES('delete',?,?)"};
  Statement clear_{connection_, "INSERT INTO message_terms(message_terms) VALUES('delete-all')"};
  Statement get_state_{connection_, "SELECT value FROM state WHERE name=?"};
  Statement set_state_{
      connection_, "INSERT INTO state(name, value) VALUES(?,?) ON CONFLICT(name) DO UPDATE SET value=excluded.value"};
};

}  // namespace queqiao::storage::sqlite
