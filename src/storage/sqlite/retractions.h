#pragma once

#include "storage/sqlite/archive_writer.h"
#include "storage/sqlite/search_index.h"

namespace queqiao::storage::sqlite {

// XEP-0424: replaces messages that their senders take back. The writer's thread, within the transaction that stores the
// retraction itself, so that nobody sees one without the other.
class Retractions {
 public:
  Retractions(Connection& connection, ArchiveWriter& archive, SearchIndex& search)
      : connection_(connection), archive_(archive), search_(search) {}

  // How far back one archive is looked through; what lies further stays as it is. There is no index of messages by
  // their ids: each message would pay for it, with a write at a random place of the file, and people take back what
  // they have just sent. Everybody waits for the writer meanwhile: a few milliseconds, however old a message may be.
  static constexpr std::size_t entries_passed = 20'000;
  static constexpr std::size_t messages_loaded = 2'000;  // between the two

  enum class Outcome { unknown, replaced, too_old };
  Outcome apply(const ArchiveEntry& entry);

 private:
  struct Target {
    ArchiveId id;
    std::int64_t received;  // microseconds
    std::string stanza;
  };
  std::optional<Target> find(const User& owner, const std::string& peer_jid, bool is_sender, const Retraction& wanted);
  std::optional<Target> load_if_meant(ArchiveId id, const Retraction& wanted);

  Connection& connection_;
  ArchiveWriter& archive_;
  SearchIndex& search_;
  Statement message_{connection_, "SELECT received, origin, stanza FROM message WHERE id=?"};
  Statement replace_{connection_, "UPDATE message SET stanza=? WHERE id=?"};
};

}  // namespace queqiao::storage::sqlite
