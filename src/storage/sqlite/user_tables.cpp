#include "storage/sqlite/user_tables.h"

#include "base/text.h"
#include "storage/sqlite/time.h"

namespace queqiao::storage::sqlite {
namespace {

// Between the names of groups: XML 1.0 2.2 allows this character nowhere, so no name has it.
constexpr char group_separator = '\x1f';

std::string join_groups(const std::vector<std::string>& groups) {
  std::string text;
  for (const auto& group : groups) (text += group) += group_separator;
  return text;
}

std::vector<std::string> split_groups(std::string_view text) {
  std::vector<std::string> groups;
  for (auto group : split(text, group_separator)) groups.emplace_back(group);
  groups.pop_back();  // each name is followed by a separator
  return groups;
}

}  // namespace

std::optional<UserRecord> UserTables::load(std::string_view user) {
  UserRecord record;
  AccountId account = 0;
  {
    Rows rows = account_.query(user);
    if (!rows.next()) return std::nullopt;
    account = rows.integer(0);
    if (const auto seen = rows.optional_integer(1)) record.last_seen = from_micros(*seen);
    record.roster_version = rows.id(2);
    record.served_position = rows.id(3);
    record.roster_floor = rows.id(4);
  }
  load_contacts(account, record);
  Rows requests = requests_.query(account);
  while (requests.next()) record.requests.push_back({requests.bytes(0), requests.bytes(1)});
  Rows values = login_values_.query(account);
  while (values.next()) record.login_data.emplace_back(values.bytes(0), values.bytes(1));
  return record;
}

void UserTables::load_contacts(AccountId account, UserRecord& record) {
  Rows rows = contacts_.query(account);
  while (rows.next()) {
    RosterItem& item = record.roster.emplace_back();
    item.jid = rows.bytes(0);
    item.name = rows.bytes(1);
    item.groups = split_groups(rows.text(2));
    item.subscription = static_cast<Subscription>(rows.integer(3));
    item.is_pending_out = rows.flag(4);
    item.is_preapproved = rows.flag(5);
    item.version = rows.id(6);
    item.is_removed = rows.flag(7);
  }
}

std::optional<std::string> UserTables::value(std::string_view user, std::string_view kind, std::string_view key) {
  Rows rows = value_.query(user, kind, key);
  return rows.next() ? std::optional(rows.bytes(0)) : std::nullopt;
}

std::uint64_t UserTables::next_version(AccountId account) {
  raise_version_.run(account);
  Rows rows = version_.query(account);
  return rows.next() ? rows.id(0) : 0;
}

void UserTables::write_contact(AccountId account, const RosterItem& item, std::uint64_t version) {
  const std::string groups = join_groups(item.groups);
  put_contact_.run(account, item.jid, item.name, groups, static_cast<int>(item.subscription), item.is_pending_out,
                   item.is_preapproved, version, item.is_removed);
}

std::uint64_t UserTables::put_contact(AccountId account, const RosterItem& item) {
  const auto version = next_version(account);
  RosterItem present = item;
  present.is_removed = false;
  write_contact(account, present, version);
  return version;
}

Result<std::uint64_t> UserTables::remove_contact(AccountId account, std::string_view jid) {
  if (!has_contact_.query(account, jid).next()) return Error{ErrorCode::not_found, "no such contact"};
  const auto version = next_version(account);
  RosterItem tombstone;
  tombstone.jid = jid;
  tombstone.is_removed = true;
  write_contact(account, tombstone, version);
  return version;
}

void UserTables::forget_removals(AccountId account, std::uint64_t version) {
  remove_tombstones_.run(account, version);
  raise_floor_.run(version, account);
}

void UserTables::put_request(AccountId account, const SubscriptionRequest& request) {
  put_request_.run(account, request.from, request.stanza);
}

void UserTables::remove_request(AccountId account, std::string_view from) {
  remove_request_.run(account, from);
}

void UserTables::put_value(AccountId account, std::string_view kind, std::string_view key, std::string_view value) {
  put_value_.run(account, kind, key, Blob{value});
}

void UserTables::remove_value(AccountId account, std::string_view kind, std::string_view key) {
  remove_value_.run(account, kind, key);
}

void UserTables::raise_served(AccountId account, ArchiveId position) {
  raise_served_.run(account, position);
}

void UserTables::remove_all(AccountId account) {
  remove_contacts_.run(account);
  remove_requests_.run(account);
  remove_values_.run(account);
  remove_served_.run(account);
}

}  // namespace queqiao::storage::sqlite
