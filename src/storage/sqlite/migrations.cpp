#include "storage/sqlite/migrations.h"

#include <fmt/format.h>

#include <array>
#include <iterator>

#include "base/log.h"

namespace queqiao::storage::sqlite {
namespace {

// The types are those of PostgreSQL: INTEGER is bigint, BLOB is bytea. Times are microseconds since 1970. There are no
// foreign keys: an account's rows go with it in delete_account, its archive later and in small steps.
//
// Archive: append writes one row of `message`, at the end of that table. The rows of `archive` follow in bulk, sorted
// by owner: `state.filed_until` is the id up to which they are there (see archive_writer.h).
constexpr const char* first_schema = R"sql(
CREATE TABLE state(name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE account(
  id INTEGER PRIMARY KEY,            -- never used again, unlike the name
  name TEXT NOT NULL UNIQUE,
  sha1_salt BLOB NOT NULL, sha1_iterations INTEGER NOT NULL, sha1_stored_key BLOB NOT NULL,
  sha1_server_key BLOB NOT NULL,
  sha256_salt BLOB NOT NULL, sha256_iterations INTEGER NOT NULL, sha256_stored_key BLOB NOT NULL,
  sha256_server_key BLOB NOT NULL,
  is_disabled INTEGER NOT NULL, created INTEGER NOT NULL, last_seen INTEGER, roster_version INTEGER NOT NULL) STRICT;

-- The numbers that ever were a name, as runs without a gap.
CREATE TABLE number_run(first INTEGER PRIMARY KEY, last INTEGER NOT NULL) STRICT;

CREATE TABLE contact(
  account INTEGER NOT NULL, jid TEXT NOT NULL, name TEXT NOT NULL, groups TEXT NOT NULL, subscription INTEGER NOT NULL,
  is_pending_out INTEGER NOT NULL, is_preapproved INTEGER NOT NULL, version INTEGER NOT NULL,
  is_removed INTEGER NOT NULL,
  PRIMARY KEY (account, jid)) STRICT, WITHOUT ROWID;

CREATE TABLE subscription_request(
  account INTEGER NOT NULL, sender TEXT NOT NULL, stanza TEXT NOT NULL,
  PRIMARY KEY (account, sender)) STRICT, WITHOUT ROWID;

CREATE TABLE user_value(
  account INTEGER NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL,
  PRIMARY KEY (account, kind, key)) STRICT, WITHOUT ROWID;

CREATE TABLE served(account INTEGER PRIMARY KEY, position INTEGER NOT NULL) STRICT;

CREATE TABLE peer(id INTEGER PRIMARY KEY, jid TEXT NOT NULL UNIQUE) STRICT;

CREATE TABLE message(
  id INTEGER PRIMARY KEY, received INTEGER NOT NULL,
  sender INTEGER, sender_peer INTEGER,        -- whose archive it is sent in, and with whom
  recipient INTEGER, recipient_peer INTEGER,  -- whose archive it is received in, and from whom
  flags INTEGER NOT NULL, origin INTEGER NOT NULL, stanza TEXT NOT NULL) STRICT;

CREATE TABLE archive(
  owner INTEGER NOT NULL, id INTEGER NOT NULL, peer INTEGER NOT NULL, flags INTEGER NOT NULL,
  PRIMARY KEY (owner, id)) STRICT, WITHOUT ROWID;

-- Former accounts whose archive is still being removed.
CREATE TABLE erasure(owner INTEGER PRIMARY KEY) STRICT;
)sql";

// The terms of the bodies, for a full-text search; see search_index.h. FTS5 keeps neither the texts nor places of
// words.
constexpr const char* search_schema = R"sql(
CREATE VIRTUAL TABLE message_terms USING fts5(terms, content='', columnsize=0, detail=none, tokenize='ascii');
)sql";

// What people are found by. The keys are the texts without upper case.
constexpr const char* profile_schema = R"sql(
CREATE TABLE profile(
  account INTEGER PRIMARY KEY, nick TEXT NOT NULL, first TEXT NOT NULL, last TEXT NOT NULL, city TEXT NOT NULL,
  gender TEXT NOT NULL, birthday TEXT NOT NULL,
  is_found_by_user INTEGER NOT NULL, is_found_by_profile INTEGER NOT NULL, shows_online INTEGER NOT NULL,
  nick_key TEXT NOT NULL, first_key TEXT NOT NULL, last_key TEXT NOT NULL, city_key TEXT NOT NULL) STRICT;
)sql";

constexpr const char* uploads = R"sql(
-- Files that accounts share; the bytes are in files of their own. owner 0: its account was deleted.
CREATE TABLE upload(
  id TEXT PRIMARY KEY, owner INTEGER NOT NULL, size INTEGER NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL,
  created INTEGER NOT NULL, is_complete INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX upload_of_owner ON upload(owner, size);
CREATE INDEX upload_by_age ON upload(is_complete, created);
)sql";

// archive_queued: what goes as soon as its receiver has it; 8 is RowFlag::queued_only. roster_floor: removals of
// contacts up to this version of the roster are forgotten.
constexpr const char* forgetting_schema = R"sql(
CREATE INDEX archive_queued ON archive(owner, id) WHERE (flags & 8) <> 0;
ALTER TABLE account ADD COLUMN roster_floor INTEGER NOT NULL DEFAULT 0;
)sql";

// Nodes of publish-subscribe. Items are in order of `position`, newest last; the index by size is all that a quota
// reads.
constexpr const char* pubsub_schema = R"sql(
CREATE TABLE pubsub_node(
  account INTEGER NOT NULL, name TEXT NOT NULL, settings TEXT NOT NULL,
  PRIMARY KEY (account, name)) STRICT, WITHOUT ROWID;

CREATE TABLE pubsub_item(
  account INTEGER NOT NULL, node TEXT NOT NULL, id TEXT NOT NULL, position INTEGER NOT NULL, published INTEGER NOT NULL,
  size INTEGER NOT NULL, payload TEXT NOT NULL,
  PRIMARY KEY (account, node, id)) STRICT;
CREATE UNIQUE INDEX pubsub_item_order ON pubsub_item(account, node, position);
CREATE INDEX pubsub_item_size ON pubsub_item(account, size);
)sql";

// The search for people: one index that has all it asks for in the order of its answers, and one for each thing
// that profiles are found by; see profile_table.h. An account's name never changes.
constexpr const char* profile_search = R"sql(
ALTER TABLE profile ADD COLUMN name TEXT NOT NULL DEFAULT '';
UPDATE profile SET name=coalesce((SELECT a.name FROM account a WHERE a.id=profile.account), '');
CREATE INDEX profile_in_order ON profile(name, nick_key, first_key, last_key, city_key, gender, birthday)
  WHERE is_found_by_profile=1;
CREATE INDEX profile_nick ON profile(nick_key) WHERE is_found_by_profile=1;
CREATE INDEX profile_first ON profile(first_key) WHERE is_found_by_profile=1;
CREATE INDEX profile_last ON profile(last_key) WHERE is_found_by_profile=1;
CREATE INDEX profile_city ON profile(city_key) WHERE is_found_by_profile=1;
CREATE INDEX profile_gender ON profile(gender) WHERE is_found_by_profile=1;
CREATE INDEX profile_birthday ON profile(birthday) WHERE is_found_by_profile=1;
)sql";

// The same index with the beginnings of words. Without them FTS5 merges the rows of all words that begin so,
// everybody's, before it gives the first: 0.1 to 0.3 us each, and "the" begins a word of every other message. Longer
// beginnings have few rows. The index is made anew, beside the writing; see SearchIndex::load().
constexpr const char* search_by_beginning = R"sql(
DROP TABLE message_terms;
CREATE VIRTUAL TABLE message_terms
  USING fts5(terms, content='', columnsize=0, detail=none, tokenize='ascii', prefix='3 4');
DELETE FROM state WHERE name IN ('search_version', 'searchable_until');
)sql";

constexpr std::array migrations = {first_schema,      search_schema, profile_schema, uploads,
                                   forgetting_schema, pubsub_schema, profile_search, search_by_beginning};

Result<void> apply(Connection& connection, int version) {
  Transaction transaction(connection, Transaction::Kind::write);
  connection.execute(migrations[static_cast<std::size_t>(version - 1)]);
  connection.execute(fmt::format("UPDATE schema_version SET version={}", version));
  return transaction.commit();
}

Result<int> present_version(Connection& connection) {
  Transaction transaction(connection, Transaction::Kind::write);
  connection.execute("CREATE TABLE IF NOT EXISTS schema_version(version INTEGER NOT NULL) STRICT");
  connection.execute("INSERT INTO schema_version SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM schema_version)");
  const auto version = connection.number("SELECT version FROM schema_version");
  QUEQIAO_CHECK(transaction.commit());
  return static_cast<int>(version);
}

}  // namespace

int newest_schema() {
  return static_cast<int>(std::size(migrations));
}

Result<void> migrate(Connection& connection) {
  QUEQIAO_TRY(const int version, present_version(connection));
  if (version > newest_schema()) {
    return Error{
        ErrorCode::unavailable,
        fmt::format("the data file has schema {}, this program knows schemas up to {}: a newer version wrote it; "
                    "start that one, or restore a backup made before the upgrade",
                    version, newest_schema())};
  }
  for (int next = version + 1; next <= newest_schema(); ++next) {
    QUEQIAO_CHECK(apply(connection, next));
    if (version > 0) log::info("storage: schema {} applied", next);
  }
  return {};
}

}  // namespace queqiao::storage::sqlite
