#pragma once

#include "tests/storage/test_loop.h"

namespace queqiao::storage {

// A Result that a test may pass over: what it sets up shows in what it reads afterwards.
template <class T>
struct Answer : Result<T> {
  Answer(Result<T> outcome) : Result<T>(std::move(outcome)) {}
};

// A Store as tests like to talk to it: every call waits for its answer.
class Asking {
 public:
  Asking(Store& store, TestLoop& loop) : store_(store), loop_(loop) {}

  Answer<void> create(const User& user) {
    Account account;
    account.user = user;
    return create(std::move(account));
  }
  Answer<void> create(Account account) {
    return loop_.wait<void>([&](auto reply) { store_.create_account(std::move(account), std::move(reply)); });
  }
  Answer<void> remove(const User& user) {
    return loop_.wait<void>([&](auto reply) { store_.delete_account(user, std::move(reply)); });
  }
  Answer<std::optional<Account>> find(const User& user) {
    return loop_.wait<std::optional<Account>>([&](auto reply) { store_.find_account(user, std::move(reply)); });
  }
  Answer<std::vector<Account>> list(const std::string& after, std::uint32_t limit) {
    return loop_.wait<std::vector<Account>>([&](auto reply) { store_.list_accounts(after, limit, std::move(reply)); });
  }
  std::uint64_t count() {
    return *loop_.wait<std::uint64_t>([&](auto reply) { store_.count_accounts(std::move(reply)); });
  }
  std::uint64_t next_free_number(std::uint64_t minimum) {
    return *loop_.wait<std::uint64_t>([&](auto reply) { store_.next_free_number(minimum, std::move(reply)); });
  }
  Answer<std::optional<UserRecord>> load(const User& user) {
    return loop_.wait<std::optional<UserRecord>>([&](auto reply) { store_.load_user(user, std::move(reply)); });
  }
  Answer<std::uint64_t> put_item(const User& user, RosterItem item) {
    return loop_.wait<std::uint64_t>(
        [&](auto reply) { store_.put_roster_item(user, std::move(item), std::move(reply)); });
  }
  Answer<std::uint64_t> remove_item(const User& user, const std::string& jid) {
    return loop_.wait<std::uint64_t>([&](auto reply) { store_.remove_roster_item(user, jid, std::move(reply)); });
  }
  Result<void> forget_removals(const User& user, std::uint64_t version) {
    return loop_.wait<void>([&](auto reply) { store_.forget_removals(user, version, std::move(reply)); });
  }
  Answer<void> put_request(const User& user, SubscriptionRequest request) {
    return loop_.wait<void>([&](auto reply) { store_.put_request(user, std::move(request), std::move(reply)); });
  }
  Answer<void> remove_request(const User& user, const std::string& from) {
    return loop_.wait<void>([&](auto reply) { store_.remove_request(user, from, std::move(reply)); });
  }
  Answer<void> put_data(const User& user, const std::string& kind, const std::string& key, const std::string& value) {
    return loop_.wait<void>([&](auto reply) { store_.put_data(user, kind, key, value, std::move(reply)); });
  }
  Answer<void> remove_data(const User& user, const std::string& kind, const std::string& key) {
    return loop_.wait<void>([&](auto reply) { store_.remove_data(user, kind, key, std::move(reply)); });
  }
  std::optional<std::string> data(const User& user, const std::string& kind, const std::string& key) {
    return *loop_.wait<std::optional<std::string>>(
        [&](auto reply) { store_.get_data(user, kind, key, std::move(reply)); });
  }
  Answer<void> set_disabled(const User& user, bool is_disabled) {
    return loop_.wait<void>([&](auto reply) { store_.set_disabled(user, is_disabled, std::move(reply)); });
  }
  Answer<void> change_profile(const User& user, ProfileChange change) {
    return loop_.wait<void>([&](auto reply) { store_.change_profile(user, std::move(change), std::move(reply)); });
  }
  Profile profile(const User& user) {
    return *loop_.wait<Profile>([&](auto reply) { store_.get_profile(user, std::move(reply)); });
  }
  std::vector<FoundProfile> find_profiles(ProfileQuery query) {
    return *loop_.wait<std::vector<FoundProfile>>(
        [&](auto reply) { store_.find_profiles(std::move(query), std::move(reply)); });
  }
  Answer<void> put_node(const User& user, PubsubNode node, std::uint32_t items = 10) {
    return loop_.wait<void>([&](auto reply) { store_.put_node(user, std::move(node), items, std::move(reply)); });
  }
  Answer<void> remove_node(const User& user, const std::string& node) {
    return loop_.wait<void>([&](auto reply) { store_.remove_node(user, node, std::move(reply)); });
  }
  Answer<void> put_pubsub_item(const User& user, PubsubNode node, PubsubItem item, PubsubLimits limits) {
    return loop_.wait<void>(
        [&](auto reply) { store_.put_item(user, std::move(node), std::move(item), limits, std::move(reply)); });
  }
  Answer<void> remove_pubsub_item(const User& user, const std::string& node, const std::string& id) {
    return loop_.wait<void>([&](auto reply) { store_.remove_item(user, node, id, std::move(reply)); });
  }
  Answer<void> remove_pubsub_items(const User& user, const std::string& node) {
    return loop_.wait<void>([&](auto reply) { store_.remove_items(user, node, std::move(reply)); });
  }
  Answer<PubsubPage> pubsub_page(const User& user, const std::string& node, PubsubQuery query) {
    return loop_.wait<PubsubPage>(
        [&](auto reply) { store_.get_items(user, node, std::move(query), std::move(reply)); });
  }
  // The recipient's answer when there is a recipient, else the sender's.
  Answer<ArchiveId> append(ArchiveEntry entry) {
    const bool has_recipient = !entry.recipient.empty();
    return loop_.wait<ArchiveId>([&](auto reply) {
      if (has_recipient) return store_.append(std::move(entry), std::move(reply), {});
      store_.append(std::move(entry), {}, std::move(reply));
    });
  }
  Answer<ArchivePage> query(const User& owner, ArchiveQuery query = {}) {
    return loop_.wait<ArchivePage>(
        [&](auto reply) { store_.query_archive(owner, std::move(query), std::move(reply)); });
  }
  ArchiveMetadata metadata(const User& owner) {
    return *loop_.wait<ArchiveMetadata>([&](auto reply) { store_.archive_metadata(owner, std::move(reply)); });
  }
  std::vector<ArchivedMessage> undelivered(const User& user, ArchiveId after, std::uint32_t limit) {
    return *loop_.wait<std::vector<ArchivedMessage>>(
        [&](auto reply) { store_.undelivered(user, after, limit, std::move(reply)); });
  }
  std::vector<std::pair<std::uint64_t, ArchiveId>> origins(const User& user, std::uint32_t limit) {
    return *loop_.wait<std::vector<std::pair<std::uint64_t, ArchiveId>>>(
        [&](auto reply) { store_.recent_origins(user, limit, std::move(reply)); });
  }
  Answer<std::uint64_t> expire(ExpiryPolicy policy) {
    return loop_.wait<std::uint64_t>([&](auto reply) { store_.expire(policy, std::move(reply)); });
  }
  Answer<void> add_upload(Upload upload, UploadQuota quota) {
    return loop_.wait<void>([&](auto reply) { store_.add_upload(std::move(upload), quota, std::move(reply)); });
  }
  std::optional<Upload> upload(const std::string& id) {
    return *loop_.wait<std::optional<Upload>>([&](auto reply) { store_.find_upload(id, std::move(reply)); });
  }
  Answer<void> update_upload(const std::string& id, WallTime when, bool is_complete) {
    return loop_.wait<void>([&](auto reply) { store_.update_upload(id, when, is_complete, std::move(reply)); });
  }
  std::vector<std::string> remove_expired_uploads(WallTime slots, WallTime files, std::uint32_t limit = 100) {
    return *loop_.wait<std::vector<std::string>>(
        [&](auto reply) { store_.remove_expired_uploads(slots, files, limit, std::move(reply)); });
  }
  Answer<void> backup(const std::filesystem::path& file) {
    return loop_.wait<void>([&](auto reply) { store_.backup(file, std::move(reply)); });
  }

 private:
  Store& store_;
  TestLoop& loop_;
};

// A message as the server hands it over.
inline ArchiveEntry message(const User& from, const User& to, const std::string& body, std::int64_t received = 0) {
  ArchiveEntry entry;
  entry.received = WallTime(std::chrono::microseconds(received));
  entry.sender = from;
  entry.recipient = to;
  entry.sender_jid = from + "@example.org";
  entry.recipient_jid = to + "@example.org";
  entry.stanza = std::make_shared<const std::string>("<message from='" + entry.sender_jid + "/desk' to='" +
                                                     entry.recipient_jid + "'><body>" + body + "</body></message>");
  return entry;
}

}  // namespace queqiao::storage
