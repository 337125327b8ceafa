#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/event_loop.h"
#include "base/result.h"

namespace queqiao::storage {

// Where an answer goes: `then` runs on `home`'s thread. A default one is "nobody asks".
template <class T>
struct Reply {
  EventLoop* home = nullptr;  // not owned
  UniqueFunction<void(Result<T>)> then;
};

// A user is named by the localpart of the one domain that a store belongs to.
using User = std::string;
using Bytes = std::shared_ptr<const std::string>;  // a stanza's bytes, shared between threads, never changed

// RFC 5802: what a server keeps instead of a password.
struct ScramKeys {
  std::string salt;
  std::uint32_t iterations = 0;
  std::string stored_key;
  std::string server_key;
};

struct Account {
  User user;
  ScramKeys sha1;
  ScramKeys sha256;
  bool is_disabled = false;
  WallTime created;
  std::optional<WallTime> last_seen;  // end of the last session
};

enum class Subscription : std::uint8_t { none = 0, to = 1, from = 2, both = 3 };  // RFC 6121 2.1.2.5; bits: to, from

struct RosterItem {
  std::string jid;  // bare
  std::string name;
  std::vector<std::string> groups;
  Subscription subscription = Subscription::none;
  bool is_pending_out = false;   // ask='subscribe'
  bool is_preapproved = false;   // approved='true', RFC 6121 3.4
  std::uint64_t version = 0;     // of the roster when this item changed last; set by the store
  bool is_removed = false;       // a tombstone, kept so that roster versioning can tell (RFC 6121 2.6)
};

// A subscription request that its receiver has not answered (RFC 6121 3.1.3).
struct SubscriptionRequest {
  std::string from;    // bare JID
  std::string stanza;  // the presence, delivered again at each log-in
};

// A user's node of publish-subscribe (XEP-0060). What `settings` say is the server's affair.
struct PubsubNode {
  std::string name;
  std::string settings;
};

struct PubsubItem {
  std::string id;
  WallTime published;
  std::string payload;
};

// What may be there when an item has been written.
struct PubsubLimits {
  std::uint32_t items = 0;       // of the node; the oldest go
  std::uint64_t user_bytes = 0;  // of all the user's items, as pubsub_size.h counts; no_space past it
};

// Which items of a node are wanted: those of `ids` that are there, or else a page. At most one of `page_after` and
// `page_before` is its border.
struct PubsubQuery {
  std::vector<std::string> ids;
  std::optional<std::string> page_after;   // the item with this id
  std::optional<std::string> page_before;
  bool is_last_page = false;               // the newest
  std::uint32_t limit = 0;                 // of items in a page
  std::uint64_t max_bytes = 0;             // of payloads, of named ones as well; one item comes in any case
};

struct PubsubPage {
  std::vector<PubsubItem> items;  // oldest first
  std::uint64_t count = 0;        // of the node's items
  std::uint64_t first_index = 0;  // of the page's first one, from 0 for the oldest
  bool is_complete = false;       // nothing more in the direction of paging
};

// Everything that a log-in needs, read at once.
struct UserRecord {
  std::vector<RosterItem> roster;  // tombstones included
  std::uint64_t roster_version = 0;
  std::uint64_t roster_floor = 0;  // see forget_removals
  std::vector<SubscriptionRequest> requests;
  std::uint64_t served_position = 0;
  std::optional<WallTime> last_seen;
  std::vector<PubsubNode> nodes;  // in order of name
  std::vector<std::pair<std::string, std::string>> login_data;  // the data of kind "login" (block list, preferences): key, value
};

// Ids of the archive grow with the order of commits and with time: microseconds since 1970 when it was stored, made unique
// by counting up. 0 is before the first.
using ArchiveId = std::uint64_t;

// XEP-0424: that an entry takes back what its sender has sent to the same other side before.
struct Retraction {
  std::string target;                  // 'id' of that stanza, or its id in the archive
  std::uint64_t target_origin = 0;     // the hash of its origin-id, like ArchiveEntry::origin
  std::optional<WallTime> not_before;  // what was received before that stays
  std::string tombstone;               // XML that takes the place of its content, in both archives
};

struct ArchiveEntry {
  WallTime received;
  Bytes stanza;                // <message from=… to=…>…</message> in jabber:client, without stanza-id
  // Whose archives it belongs to; either may be empty. `peer` of one is the bare JID of the other.
  User sender, recipient;
  std::string sender_jid, recipient_jid;  // bare
  bool is_for_offline = false;  // the recipient must get it, now or at a later log-in
  bool is_queued_only =
      false;  // the recipient's archive does not take it: it is kept until it was served, and not shown
  std::uint64_t origin = 0;     // hash of the origin-id, 0 for none: finds a retry (see recent_origins)
  std::shared_ptr<const Retraction> retraction = nullptr;  // usually none
};

struct ArchivedMessage {
  ArchiveId id = 0;
  WallTime received;
  Bytes stanza;
  bool is_outgoing = false;
};

// XEP-0313 4.1, with XEP-0059 paging: at most one of `before` and `after` is a page's border.
struct ArchiveQuery {
  std::optional<std::string> with;        // bare JID of the other side
  std::optional<std::string> with_full;   // when the filter had a resource: matched against the stanza's from/to
  std::optional<WallTime> start, end;     // inclusive
  std::optional<ArchiveId> after_id, before_id;   // filters of XEP-0313 4.1.3, exclusive; not paging
  std::vector<ArchiveId> ids;
  std::optional<ArchiveId> page_after;    // RSM <after/>
  std::optional<ArchiveId> page_before;   // RSM <before>id</before>
  bool is_last_page = false;              // RSM <before/>, empty
  std::optional<std::string> text;        // XEP-0431: words that a body must have; see base/search_terms.h
  std::uint32_t limit = 50;               // 0: only the count is wanted
  bool wants_count = false;
};

struct ArchivePage {
  std::vector<ArchivedMessage> messages;  // oldest first
  bool is_complete = false;               // nothing more in the direction of paging
  std::optional<std::uint64_t> count;     // of all that match, when asked for
  std::optional<std::uint64_t> first_index;
};

struct ArchiveMetadata {
  std::optional<std::pair<ArchiveId, WallTime>> first, last;
};

// What others may find a person by (XEP-0055), and how.
struct Profile {
  std::string nick, first, last, city, gender;
  std::string birthday;  // "1990-12-31"; may be empty
  bool is_found_by_user = true;     // by exact name or number
  bool is_found_by_profile = true;  // by everything else
  bool shows_online = true;         // to those who found it
};

// What is set becomes so, the rest stays.
struct ProfileChange {
  std::optional<std::string> nick, first, last, city, gender, birthday;
  std::optional<bool> is_found_by_user, is_found_by_profile, shows_online;
};

// What is empty matters not; all the rest must fit. `user` alone finds by name, whatever else is asked for.
struct ProfileQuery {
  User user;                            // exactly
  std::string nick, first, last, city;  // how it begins, whatever the case
  std::string gender;                   // exactly
  std::string born_from, born_until;    // inclusive
  User after;                           // those behind this one, in order of name
  std::uint32_t limit = 50;
};

struct FoundProfile {
  User user;
  Profile profile;
};

// A file that an account may upload, or has uploaded (XEP-0363). Its bytes are not in the store.
struct Upload {
  std::string id;            // names it in addresses and on disk; unguessable
  User owner;
  std::uint64_t size = 0;    // in bytes
  std::string name;          // for people
  std::string type;          // media type as the owner told it; may be empty
  WallTime created;          // when it became complete; before, when something was last done about it
  bool is_complete = false;  // all of it is on disk
};

struct UploadQuota {  // of one account; what is not complete yet counts as well
  std::uint64_t bytes = 0;
  std::uint64_t files = 0;
};

struct ExpiryPolicy {
  std::optional<std::chrono::hours> keep;     // nothing: for ever
  std::uint64_t max_messages_per_user = 0;    // 0: no quota
};

// What must survive. Every call may come from any thread and returns at once; answers come through Reply, in the order of
// the calls for the writes of one caller. A write is answered when it is durable: with the default settings it then
// survives kill -9 and a power cut. Reads see every write that was answered before they were asked for.
// Errors: no_space, unavailable (read-only), corrupt, io; and those that a call names.
class Store {
 public:
  virtual ~Store() = default;

  // Accounts. A user whose account is deleted and made again has nothing of the old one.
  virtual void create_account(Account account, Reply<void> reply) = 0;  // conflict: the name is taken
  virtual void find_account(User user, Reply<std::optional<Account>> reply) = 0;
  virtual void set_keys(User user, ScramKeys sha1, ScramKeys sha256, Reply<void> reply) = 0;  // not_found
  virtual void set_disabled(User user, bool is_disabled, Reply<void> reply) = 0;              // not_found
  virtual void set_last_seen(User user, WallTime when, Reply<void> reply) = 0;                // not_found
  virtual void delete_account(User user, Reply<void> reply) = 0;  // not_found; with all that belongs to it
  // In order of name, those greater than `after`.
  virtual void list_accounts(std::string after, std::uint32_t limit, Reply<std::vector<Account>> reply) = 0;
  virtual void count_accounts(Reply<std::uint64_t> reply) = 0;
  // The lowest number >= minimum that no account has (or ever had) as its name.
  virtual void next_free_number(std::uint64_t minimum, Reply<std::uint64_t> reply) = 0;

  virtual void load_user(User user, Reply<std::optional<UserRecord>> reply) = 0;

  // Roster. The answer is the roster's new version.
  virtual void put_roster_item(User user, RosterItem item, Reply<std::uint64_t> reply) = 0;        // not_found: no account
  virtual void remove_roster_item(User user, std::string jid, Reply<std::uint64_t> reply) = 0;     // not_found; leaves a tombstone
  // Tombstones up to `version` of the roster go: whoever knows an older one (UserRecord::roster_floor) needs all of it.
  virtual void forget_removals(User user, std::uint64_t version, Reply<void> reply) = 0;    // not_found
  virtual void put_request(User user, SubscriptionRequest request, Reply<void> reply) = 0;  // replaces; not_found
  virtual void remove_request(User user, std::string from, Reply<void> reply) = 0;                 // fine when absent

  // Small things that modules keep for a user: a value by (kind, key). Kind "login" comes with load_user. Writing for a user
  // without account is not_found, reading finds nothing.
  virtual void put_data(User user, std::string kind, std::string key, std::string value, Reply<void> reply) = 0;
  virtual void remove_data(User user, std::string kind, std::string key, Reply<void> reply) = 0;
  virtual void get_data(User user, std::string kind, std::string key, Reply<std::optional<std::string>> reply) = 0;

  // Profiles, as far as the search for people needs them. Accounts that are disabled are not found.
  virtual void change_profile(User user, ProfileChange change, Reply<void> reply) = 0;  // not_found: no account
  virtual void get_profile(User user, Reply<Profile> reply) = 0;                        // a default one when there is none
  virtual void find_profiles(ProfileQuery query, Reply<std::vector<FoundProfile>> reply) = 0;

  // Nodes of publish-subscribe. An item that is written again becomes the newest.
  virtual void put_node(User user, PubsubNode node, std::uint32_t items, Reply<void> reply) = 0;  // keeps the newest; not_found: no account
  virtual void remove_node(User user, std::string node, Reply<void> reply) = 0;                   // not_found; with its items
  // Writes the node as well, so that both are there or none. not_found: no account.
  virtual void put_item(User user, PubsubNode node, PubsubItem item, PubsubLimits limits, Reply<void> reply) = 0;
  virtual void remove_item(User user, std::string node, std::string id, Reply<void> reply) = 0;   // not_found
  virtual void remove_items(User user, std::string node, Reply<void> reply) = 0;                  // fine when there is none
  virtual void get_items(User user, std::string node, PubsubQuery query, Reply<PubsubPage> reply) = 0;  // not_found: the border

  // Archive. When the entry is durable, first `recipient` and then `sender` hear its id, each on its own home; replies on
  // one home come in the order of ids, so whoever hears of an id has heard of all lower ones that concern it.
  // An entry with neither sender nor recipient stores nothing and gets id 0, but its replies keep their place in this order:
  // a typing notice must not overtake the message before it (RFC 6120 10.1).
  // not_found, to that side alone: it is named and has no account (it was deleted meanwhile). A message to oneself is one
  // entry, an outgoing one.
  // An entry with a retraction replaces the content of the message that it names, durable with itself. When there is no
  // such message, it is an entry like any other; a store need not look further back than the newest 20,000 entries of an
  // archive, and the newest 2,000 messages between the two. invalid: that message is too old to be taken back; nothing
  // is stored.
  virtual void append(ArchiveEntry entry, Reply<ArchiveId> recipient, Reply<ArchiveId> sender) = 0;
  // not_found: a border of paging or a member of `ids` is not in this archive (XEP-0059 2.2, XEP-0313 4.1.4).
  virtual void query_archive(User owner, ArchiveQuery query, Reply<ArchivePage> reply) = 0;
  virtual void archive_metadata(User owner, Reply<ArchiveMetadata> reply) = 0;
  // Messages for `user` with is_for_offline and an id greater than `after`, oldest first.
  virtual void undelivered(User user, ArchiveId after, std::uint32_t limit, Reply<std::vector<ArchivedMessage>> reply) = 0;
  // Everything up to `position` has reached the user. Never goes back. Durable within a second, not at once: after a crash
  // a user may be served the same message again, never none.
  virtual void set_served(User user, ArchiveId position) = 0;
  // Hashes of the origin-ids of the newest messages that `user` sent, with their archive ids.
  virtual void recent_origins(User user, std::uint32_t limit,
                              Reply<std::vector<std::pair<std::uint64_t, ArchiveId>>> reply) = 0;
  // Removes what the policy no longer keeps, and what was queued only and has been served, in small steps; the answer
  // is the number of entries of archives removed: a message between two users of ours counts twice.
  virtual void expire(ExpiryPolicy policy, Reply<std::uint64_t> reply) = 0;

  // Uploads. One whose owner's account is deleted is not found any more, and expires at once.
  virtual void add_upload(Upload upload, UploadQuota quota, Reply<void> reply) = 0;  // not_found: no account; no_space; conflict
  virtual void find_upload(std::string id, Reply<std::optional<Upload>> reply) = 0;
  // Sets `created` and `is_complete`; not_found. What is complete stays so: to be told otherwise is not_found as well.
  virtual void update_upload(std::string id, WallTime when, bool is_complete, Reply<void> reply) = 0;
  // Removes incomplete uploads older than `slots_before`, complete ones older than `files_before`, and those without
  // owner; at most `limit`. The answer is their ids: the caller removes their files, which nobody can ask for any more.
  virtual void remove_expired_uploads(WallTime slots_before, WallTime files_before, std::uint32_t limit,
                                      Reply<std::vector<std::string>> reply) = 0;

  // A consistent copy of the whole store while it is in use; conflict: `file` exists.
  virtual void backup(std::filesystem::path file, Reply<void> reply) = 0;
  // Writes that were asked for and are not answered: for back-pressure and for the operator.
  virtual std::uint64_t pending_writes() const = 0;
  // Finishes what was asked for, answers it, and stops the threads. What is asked later is answered with unavailable.
  virtual void stop() = 0;
};

}  // namespace queqiao::storage
