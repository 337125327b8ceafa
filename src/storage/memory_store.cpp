#include "storage/memory_store.h"

#include <algorithm>

#include "base/search_terms.h"
#include "storage/account_number.h"
#include "storage/answer.h"
#include "storage/archive_page.h"
#include "storage/message_text.h"
#include "storage/profile_match.h"
#include "storage/stanza_address.h"

namespace queqiao::storage {
namespace {

Error no_account(const User& user) {
  return {ErrorCode::not_found, "no account '" + user + "'"};
}

}  // namespace

class MemoryStore::Source final : public ArchiveSource {
 public:
  Source(const std::vector<StoredMessage>& archive, const ArchiveQuery& query)
      : archive_(archive), query_(query), phrases_(query_phrases(query.text.value_or(std::string()))) {}

  bool contains(ArchiveId id) override {
    const auto at = first_from(id);
    return at != archive_.end() && at->message.id == id;
  }

  void walk(IdRange range, Direction direction, const Visitor& visit) override {
    const auto begin = first_from(range.first);
    const auto end = range.last == IdRange{}.last ? archive_.end() : first_from(range.last + 1);
    if (direction == Direction::forward) {
      for (auto at = begin; at != end && show(*at, visit);) ++at;
    } else {
      for (auto at = end; at != begin && show(*(at - 1), visit);) --at;
    }
  }

  ArchivedMessage load(const ArchiveRow& row) override { return first_from(row.id)->message; }
  IdRange ids_between(std::optional<WallTime>, std::optional<WallTime>) override { return {}; }

 private:
  std::vector<StoredMessage>::const_iterator first_from(ArchiveId id) const {
    return std::lower_bound(archive_.begin(), archive_.end(), id,
                            [](const StoredMessage& stored, ArchiveId wanted) { return stored.message.id < wanted; });
  }
  bool show(const StoredMessage& stored, const Visitor& visit) const {
    if (stored.is_queued_only || (query_.with && stored.peer != *query_.with)) return true;
    if (query_.text && !has_text(*stored.message.stanza)) return true;
    return visit({stored.message.id, stored.message.is_outgoing});
  }

  bool has_text(const std::string& stanza) const {
    return !phrases_.empty() && has_phrases(index_terms(message_text(stanza)), phrases_);
  }

  const std::vector<StoredMessage>& archive_;
  const ArchiveQuery& query_;
  const std::vector<std::string> phrases_;
};

MemoryStore::MemoryStore(Clock clock) : clock_(std::move(clock)) {}

WallTime MemoryStore::system_clock() {
  return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
}

template <class T, class Change>
void MemoryStore::change(const User& user, Reply<T> reply, Change change) {
  const std::lock_guard lock(mutex_);
  const auto found = owners_.find(user);
  post_answer<T>(std::move(reply), found == owners_.end() ? Result<T>(no_account(user)) : change(found->second));
}

const MemoryStore::Owner* MemoryStore::find(const User& user) const {
  const auto found = owners_.find(user);
  return found == owners_.end() ? nullptr : &found->second;
}

void MemoryStore::create_account(Account account, Reply<void> reply) {
  const std::lock_guard lock(mutex_);
  const User user = account.user;
  Owner owner;
  owner.account = std::move(account);
  if (!owners_.emplace(user, std::move(owner)).second) {
    return post_answer<void>(std::move(reply), Error{ErrorCode::conflict, "account '" + user + "' exists"});
  }
  note_number(user);
  post_answer<void>(std::move(reply), {});
}

void MemoryStore::find_account(User user, Reply<std::optional<Account>> reply) {
  const std::lock_guard lock(mutex_);
  const Owner* owner = find(user);
  post_answer<std::optional<Account>>(std::move(reply), owner ? std::optional(owner->account) : std::nullopt);
}

void MemoryStore::set_keys(User user, ScramKeys sha1, ScramKeys sha256, Reply<void> reply) {
  change(user, std::move(reply), [&](Owner& owner) {
    owner.account.sha1 = std::move(sha1);
    owner.account.sha256 = std::move(sha256);
    return Result<void>();
  });
}

void MemoryStore::set_disabled(User user, bool is_disabled, Reply<void> reply) {
  change(user, std::move(reply), [&](Owner& owner) {
    owner.account.is_disabled = is_disabled;
    return Result<void>();
  });
}

void MemoryStore::set_last_seen(User user, WallTime when, Reply<void> reply) {
  change(user, std::move(reply), [&](Owner& owner) {
    owner.account.last_seen = when;
    return Result<void>();
  });
}

void MemoryStore::delete_account(User user, Reply<void> reply) {
  const std::lock_guard lock(mutex_);
  const bool is_gone = owners_.erase(user) > 0;
  for (auto& [id, upload] : uploads_) {
    if (upload.owner == user) upload.owner.clear();
  }
  post_answer<void>(std::move(reply), is_gone ? Result<void>() : no_account(user));
}

void MemoryStore::list_accounts(std::string after, std::uint32_t limit, Reply<std::vector<Account>> reply) {
  const std::lock_guard lock(mutex_);
  std::vector<Account> accounts;
  for (auto at = owners_.upper_bound(after); at != owners_.end() && accounts.size() < limit; ++at) {
    accounts.push_back(at->second.account);
  }
  post_answer<std::vector<Account>>(std::move(reply), std::move(accounts));
}

void MemoryStore::count_accounts(Reply<std::uint64_t> reply) {
  const std::lock_guard lock(mutex_);
  post_answer<std::uint64_t>(std::move(reply), owners_.size());
}

void MemoryStore::note_number(const User& user) {
  const auto number = account_number(user);
  if (!number) return;
  auto run = used_numbers_.upper_bound(*number);
  const bool joins_next = run != used_numbers_.end() && run->first == *number + 1;
  const auto last = joins_next ? run->second : *number;
  if (joins_next) run = used_numbers_.erase(run);
  if (run != used_numbers_.begin() && std::prev(run)->second + 1 >= *number) {
    std::prev(run)->second = std::max(std::prev(run)->second, last);
  } else {
    used_numbers_.emplace(*number, last);
  }
}

void MemoryStore::next_free_number(std::uint64_t minimum, Reply<std::uint64_t> reply) {
  const std::lock_guard lock(mutex_);
  const auto run = used_numbers_.upper_bound(minimum);
  const bool is_used = run != used_numbers_.begin() && std::prev(run)->second >= minimum;
  post_answer<std::uint64_t>(std::move(reply), is_used ? std::prev(run)->second + 1 : minimum);
}

void MemoryStore::load_user(User user, Reply<std::optional<UserRecord>> reply) {
  const std::lock_guard lock(mutex_);
  std::optional<UserRecord> record;
  if (const Owner* owner = find(user)) {
    record.emplace();
    for (const auto& [jid, item] : owner->roster) record->roster.push_back(item);
    for (const auto& [from, stanza] : owner->requests) record->requests.push_back({from, stanza});
    for (const auto& [name, value] : owner->values) {
      if (name.first == "login") record->login_data.emplace_back(name.second, value);
    }
    record->nodes = owner->nodes.list();
    record->roster_version = owner->roster_version;
    record->roster_floor = owner->roster_floor;
    record->served_position = owner->served;
    record->last_seen = owner->account.last_seen;
  }
  post_answer<std::optional<UserRecord>>(std::move(reply), std::move(record));
}

void MemoryStore::put_roster_item(User user, RosterItem item, Reply<std::uint64_t> reply) {
  change(user, std::move(reply), [&](Owner& owner) -> Result<std::uint64_t> {
    item.version = ++owner.roster_version;
    item.is_removed = false;
    owner.roster.insert_or_assign(item.jid, item);
    return owner.roster_version;
  });
}

void MemoryStore::remove_roster_item(User user, std::string jid, Reply<std::uint64_t> reply) {
  change(user, std::move(reply), [&](Owner& owner) -> Result<std::uint64_t> {
    const auto found = owner.roster.find(jid);
    if (found == owner.roster.end() || found->second.is_removed) return Error{ErrorCode::not_found, "no such contact"};
    RosterItem tombstone;
    tombstone.jid = jid;
    tombstone.version = ++owner.roster_version;
    tombstone.is_removed = true;
    found->second = std::move(tombstone);
    return owner.roster_version;
  });
}

void MemoryStore::forget_removals(User user, std::uint64_t version, Reply<void> reply) {
  change(user, std::move(reply), [&](Owner& owner) {
    std::erase_if(owner.roster,
                  [&](const auto& entry) { return entry.second.is_removed && entry.second.version <= version; });
    owner.roster_floor = std::max(owner.roster_floor, version);
    return Result<void>();
  });
}

void MemoryStore::put_request(User user, SubscriptionRequest request, Reply<void> reply) {
  change(user, std::move(reply), [&](Owner& owner) {
    owner.requests.insert_or_assign(request.from, request.stanza);
    return Result<void>();
  });
}

void MemoryStore::remove_request(User user, std::string from, Reply<void> reply) {
  change(user, std::move(reply), [&](Owner& owner) {
    owner.requests.erase(from);
    return Result<void>();
  });
}

void MemoryStore::put_data(User user, std::string kind, std::string key, std::string value, Reply<void> reply) {
  change(user, std::move(reply), [&](Owner& owner) {
    owner.values.insert_or_assign({std::move(kind), std::move(key)}, std::move(value));
    return Result<void>();
  });
}

void MemoryStore::remove_data(User user, std::string kind, std::string key, Reply<void> reply) {
  change(user, std::move(reply), [&](Owner& owner) {
    owner.values.erase({std::move(kind), std::move(key)});
    return Result<void>();
  });
}

void MemoryStore::get_data(User user, std::string kind, std::string key, Reply<std::optional<std::string>> reply) {
  const std::lock_guard lock(mutex_);
  std::optional<std::string> value;
  if (const Owner* owner = find(user)) {
    const auto found = owner->values.find({std::move(kind), std::move(key)});
    if (found != owner->values.end()) value = found->second;
  }
  post_answer<std::optional<std::string>>(std::move(reply), std::move(value));
}

void MemoryStore::change_profile(User user, ProfileChange wanted, Reply<void> reply) {
  change(user, std::move(reply), [&](Owner& owner) {
    apply(owner.profile, wanted);
    return Result<void>();
  });
}

void MemoryStore::get_profile(User user, Reply<Profile> reply) {
  const std::lock_guard lock(mutex_);
  const Owner* owner = find(user);
  post_answer<Profile>(std::move(reply), owner ? owner->profile : Profile{});
}

void MemoryStore::find_profiles(ProfileQuery query, Reply<std::vector<FoundProfile>> reply) {
  const std::lock_guard lock(mutex_);
  std::vector<FoundProfile> found;
  for (auto at = owners_.upper_bound(query.after); at != owners_.end() && found.size() < query.limit; ++at) {
    const auto& [user, owner] = *at;
    if (!owner.account.is_disabled && matches(user, owner.profile, query)) found.push_back({user, owner.profile});
  }
  post_answer<std::vector<FoundProfile>>(std::move(reply), std::move(found));
}

void MemoryStore::put_node(User user, PubsubNode node, std::uint32_t items, Reply<void> reply) {
  change(user, std::move(reply), [&](Owner& owner) {
    owner.nodes.put(std::move(node), items);
    return Result<void>();
  });
}

void MemoryStore::remove_node(User user, std::string node, Reply<void> reply) {
  change(user, std::move(reply), [&](Owner& owner) { return owner.nodes.remove(node); });
}

void MemoryStore::put_item(User user, PubsubNode node, PubsubItem item, PubsubLimits limits, Reply<void> reply) {
  change(user, std::move(reply),
         [&](Owner& owner) { return owner.nodes.put_item(std::move(node), std::move(item), limits); });
}

void MemoryStore::remove_item(User user, std::string node, std::string id, Reply<void> reply) {
  change(user, std::move(reply), [&](Owner& owner) { return owner.nodes.remove_item(node, id); });
}

void MemoryStore::remove_items(User user, std::string node, Reply<void> reply) {
  change(user, std::move(reply), [&](Owner& owner) {
    owner.nodes.remove_items(node);
    return Result<void>();
  });
}

void MemoryStore::get_items(User user, std::string node, PubsubQuery query, Reply<PubsubPage> reply) {
  const std::lock_guard lock(mutex_);
  static const MemoryNodes nothing;
  const Owner* owner = find(user);
  post_answer(std::move(reply), (owner ? owner->nodes : nothing).page(node, query));
}

void MemoryStore::file(const User& user, StoredMessage stored) {
  const auto found = owners_.find(user);
  if (found == owners_.end()) return;
  auto& archive = found->second.archive;
  if (archive.empty() || archive.back().message.id != stored.message.id) {
    archive.push_back(std::move(stored));
  } else {  // a message to oneself is one entry: both the received one and the sent one
    archive.back().message.is_outgoing = true;
    archive.back().origin = stored.origin;
  }
}

bool MemoryStore::retract(const ArchiveEntry& entry) {
  const Retraction& wanted = *entry.retraction;
  const auto is_meant = [&](const StoredMessage& stored, const std::string& peer, bool is_sender) {
    const auto& message = stored.message;
    if (stored.peer != peer || message.is_outgoing != is_sender) return false;
    return (wanted.target_origin != 0 && stored.origin == wanted.target_origin) ||
           stanza_attribute(*message.stanza, "id") == wanted.target || std::to_string(message.id) == wanted.target;
  };
  const auto find_in = [&](const User& user, const std::string& peer, bool is_sender) -> ArchiveId {
    const Owner* owner = find(user);
    if (!owner) return 0;
    const auto found = std::find_if(owner->archive.rbegin(), owner->archive.rend(),
                                    [&](const StoredMessage& stored) { return is_meant(stored, peer, is_sender); });
    return found == owner->archive.rend() ? 0 : found->message.id;
  };
  ArchiveId id = find_in(entry.sender, entry.recipient_jid, true);
  if (id == 0) id = find_in(entry.recipient, entry.sender_jid, false);
  for (const auto& user : {entry.sender, entry.recipient}) {
    const auto owner = owners_.find(user);
    if (owner == owners_.end()) continue;
    for (auto& stored : owner->second.archive) {
      if (stored.message.id != id) continue;
      if (wanted.not_before && stored.message.received < *wanted.not_before) return false;
      stored.message.stanza =
          std::make_shared<const std::string>(with_content(*stored.message.stanza, wanted.tombstone));
    }
  }
  return true;
}

void MemoryStore::append(ArchiveEntry entry, Reply<ArchiveId> recipient, Reply<ArchiveId> sender) {
  const std::lock_guard lock(mutex_);
  if (entry.retraction && !retract(entry)) {
    const Error error{ErrorCode::invalid, "the message is too old to be taken back"};
    post_answer<ArchiveId>(std::move(recipient), error);
    return post_answer<ArchiveId>(std::move(sender), error);
  }
  ArchivedMessage message;
  message.received = entry.received;
  message.stanza = std::move(entry.stanza);
  if (find(entry.sender) || find(entry.recipient)) {
    const auto now = static_cast<ArchiveId>(std::max<std::int64_t>(clock_().time_since_epoch().count(), 0));
    message.id = last_id_ = std::max(last_id_ + 1, now);
  }
  file(entry.recipient, {message, entry.sender_jid, entry.is_for_offline, entry.is_queued_only, 0});
  message.is_outgoing = true;
  file(entry.sender, {message, entry.recipient_jid, false, false, entry.origin});
  const auto outcome = [&](const User& user) {
    return user.empty() || find(user) ? Result(message.id) : no_account(user);
  };
  post_answer(std::move(recipient), outcome(entry.recipient));
  post_answer(std::move(sender), outcome(entry.sender));
}

void MemoryStore::query_archive(User user, ArchiveQuery query, Reply<ArchivePage> reply) {
  const std::lock_guard lock(mutex_);
  static const std::vector<StoredMessage> nothing;
  const Owner* owner = find(user);
  Source source(owner ? owner->archive : nothing, query);
  post_answer(std::move(reply), make_page(source, query));
}

void MemoryStore::archive_metadata(User user, Reply<ArchiveMetadata> reply) {
  const std::lock_guard lock(mutex_);
  ArchiveMetadata metadata;
  if (const Owner* owner = find(user)) {
    for (const auto& stored : owner->archive) {
      if (stored.is_queued_only) continue;
      metadata.last.emplace(stored.message.id, stored.message.received);
      if (!metadata.first) metadata.first = metadata.last;
    }
  }
  post_answer<ArchiveMetadata>(std::move(reply), std::move(metadata));
}

void MemoryStore::undelivered(User user, ArchiveId after, std::uint32_t limit,
                              Reply<std::vector<ArchivedMessage>> reply) {
  const std::lock_guard lock(mutex_);
  std::vector<ArchivedMessage> messages;
  if (const Owner* owner = find(user)) {
    for (const auto& stored : owner->archive) {
      if (stored.message.id > after && stored.is_for_offline && messages.size() < limit) {
        messages.push_back(stored.message);
      }
    }
  }
  post_answer<std::vector<ArchivedMessage>>(std::move(reply), std::move(messages));
}

void MemoryStore::set_served(User user, ArchiveId position) {
  change(user, Reply<void>{}, [&](Owner& owner) {
    owner.served = std::max(owner.served, position);
    return Result<void>();
  });
}

void MemoryStore::recent_origins(User user, std::uint32_t limit,
                                 Reply<std::vector<std::pair<std::uint64_t, ArchiveId>>> reply) {
  const std::lock_guard lock(mutex_);
  std::vector<std::pair<std::uint64_t, ArchiveId>> origins;
  if (const Owner* owner = find(user)) {
    for (auto at = owner->archive.rbegin(); at != owner->archive.rend() && origins.size() < limit; ++at) {
      if (at->message.is_outgoing && at->origin != 0) origins.emplace_back(at->origin, at->message.id);
    }
  }
  post_answer<std::vector<std::pair<std::uint64_t, ArchiveId>>>(std::move(reply), std::move(origins));
}

void MemoryStore::expire(ExpiryPolicy policy, Reply<std::uint64_t> reply) {
  const std::lock_guard lock(mutex_);
  const auto oldest = policy.keep ? (clock_() - *policy.keep).time_since_epoch().count() : 0;
  std::uint64_t removed = 0;
  for (auto& [user, owner] : owners_) {
    auto& archive = owner.archive;
    removed += std::erase_if(archive, [position = owner.served](const StoredMessage& stored) {
      return stored.is_queued_only && stored.message.id <= position;
    });
    auto end = std::find_if(archive.begin(), archive.end(), [&](const StoredMessage& stored) {
      return static_cast<std::int64_t>(stored.message.id) >= oldest;
    });
    const auto quota = static_cast<std::ptrdiff_t>(policy.max_messages_per_user);
    if (quota > 0 && archive.end() - end > quota) end = archive.end() - quota;
    removed += static_cast<std::uint64_t>(end - archive.begin());
    archive.erase(archive.begin(), end);
  }
  post_answer<std::uint64_t>(std::move(reply), removed);
}

void MemoryStore::add_upload(Upload upload, UploadQuota quota, Reply<void> reply) {
  change(upload.owner, std::move(reply), [&](Owner&) -> Result<void> {
    UploadQuota used;
    for (const auto& [id, other] : uploads_) {
      if (other.owner == upload.owner) used = {used.bytes + other.size, used.files + 1};
    }
    if (uploads_.contains(upload.id)) return Error{ErrorCode::conflict, "upload '" + upload.id + "' exists"};
    if (used.files >= quota.files || used.bytes > quota.bytes || upload.size > quota.bytes - used.bytes) {
      return Error{ErrorCode::no_space, "the quota of '" + upload.owner + "' is used up"};
    }
    uploads_.emplace(upload.id, std::move(upload));
    return {};
  });
}

void MemoryStore::find_upload(std::string id, Reply<std::optional<Upload>> reply) {
  const std::lock_guard lock(mutex_);
  const auto found = uploads_.find(id);
  const bool is_there = found != uploads_.end() && !found->second.owner.empty();
  post_answer<std::optional<Upload>>(std::move(reply), is_there ? std::optional(found->second) : std::nullopt);
}

void MemoryStore::update_upload(std::string id, WallTime when, bool is_complete, Reply<void> reply) {
  const std::lock_guard lock(mutex_);
  const auto found = uploads_.find(id);
  if (found == uploads_.end() || found->second.is_complete > is_complete) {
    return post_answer<void>(std::move(reply),
                             Error{ErrorCode::not_found, "no such upload, or it is complete already"});
  }
  found->second.created = when;
  found->second.is_complete = is_complete;
  post_answer<void>(std::move(reply), {});
}

void MemoryStore::remove_expired_uploads(WallTime slots_before, WallTime files_before, std::uint32_t limit,
                                         Reply<std::vector<std::string>> reply) {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> ids;
  for (const auto& [id, upload] : uploads_) {
    const bool is_expired = upload.owner.empty() || upload.created < (upload.is_complete ? files_before : slots_before);
    if (is_expired && ids.size() < limit) ids.push_back(id);
  }
  for (const auto& id : ids) uploads_.erase(id);
  post_answer<std::vector<std::string>>(std::move(reply), std::move(ids));
}

void MemoryStore::backup(std::filesystem::path, Reply<void> reply) {
  post_answer<void>(std::move(reply), Error{ErrorCode::unavailable, "a store in memory has no backup"});
}

}  // namespace queqiao::storage
