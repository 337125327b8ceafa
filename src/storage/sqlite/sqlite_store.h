#pragma once

#include <atomic>
#include <memory>

#include "storage/sqlite/options.h"
#include "storage/store.h"

namespace queqiao::storage::sqlite {

// What is known about the data file. After an unclean end it is checked beside the work.
enum class Health { good, checking, damaged };

// The Store in one SQLite file, in WAL mode: a thread that writes, some that read, one for long jobs. Layout,
// durability and what happens at start: docs/decisions/0003-storage.md.
class SqliteStore final : public Store {
 public:
  // conflict: another process uses the file. unavailable: it cannot be written, or a newer version made it. corrupt: it
  // is damaged or no database. Takes milliseconds, however much is stored.
  static Result<std::unique_ptr<SqliteStore>> open(Options options);
  ~SqliteStore() override;  // stops

  Health health() const;  // any thread

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
  void backup(std::filesystem::path file, Reply<void> reply) override;
  std::uint64_t pending_writes() const override;
  void stop() override;

 private:
  struct Parts;  // the threads and what they share

  explicit SqliteStore(std::unique_ptr<Parts> parts);
  void check_in_background();
  // Queues `work(tables)`. False: refused, and answered so.
  template <class T, class Work>
  bool change(Reply<T> reply, Work work);
  // Queues `work(tables, account)`; not_found without account.
  template <class T, class Work>
  void change_of(User user, Reply<T> reply, Work work);
  // Queues `work(tables)` for a reader.
  template <class T, class Work>
  void read(Reply<T> reply, Work work);

  std::unique_ptr<Parts> parts_;
};

}  // namespace queqiao::storage::sqlite
