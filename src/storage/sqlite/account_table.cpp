#include "storage/sqlite/account_table.h"

#include "storage/account_number.h"
#include "storage/sqlite/time.h"

namespace queqiao::storage::sqlite {
namespace {

ScramKeys read_keys(const Rows& row, int column) {
  return {row.bytes(column), static_cast<std::uint32_t>(row.integer(column + 1)), row.bytes(column + 2),
          row.bytes(column + 3)};
}

Account read_account(const Rows& row) {
  Account account;
  account.user = row.bytes(0);
  account.is_disabled = row.flag(1);
  account.created = from_micros(row.integer(2));
  if (const auto seen = row.optional_integer(3)) account.last_seen = from_micros(*seen);
  account.sha1 = read_keys(row, 4);
  account.sha256 = read_keys(row, 8);
  return account;
}

}  // namespace

AccountId AccountTable::find_id(std::string_view user) {
  Rows rows = find_id_.query(user);
  return rows.next() ? rows.integer(0) : 0;
}

std::optional<Account> AccountTable::find(std::string_view user) {
  Rows rows = find_.query(user);
  return rows.next() ? std::optional(read_account(rows)) : std::nullopt;
}

std::vector<Account> AccountTable::list(std::string_view after, std::uint32_t limit) {
  std::vector<Account> accounts;
  Rows rows = list_.query(after, limit);
  while (rows.next()) accounts.push_back(read_account(rows));
  return accounts;
}

std::uint64_t AccountTable::count() {
  Rows rows = count_.query();
  return rows.next() ? rows.id(0) : 0;
}

std::uint64_t AccountTable::next_free_number(std::uint64_t minimum) {
  if (minimum >= account_number_limit) return minimum;
  Rows run = run_before_.query(minimum);
  return run.next() && run.id(1) >= minimum ? run.id(1) + 1 : minimum;
}

AccountId AccountTable::next_id(AccountId after) {
  Rows rows = next_id_.query(after);
  return rows.next() ? rows.integer(0) : 0;
}

AccountId AccountTable::take_id() {
  AccountId id = 1;
  if (Rows rows = last_id_.query(); rows.next()) id = rows.integer(0) + 1;
  set_last_id_.run(id);
  return id;
}

Result<void> AccountTable::create(const Account& account) {
  if (find_id(account.user) != 0) return Error{ErrorCode::conflict, "account '" + account.user + "' exists"};
  const ScramKeys& sha1 = account.sha1;
  const ScramKeys& sha256 = account.sha256;
  insert_.run(take_id(), account.user, account.is_disabled, to_micros(account.created), to_micros(account.last_seen),
              Blob{sha1.salt}, sha1.iterations, Blob{sha1.stored_key}, Blob{sha1.server_key}, Blob{sha256.salt},
              sha256.iterations, Blob{sha256.stored_key}, Blob{sha256.server_key});
  note_number(account.user);
  return {};
}

void AccountTable::note_number(std::string_view user) {
  const auto number = account_number(user);
  if (!number) return;
  auto first = *number, last = *number;
  if (Rows next = run_at_.query(last + 1); next.next()) last = next.id(0);
  if (last != *number) remove_run_.run(*number + 1);
  if (Rows before = run_before_.query(*number); before.next() && before.id(1) + 1 >= *number) {
    first = before.id(0);
    last = std::max(last, before.id(1));
  }
  put_run_.run(first, last);
}

void AccountTable::set_keys(AccountId id, const ScramKeys& sha1, const ScramKeys& sha256) {
  set_keys_.run(Blob{sha1.salt}, sha1.iterations, Blob{sha1.stored_key}, Blob{sha1.server_key}, Blob{sha256.salt},
                sha256.iterations, Blob{sha256.stored_key}, Blob{sha256.server_key}, id);
}

void AccountTable::set_disabled(AccountId id, bool is_disabled) {
  set_disabled_.run(is_disabled, id);
}
void AccountTable::set_last_seen(AccountId id, WallTime when) {
  set_last_seen_.run(to_micros(when), id);
}
void AccountTable::remove(AccountId id) {
  remove_.run(id);
}

}  // namespace queqiao::storage::sqlite
