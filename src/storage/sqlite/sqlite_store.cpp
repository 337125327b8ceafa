#include "storage/sqlite/sqlite_store.h"

#include "base/log.h"
#include "storage/answer.h"
#include "storage/sqlite/background.h"
#include "storage/sqlite/backup.h"
#include "storage/sqlite/data_lock.h"
#include "storage/sqlite/file_check.h"
#include "storage/sqlite/migrations.h"
#include "storage/sqlite/pragmas.h"
#include "storage/sqlite/readers.h"
#include "storage/sqlite/time.h"
#include "storage/sqlite/writer.h"

namespace queqiao::storage::sqlite {
namespace {

WallTime system_time() {
  return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
}

// Reads and sets the mark that a clean end takes away. True: the last end was clean, or the file is new.
Result<bool> mark_open(Connection& connection) {
  Transaction transaction(connection, Transaction::Kind::write);
  const bool was_open = connection.number("SELECT value FROM state WHERE name='is_open'") != 0;
  connection.execute(
      "INSERT INTO state(name, value) VALUES('is_open', 1) ON CONFLICT(name) DO UPDATE SET value=excluded.value");
  QUEQIAO_CHECK(transaction.commit());
  return !was_open;
}

Error stopped() {
  return {ErrorCode::unavailable, "the store is stopped or overloaded"};
}

}  // namespace

struct SqliteStore::Parts {
  Parts(Options wanted, DataLock held, Connection writing, Connection reading)
      : options(std::move(wanted)),
        lock(std::move(held)),
        readers(options, recent),
        writer(options, std::move(writing), recent, served, faults),
        background(std::move(reading)) {}

  const Options options;
  DataLock lock;
  RecentRows recent;
  ServedPositions served;
  FaultLog faults;
  std::atomic<Health> health{Health::good};
  Readers readers;
  Writer writer;
  Background background;
};

Result<std::unique_ptr<SqliteStore>> SqliteStore::open(Options options) {
  if (!options.clock) options.clock = system_time;
  QUEQIAO_TRY(auto lock, DataLock::acquire(options.file));
  QUEQIAO_TRY(auto writing, open_writer(options));
  QUEQIAO_CHECK(migrate(writing));
  QUEQIAO_TRY(const bool was_clean, mark_open(writing));
  if (!was_clean) QUEQIAO_CHECK(check_edges(writing));
  QUEQIAO_TRY(auto reading, open_reader(options));
  auto parts = std::make_unique<Parts>(std::move(options), std::move(lock), std::move(writing), std::move(reading));
  QUEQIAO_CHECK(parts->writer.load());
  QUEQIAO_CHECK(parts->readers.start());
  parts->writer.start();
  parts->background.start();
  std::unique_ptr<SqliteStore> store(new SqliteStore(std::move(parts)));
  if (!was_clean) store->check_in_background();
  return store;
}

SqliteStore::SqliteStore(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

SqliteStore::~SqliteStore() {
  stop();
}

void SqliteStore::stop() {
  parts_->background.stop();
  parts_->writer.stop(parts_->health == Health::good);  // else the next start checks again
  parts_->readers.stop();
}

Health SqliteStore::health() const {
  return parts_->health;
}

void SqliteStore::check_in_background() {
  log::warning("storage: the server did not end cleanly; checking {} beside the work", parts_->options.file.string());
  parts_->health = Health::checking;
  Background::Job job = [&parts = *parts_](Connection& connection) {
    const auto outcome = check_all(connection);
    if (outcome) {
      parts.health = Health::good;
      log::info("storage: the data file is whole");
    } else if (outcome.error().code == ErrorCode::corrupt) {
      parts.health = Health::damaged;
      parts.faults.note(outcome.error());
    }
  };
  parts_->background.push(job);
}

template <class T, class Work>
bool SqliteStore::change(Reply<T> reply, Work work) {
  Write write{std::unique_ptr<Change>(std::make_unique<ChangeWith<T>>(std::move(work), std::move(reply)))};
  if (parts_->writer.queue().push(std::move(write))) return true;
  Answers answers;
  auto& refused = *std::get<std::unique_ptr<Change>>(write);
  refused.fail(stopped());
  refused.answer(answers);
  answers.post();
  return false;
}

template <class T, class Work>
void SqliteStore::change_of(User user, Reply<T> reply, Work work) {
  change<T>(std::move(reply),
            [user = std::move(user), work = std::move(work)](WriteTables& tables) mutable -> Result<T> {
              const AccountId account = tables.archive.account(user);
              if (account == 0) return Error{ErrorCode::not_found, "no account '" + user + "'"};
              return work(tables, account);
            });
}

template <class T, class Work>
void SqliteStore::read(Reply<T> reply, Work work) {
  auto shared = std::make_shared<Reply<T>>(std::move(reply));
  Read read = [&faults = parts_->faults, shared, work = std::move(work)](ReadTables& tables, Answers& answers) mutable {
    Result<T> outcome = work(tables);
    if (auto failure = tables.connection.take_failure()) outcome = *std::move(failure);
    if (!outcome) faults.note(outcome.error());
    answers.add(*shared, std::move(outcome));
  };
  if (!parts_->readers.push(read)) post_answer<T>(std::move(*shared), stopped());
}

void SqliteStore::create_account(Account account, Reply<void> reply) {
  change<void>(std::move(reply),
               [account = std::move(account)](WriteTables& tables) { return tables.accounts.create(account); });
}

void SqliteStore::find_account(User user, Reply<std::optional<Account>> reply) {
  read(std::move(reply), [user = std::move(user)](ReadTables& tables) { return tables.accounts.find(user); });
}

void SqliteStore::set_keys(User user, ScramKeys sha1, ScramKeys sha256, Reply<void> reply) {
  change_of(
      std::move(user), std::move(reply),
      [sha1 = std::move(sha1), sha256 = std::move(sha256)](WriteTables& tables, AccountId account) -> Result<void> {
        tables.accounts.set_keys(account, sha1, sha256);
        return {};
      });
}

void SqliteStore::set_disabled(User user, bool is_disabled, Reply<void> reply) {
  change_of(std::move(user), std::move(reply), [is_disabled](WriteTables& tables, AccountId account) -> Result<void> {
    tables.accounts.set_disabled(account, is_disabled);
    return {};
  });
}

void SqliteStore::set_last_seen(User user, WallTime when, Reply<void> reply) {
  change_of(std::move(user), std::move(reply), [when](WriteTables& tables, AccountId account) -> Result<void> {
    tables.accounts.set_last_seen(account, when);
    return {};
  });
}

void SqliteStore::delete_account(User user, Reply<void> reply) {
  const User name = user;
  change_of(std::move(user), std::move(reply),
            [name, &writer = parts_->writer](WriteTables& tables, AccountId account) -> Result<void> {
              tables.accounts.remove(account);
              tables.users.remove_all(account);
              tables.pubsub.remove_all(account);
              tables.profiles.remove(account);
              tables.uploads.disown(account);
              tables.archive.erase_later(account);
              tables.archive.forget_account(name);
              writer.served().forget(name);
              writer.retention().look_for_erasures();
              return {};
            });
}

void SqliteStore::list_accounts(std::string after, std::uint32_t limit, Reply<std::vector<Account>> reply) {
  read(std::move(reply),
       [after = std::move(after), limit](ReadTables& tables) { return tables.accounts.list(after, limit); });
}

void SqliteStore::count_accounts(Reply<std::uint64_t> reply) {
  read(std::move(reply), [](ReadTables& tables) { return tables.accounts.count(); });
}

void SqliteStore::next_free_number(std::uint64_t minimum, Reply<std::uint64_t> reply) {
  read(std::move(reply), [minimum](ReadTables& tables) { return tables.accounts.next_free_number(minimum); });
}

void SqliteStore::load_user(User user, Reply<std::optional<UserRecord>> reply) {
  read(std::move(reply), [user = std::move(user), &served = parts_->served](ReadTables& tables) {
    // Before the transaction: a position that is written meanwhile is then in the file.
    const ArchiveId position = served.find(user);
    Transaction transaction(tables.connection, Transaction::Kind::read);
    auto record = tables.users.load(user);
    if (!record) return record;
    record->nodes = tables.pubsub.list(tables.accounts.find_id(user));
    record->served_position = std::max(record->served_position, position);
    return record;
  });
}

void SqliteStore::put_roster_item(User user, RosterItem item, Reply<std::uint64_t> reply) {
  change_of(std::move(user), std::move(reply),
            [item = std::move(item)](WriteTables& tables, AccountId account) -> Result<std::uint64_t> {
              return tables.users.put_contact(account, item);
            });
}

void SqliteStore::remove_roster_item(User user, std::string jid, Reply<std::uint64_t> reply) {
  change_of(std::move(user), std::move(reply), [jid = std::move(jid)](WriteTables& tables, AccountId account) {
    return tables.users.remove_contact(account, jid);
  });
}

void SqliteStore::forget_removals(User user, std::uint64_t version, Reply<void> reply) {
  change_of(std::move(user), std::move(reply), [version](WriteTables& tables, AccountId account) -> Result<void> {
    tables.users.forget_removals(account, version);
    return {};
  });
}

void SqliteStore::put_request(User user, SubscriptionRequest request, Reply<void> reply) {
  change_of(std::move(user), std::move(reply),
            [request = std::move(request)](WriteTables& tables, AccountId account) -> Result<void> {
              tables.users.put_request(account, request);
              return {};
            });
}

void SqliteStore::remove_request(User user, std::string from, Reply<void> reply) {
  change_of(std::move(user), std::move(reply),
            [from = std::move(from)](WriteTables& tables, AccountId account) -> Result<void> {
              tables.users.remove_request(account, from);
              return {};
            });
}

void SqliteStore::put_data(User user, std::string kind, std::string key, std::string value, Reply<void> reply) {
  change_of(std::move(user), std::move(reply),
            [kind = std::move(kind), key = std::move(key), value = std::move(value)](
                WriteTables& tables, AccountId account) -> Result<void> {
              tables.users.put_value(account, kind, key, value);
              return {};
            });
}

void SqliteStore::remove_data(User user, std::string kind, std::string key, Reply<void> reply) {
  change_of(std::move(user), std::move(reply),
            [kind = std::move(kind), key = std::move(key)](WriteTables& tables, AccountId account) -> Result<void> {
              tables.users.remove_value(account, kind, key);
              return {};
            });
}

void SqliteStore::get_data(User user, std::string kind, std::string key, Reply<std::optional<std::string>> reply) {
  read(std::move(reply), [user = std::move(user), kind = std::move(kind), key = std::move(key)](ReadTables& tables) {
    return tables.users.value(user, kind, key);
  });
}

void SqliteStore::change_profile(User user, ProfileChange change, Reply<void> reply) {
  change_of(std::move(user), std::move(reply),
            [change = std::move(change)](WriteTables& tables, AccountId account) -> Result<void> {
              tables.profiles.change(account, change);
              return {};
            });
}

void SqliteStore::get_profile(User user, Reply<Profile> reply) {
  read(std::move(reply), [user = std::move(user)](ReadTables& tables) { return tables.profiles.get(user); });
}

void SqliteStore::find_profiles(ProfileQuery query, Reply<std::vector<FoundProfile>> reply) {
  read(std::move(reply), [query = std::move(query)](ReadTables& tables) { return tables.profiles.find(query); });
}

void SqliteStore::put_node(User user, PubsubNode node, std::uint32_t items, Reply<void> reply) {
  change_of(std::move(user), std::move(reply),
            [node = std::move(node), items](WriteTables& tables, AccountId account) -> Result<void> {
              tables.pubsub.put(account, node, items);
              return {};
            });
}

void SqliteStore::remove_node(User user, std::string node, Reply<void> reply) {
  change_of(std::move(user), std::move(reply), [node = std::move(node)](WriteTables& tables, AccountId account) {
    return tables.pubsub.remove(account, node);
  });
}

void SqliteStore::put_item(User user, PubsubNode node, PubsubItem item, PubsubLimits limits, Reply<void> reply) {
  change_of(std::move(user), std::move(reply),
            [node = std::move(node), item = std::move(item), limits](WriteTables& tables, AccountId account) {
              return tables.pubsub.put_item(account, node, item, limits);
            });
}

void SqliteStore::remove_item(User user, std::string node, std::string id, Reply<void> reply) {
  change_of(std::move(user), std::move(reply),
            [node = std::move(node), id = std::move(id)](WriteTables& tables, AccountId account) {
              return tables.pubsub.remove_item(account, node, id);
            });
}

void SqliteStore::remove_items(User user, std::string node, Reply<void> reply) {
  change_of(std::move(user), std::move(reply),
            [node = std::move(node)](WriteTables& tables, AccountId account) -> Result<void> {
              tables.pubsub.remove_items(account, node);
              return {};
            });
}

void SqliteStore::get_items(User user, std::string node, PubsubQuery query, Reply<PubsubPage> reply) {
  read(std::move(reply),
       [user = std::move(user), node = std::move(node), query = std::move(query)](ReadTables& tables) {
         Transaction transaction(tables.connection, Transaction::Kind::read);
         return tables.pubsub.page(tables.accounts.find_id(user), node, query);
       });
}

void SqliteStore::append(ArchiveEntry entry, Reply<ArchiveId> recipient, Reply<ArchiveId> sender) {
  Write write{std::in_place_type<Append>, std::move(entry), std::move(recipient), std::move(sender)};
  if (parts_->writer.queue().push(std::move(write))) return;
  auto& refused = std::get<Append>(write);
  post_answer<ArchiveId>(std::move(refused.recipient), stopped());
  post_answer<ArchiveId>(std::move(refused.sender), stopped());
}

void SqliteStore::query_archive(User owner, ArchiveQuery query, Reply<ArchivePage> reply) {
  read(std::move(reply), [owner = std::move(owner), query = std::move(query)](ReadTables& tables) {
    return tables.archive.query(owner, query);
  });
}

void SqliteStore::archive_metadata(User owner, Reply<ArchiveMetadata> reply) {
  read(std::move(reply), [owner = std::move(owner)](ReadTables& tables) { return tables.archive.metadata(owner); });
}

void SqliteStore::undelivered(User user, ArchiveId after, std::uint32_t limit,
                              Reply<std::vector<ArchivedMessage>> reply) {
  read(std::move(reply), [user = std::move(user), after, limit](ReadTables& tables) {
    return tables.archive.undelivered(user, after, limit);
  });
}

void SqliteStore::set_served(User user, ArchiveId position) {
  if (parts_->served.raise(user, position)) parts_->writer.queue().wake();
}

void SqliteStore::recent_origins(User user, std::uint32_t limit,
                                 Reply<std::vector<std::pair<std::uint64_t, ArchiveId>>> reply) {
  read(std::move(reply),
       [user = std::move(user), limit](ReadTables& tables) { return tables.archive.recent_origins(user, limit); });
}

// The answer comes from the job that this starts, so the change that starts it has nobody to answer.
void SqliteStore::expire(ExpiryPolicy policy, Reply<std::uint64_t> reply) {
  auto shared = std::make_shared<Reply<std::uint64_t>>(std::move(reply));
  const auto begin = [policy, shared, &writer = parts_->writer](WriteTables&) -> Result<void> {
    const auto oldest = policy.keep ? to_micros(writer.now() - *policy.keep) : 0;
    writer.retention().expire(static_cast<ArchiveId>(std::max<std::int64_t>(oldest, 0)), policy.max_messages_per_user,
                              std::exchange(*shared, {}));
    return {};
  };
  if (!change<void>({}, begin)) post_answer<std::uint64_t>(std::move(*shared), stopped());
}

void SqliteStore::add_upload(Upload upload, UploadQuota quota, Reply<void> reply) {
  const User owner = upload.owner;
  change_of(owner, std::move(reply),
            [upload = std::move(upload), quota](WriteTables& tables, AccountId account) -> Result<void> {
              return tables.uploads.add(account, upload, quota);
            });
}

void SqliteStore::find_upload(std::string id, Reply<std::optional<Upload>> reply) {
  read(std::move(reply), [id = std::move(id)](ReadTables& tables) { return tables.uploads.find(id); });
}

void SqliteStore::update_upload(std::string id, WallTime when, bool is_complete, Reply<void> reply) {
  change<void>(std::move(reply), [id = std::move(id), when, is_complete](WriteTables& tables) {
    return tables.uploads.update(id, when, is_complete);
  });
}

void SqliteStore::remove_expired_uploads(WallTime slots_before, WallTime files_before, std::uint32_t limit,
                                         Reply<std::vector<std::string>> reply) {
  using Ids = std::vector<std::string>;
  // In one change: between a question and a removal an upload could have been kept or completed.
  change<Ids>(std::move(reply), [slots_before, files_before, limit](WriteTables& tables) -> Result<Ids> {
    auto ids = tables.uploads.expired(slots_before, files_before, limit);
    for (const auto& id : ids) tables.uploads.remove(id);
    return ids;
  });
}

void SqliteStore::backup(std::filesystem::path file, Reply<void> reply) {
  auto shared = std::make_shared<Reply<void>>(std::move(reply));
  Background::Job job = [file = std::move(file), shared](Connection& connection) {
    post_answer(std::move(*shared), copy_to(connection, file));
  };
  if (!parts_->background.push(job)) post_answer<void>(std::move(*shared), stopped());
}

std::uint64_t SqliteStore::pending_writes() const {
  return parts_->writer.queue().pending();
}

}  // namespace queqiao::storage::sqlite
