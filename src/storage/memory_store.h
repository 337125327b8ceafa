#pragma once

#include <functional>
#include <map>
#include <mutex>

#include "storage/memory_nodes.h"
#include "storage/store.h"

namespace queqiao::storage {

// A Store that forgets: for tests of the layers above. Every call is carried out at once, in the order of calls, and
// its answer is posted; so with one loop that a test turns by hand, the whole is deterministic.
class MemoryStore final : public Store {
 public:
  using Clock = std::function<WallTime()>;  // for ids and expiry; called with the store's lock held

  explicit MemoryStore(Clock clock = system_clock);

  void create_account(Account account, Reply<void> reply) override;
  void find_account(User user, Reply<std::optional<Account>> reply) override;
  void set_keys(User user, ScramKeys sha1, ScramKeys sha256, Reply<void> reply) override;
  void set_disabled(User user, bool is_disabled, Reply<void> reply) override;
  void set_last_seen(User user, WallTime when, Reply<void> reply) override;
  void delete_account(User user, Reply<void> reply) override;
  void list_accounts(std::string after, std::uint32_t limit, Reply<std::vector<Account>> reply) override;
  void count_accounts(Reply<std::uint64_t> reply) override;
  void next_free_number(std::uint64_t minimum, Reply<std::uint64_t> reply) override;
  void load_user(User user, Reply<std::optional<UserRecord>> reply) override;
  void put_roster_item(User user, RosterItem item, Reply<std::uint64_t> reply) override;
  void remove_roster_item(User user, std::string jid, Reply<std::uint64_t> reply) override;
  void forget_removals(User user, std::uint64_t version, Reply<void> reply) override;
  void put_request(User user, SubscriptionRequest request, Reply<void> reply) override;
  void remove_request(User user, std::string from, Reply<void> reply) override;
  void put_data(User user, std::string kind, std::string key, std::string value, Reply<void> reply) override;
  void remove_data(User user, std::string kind, std::string key, Reply<void> reply) override;
  void get_data(User user, std::string kind, std::string key, Reply<std::optional<std::string>> reply) override;
  void put_node(User user, PubsubNode node, std::uint32_t items, Reply<void> reply) override;
  void remove_node(User user, std::string node, Reply<void> reply) override;
  void put_item(User user, PubsubNode node, PubsubItem item, PubsubLimits limits, Reply<void> reply) override;
  void remove_item(User user, std::string node, std::string id, Reply<void> reply) override;
  void remove_items(User user, std::string node, Reply<void> reply) override;
  void get_items(User user, std::string node, PubsubQuery query, Reply<PubsubPage> reply) override;
  void change_profile(User user, ProfileChange change, Reply<void> reply) override;
  void get_profile(User user, Reply<Profile> reply) override;
  void find_profiles(ProfileQuery query, Reply<std::vector<FoundProfile>> reply) override;
  void append(ArchiveEntry entry, Reply<ArchiveId> recipient, Reply<ArchiveId> sender) override;
  void query_archive(User owner, ArchiveQuery query, Reply<ArchivePage> reply) override;
  void archive_metadata(User owner, Reply<ArchiveMetadata> reply) override;
  void undelivered(User user, ArchiveId after, std::uint32_t limit, Reply<std::vector<ArchivedMessage>> reply) override;
  void set_served(User user, ArchiveId position) override;
  void recent_origins(User user, std::uint32_t limit,
                      Reply<std::vector<std::pair<std::uint64_t, ArchiveId>>> reply) override;
  void expire(ExpiryPolicy policy, Reply<std::uint64_t> reply) override;
  void add_upload(Upload upload, UploadQuota quota, Reply<void> reply) override;
  void find_upload(std::string id, Reply<std::optional<Upload>> reply) override;
  void update_upload(std::string id, WallTime when, bool is_complete, Reply<void> reply) override;
  void remove_expired_uploads(WallTime slots_before, WallTime files_before, std::uint32_t limit,
                              Reply<std::vector<std::string>> reply) override;
  void backup(std::filesystem::path file, Reply<void> reply) override;  // unavailable: there is nothing to copy
  std::uint64_t pending_writes() const override { return 0; }
  void stop() override {}

  static WallTime system_clock();

 private:
  struct StoredMessage {
    ArchivedMessage message;
    std::string peer;
    bool is_for_offline = false;
    bool is_queued_only = false;
    std::uint64_t origin = 0;
  };
  struct Owner {
    Account account;
    std::map<std::string, RosterItem> roster;
    std::uint64_t roster_version = 0;
    std::uint64_t roster_floor = 0;
    std::map<std::string, std::string> requests;
    std::map<std::pair<std::string, std::string>, std::string> values;  // by kind and key
    MemoryNodes nodes;
    ArchiveId served = 0;
    std::vector<StoredMessage> archive;  // ascending ids
    Profile profile;
  };
  class Source;

  // Answers `change(owner)`, or not_found when there is no such account.
  template <class T, class Change>
  void change(const User& user, Reply<T> reply, Change change);
  const Owner* find(const User& user) const;
  void file(const User& user, StoredMessage stored);
  void note_number(const User& user);
  // XEP-0424; false: what is meant is too old.
  bool retract(const ArchiveEntry& entry);

  const Clock clock_;
  // Guards all below. Calls may come from several shards at once and must be applied in one order; there is no thread
  // behind this store to which they could be sent instead.
  mutable std::mutex mutex_;
  std::map<User, Owner> owners_;
  std::map<std::uint64_t, std::uint64_t> used_numbers_;  // first -> last of each run without a gap
  ArchiveId last_id_ = 0;
  std::map<std::string, Upload> uploads_;  // by id; without owner when its account was deleted
};

}  // namespace queqiao::storage
