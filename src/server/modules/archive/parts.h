#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "server/shard.h"

// The parts of the module `archive`; nobody else includes this.
namespace queqiao::server::archive {

// rules.cpp: what is worth keeping.
enum class Keeping : unsigned char { never, always, unknown };
Keeping keeping_hint(const xml::Element& message);      // XEP-0334
bool has_lasting_content(const xml::Element& message);  // XEP-0313 5.1.1
bool is_only_chat_state(const xml::Element& message);   // XEP-0085
// Fills in how `message` is stored and whether it is a retry.
void decide(OutgoingMessage& outgoing, const User* sender, bool has_archive);

// preferences.cpp: XEP-0441, which messages a user wants in the archive.
struct Preferences {
  enum class Default : unsigned char { always, never, roster };
  Default fallback = Default::always;
  std::vector<xmpp::Jid> always, never;

  bool wants(const User& owner, const xmpp::Jid& other) const;
};
// What `user` has set, or nothing when all is as it is by default.
bool wants_archived(const User& user, const xmpp::Jid& other);
void answer_preferences(Shard& shard, IqRequest request);

// query.cpp: XEP-0313 4 and 5.
void answer_query(Shard& shard, IqRequest request);
void answer_metadata(Shard& shard, IqRequest request);

// offline.cpp: what came while nobody was there (XEP-0160), from the archive, to the first session that takes messages.
class OfflineQueue {
 public:
  explicit OfflineQueue(Shard& shard) : shard_(shard) {}

  void start(Session& session);  // when there is something and nobody gets it yet
  void go_on(Session& session);  // the client has acknowledged stanzas
  void session_ended(Session& session);

 private:
  struct Run {
    std::uint64_t session = 0;
    storage::ArchiveId after = 0;  // sent up to here
    bool is_waiting = false;       // for acknowledgements, or for the connection's queue
  };

  Run* run_of(const std::string& user, std::uint64_t session);
  void read(const std::string& user);
  void serve(User& user, Run& run, const std::vector<storage::ArchivedMessage>& batch);
  void serve_one(User& user, Session& session, const storage::ArchivedMessage& message);
  void pause(const std::string& user);
  bool is_far_ahead(Session& session) const;
  void stop(User& user);
  void keep_unacknowledged(Session& session);

  Shard& shard_;
  TextMap<Run> runs_;  // by user
};

}  // namespace queqiao::server::archive
