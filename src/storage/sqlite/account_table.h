#pragma once

#include "storage/sqlite/statement.h"
#include "storage/store.h"

namespace queqiao::storage::sqlite {

using AccountId = std::int64_t;  // of an account, not of its name; 0 is none

// The tables account and number_run. Writes belong into a transaction of the caller.
class AccountTable {
 public:
  explicit AccountTable(Connection& connection) : connection_(connection) {}

  AccountId find_id(std::string_view user);
  std::optional<Account> find(std::string_view user);
  std::vector<Account> list(std::string_view after, std::uint32_t limit);
  std::uint64_t count();
  std::uint64_t next_free_number(std::uint64_t minimum);
  AccountId next_id(AccountId after);  // 0: there is none

  Result<void> create(const Account& account);
  void set_keys(AccountId id, const ScramKeys& sha1, const ScramKeys& sha256);
  void set_disabled(AccountId id, bool is_disabled);
  void set_last_seen(AccountId id, WallTime when);
  void remove(AccountId id);

 private:
  AccountId take_id();
  void note_number(std::string_view user);

  Connection& connection_;
  Statement find_id_{connection_, "SELECT id FROM account WHERE name=?"};
  Statement find_{connection_,
                  "SELECT name, is_disabled, created, last_seen, sha1_salt, sha1_iterations, sha1_stored_key, "
                  "sha1_server_key, sha256_salt, sha256_iterations, sha256_stored_key, sha256_server_key "
                  "FROM account WHERE name=?"};
  Statement list_{connection_,
                  "SELECT name, is_disabled, created, last_seen, sha1_salt, sha1_iterations, sha1_stored_key, "
                  "sha1_server_key, sha256_salt, sha256_iterations, sha256_stored_key, sha256_server_key "
                  "FROM account WHERE name>? ORDER BY name LIMIT ?"};
  Statement count_{connection_, "SELECT count(*) FROM account"};
  Statement next_id_{connection_, "SELECT id FROM account WHERE id>? ORDER BY id LIMIT 1"};
  Statement last_id_{connection_, "SELECT value FROM state WHERE name='last_account'"};
  Statement set_last_id_{connection_,
                         "INSERT INTO state(name, value) VALUES('last_account', ?) "
                         "ON CONFLICT(name) DO UPDATE SET value=excluded.value"};
  Statement insert_{connection_,
                    "INSERT INTO account(id, name, is_disabled, created, last_seen, sha1_salt, sha1_iterations, "
                    "sha1_stored_key, sha1_server_key, sha256_salt, sha256_iterations, sha256_stored_key, "
                    "sha256_server_key, roster_version) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,0)"};
  Statement set_keys_{connection_,
                      "UPDATE account SET sha1_salt=?, sha1_iterations=?, sha1_stored_key=?, sha1_server_key=?, "
                      "sha256_salt=?, sha256_iterations=?, sha256_stored_key=?, sha256_server_key=? WHERE id=?"};
  Statement set_disabled_{connection_, "UPDATE account SET is_disabled=? WHERE id=?"};
  Statement set_last_seen_{connection_, "UPDATE account SET last_seen=? WHERE id=?"};
  Statement remove_{connection_, "DELETE FROM account WHERE id=?"};
  Statement run_before_{connection_, "SELECT first, last FROM number_run WHERE first<=? ORDER BY first DESC LIMIT 1"};
  Statement run_at_{connection_, "SELECT last FROM number_run WHERE first=?"};
  Statement remove_run_{connection_, "DELETE FROM number_run WHERE first=?"};
  Statement put_run_{connection_,
                     "INSERT INTO number_run(first, last) VALUES(?,?) "
                     "ON CONFLICT(first) DO UPDATE SET last=excluded.last"};
};

}  // namespace queqiao::storage::sqlite
