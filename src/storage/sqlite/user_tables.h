#pragma once

#include "storage/sqlite/account_table.h"

namespace queqiao::storage::sqlite {

// What belongs to an account besides its archive: contact, subscription_request, user_value, served. Writes belong into
// a transaction of the caller.
class UserTables {
 public:
  explicit UserTables(Connection& connection) : connection_(connection) {}

  std::optional<UserRecord> load(std::string_view user);
  std::optional<std::string> value(std::string_view user, std::string_view kind, std::string_view key);

  std::uint64_t put_contact(AccountId account, const RosterItem& item);
  Result<std::uint64_t> remove_contact(AccountId account, std::string_view jid);  // not_found
  void forget_removals(AccountId account, std::uint64_t version);
  void put_request(AccountId account, const SubscriptionRequest& request);
  void remove_request(AccountId account, std::string_view from);
  void put_value(AccountId account, std::string_view kind, std::string_view key, std::string_view value);
  void remove_value(AccountId account, std::string_view kind, std::string_view key);
  void raise_served(AccountId account, ArchiveId position);
  void remove_all(AccountId account);

 private:
  std::uint64_t next_version(AccountId account);
  void write_contact(AccountId account, const RosterItem& item, std::uint64_t version);
  void load_contacts(AccountId account, UserRecord& record);

  Connection& connection_;
  Statement account_{connection_,
                     "SELECT id, last_seen, roster_version, (SELECT position FROM served WHERE "
                     "served.account=account.id), roster_floor "
                     "FROM account WHERE name=?"};
  Statement contacts_{connection_,
                      "SELECT jid, name, groups, subscription, is_pending_out, is_preapproved, version, is_removed "
                      "FROM contact WHERE account=? ORDER BY jid"};
  Statement requests_{connection_, "SELECT sender, stanza FROM subscription_request WHERE account=? ORDER BY sender"};
  Statement login_values_{connection_,
                          "SELECT key, value FROM user_value WHERE account=? AND kind='login' ORDER BY key"};
  Statement value_{
      connection_,
      "SELECT value FROM user_value WHERE account=(SELECT id FROM account WHERE name=?) AND kind=? AND key=?"};
  Statement raise_version_{connection_, "UPDATE account SET roster_version=roster_version+1 WHERE id=?"};
  Statement version_{connection_, "SELECT roster_version FROM account WHERE id=?"};
  Statement has_contact_{connection_, "SELECT 1 FROM contact WHERE account=? AND jid=? AND is_removed=0"};
  Statement put_contact_{
      connection_,
      "INSERT INTO contact(account, jid, name, groups, subscription, is_pending_out, is_preapproved, "
      "version, is_removed) VALUES(?,?,?,?,?,?,?,?,?) ON CONFLICT(account, jid) DO UPDATE SET "
      "name=excluded.name, groups=excluded.groups, subscription=excluded.subscription, "
      "is_pending_out=excluded.is_pending_out, is_preapproved=excluded.is_preapproved, "
      "version=excluded.version, is_removed=excluded.is_removed"};
  Statement remove_tombstones_{connection_, "DELETE FROM contact WHERE account=? AND is_removed=1 AND version<=?"};
  Statement raise_floor_{connection_, "UPDATE account SET roster_floor=max(roster_floor, ?) WHERE id=?"};
  Statement put_request_{connection_,
                         "INSERT INTO subscription_request(account, sender, stanza) VALUES(?,?,?) "
                         "ON CONFLICT(account, sender) DO UPDATE SET stanza=excluded.stanza"};
  Statement remove_request_{connection_, "DELETE FROM subscription_request WHERE account=? AND sender=?"};
  Statement put_value_{connection_,
                       "INSERT INTO user_value(account, kind, key, value) VALUES(?,?,?,?) "
                       "ON CONFLICT(account, kind, key) DO UPDATE SET value=excluded.value"};
  Statement remove_value_{connection_, "DELETE FROM user_value WHERE account=? AND kind=? AND key=?"};
  Statement raise_served_{connection_,
                          "INSERT INTO served(account, position) VALUES(?,?) ON CONFLICT(account) "
                          "DO UPDATE SET position=excluded.position WHERE excluded.position>served.position"};
  Statement remove_contacts_{connection_, "DELETE FROM contact WHERE account=?"};
  Statement remove_requests_{connection_, "DELETE FROM subscription_request WHERE account=?"};
  Statement remove_values_{connection_, "DELETE FROM user_value WHERE account=?"};
  Statement remove_served_{connection_, "DELETE FROM served WHERE account=?"};
};

}  // namespace queqiao::storage::sqlite
