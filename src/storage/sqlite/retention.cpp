#include "storage/sqlite/retention.h"

#include <array>

namespace queqiao::storage::sqlite {
namespace {

constexpr std::size_t messages_per_step = 500;
constexpr std::size_t accounts_per_step = 50;
constexpr ArchiveId every_id = ~ArchiveId{0} >> 1;

}  // namespace

void Retention::expire(ArchiveId oldest, std::uint64_t max_messages_per_user, Reply<std::uint64_t> reply) {
  jobs_.push_back({oldest, max_messages_per_user, std::move(reply)});
}

template <class Work>
Result<bool> Retention::in_transaction(Work work) {
  // What is removed below is looked for in the table `archive` alone.
  QUEQIAO_CHECK(tables_.archive.file_all());
  Transaction transaction(connection_, Transaction::Kind::write);
  const bool is_done = work();
  tables_.archive.remember_last_id();
  QUEQIAO_CHECK(transaction.commit());
  // Gives pages back to the file system little by little; what fails here costs only space.
  connection_.execute("PRAGMA incremental_vacuum(1000)");
  static_cast<void>(connection_.take_failure());
  return is_done;
}

Result<void> Retention::step(Answers& answers) {
  const bool is_erasure = may_have_erasures_;  // what people were told is gone goes first
  const auto is_done = is_erasure ? in_transaction([this] { return erase_some(); })
                                  : in_transaction([this] { return expire_some(jobs_.front()); });
  if (is_done && !*is_done) return {};
  if (is_erasure) {
    may_have_erasures_ = false;
  } else {
    answers.add(jobs_.front().reply, is_done ? Result(jobs_.front().removed) : is_done.error());
    jobs_.pop_front();
  }
  return is_done ? Result<void>() : is_done.error();
}

void Retention::stop(Answers& answers) {
  for (auto& job : jobs_) answers.add<std::uint64_t>(job.reply, Error{ErrorCode::unavailable, "the store is stopping"});
  jobs_.clear();
}

bool Retention::expire_some(Expiry& job) {
  if (!job.has_removed_old) {
    job.has_removed_old = expire_old(job);
    return false;
  }
  if (!job.has_removed_served) {
    job.has_removed_served = expire_served(job);
    return false;
  }
  return job.quota == 0 || expire_above_quota(job);
}

bool Retention::expire_old(Expiry& job) {
  struct Old {
    ArchiveId id;
    AccountId sender, recipient;
  };
  std::vector<Old> messages;
  {
    Rows rows = old_messages_.query(job.oldest, messages_per_step);
    while (rows.next()) messages.push_back({rows.id(0), rows.integer(1), rows.integer(2)});
  }
  for (const auto& message : messages) {
    job.removed += remove_row(message.sender, message.id) ? 1 : 0;
    job.removed += remove_row(message.recipient, message.id) ? 1 : 0;
    remove_message(message.id);
  }
  return messages.size() < messages_per_step;
}

// What only waited for its receiver, who has it.
bool Retention::expire_served(Expiry& job) {
  std::vector<std::pair<AccountId, ArchiveId>> queue;
  {
    Rows rows = served_queue_.query(messages_per_step);
    while (rows.next()) queue.emplace_back(rows.integer(0), rows.id(1));
  }
  for (const auto& [owner, id] : queue) {
    job.removed += remove_row(owner, id) ? 1 : 0;
    remove_unless_kept(owner, id);
  }
  return queue.size() < messages_per_step;
}

bool Retention::expire_above_quota(Expiry& job) {
  for (std::size_t looked_at = 0; looked_at < accounts_per_step; ++looked_at) {
    const AccountId account = tables_.accounts.next_id(job.last_account);
    if (account == 0) return true;
    ArchiveId border = 0;
    if (Rows rows = first_above_quota_.query(account, job.quota); rows.next()) border = rows.id(0);
    if (border != 0) {
      const auto removed = remove_until(account, border);
      job.removed += removed;
      if (removed == messages_per_step) return false;  // there may be more of this account
    }
    job.last_account = account;
  }
  return false;
}

bool Retention::erase_some() {
  AccountId owner = 0;
  if (Rows rows = next_erasure_.query(); rows.next()) owner = rows.integer(0);
  if (owner == 0) return true;
  if (remove_until(owner, every_id) < messages_per_step) end_erasure_.run(owner);
  return false;
}

std::size_t Retention::remove_until(AccountId owner, ArchiveId last) {
  std::vector<ArchiveId> ids;
  {
    Rows rows = oldest_rows_.query(owner, last, messages_per_step);
    while (rows.next()) ids.push_back(rows.id(0));
  }
  for (const ArchiveId id : ids) {
    remove_row(owner, id);
    remove_unless_kept(owner, id);
  }
  return ids.size();
}

bool Retention::remove_row(AccountId owner, ArchiveId id) {
  if (owner == 0) return false;
  remove_row_.run(owner, id);
  return remove_row_.changes() > 0;
}

// A message that is in two archives stays until it has left both.
void Retention::remove_unless_kept(AccountId owner, ArchiveId id) {
  std::array<AccountId, 2> sides{};
  if (Rows rows = sides_.query(id); rows.next()) sides = {rows.integer(0), rows.integer(1)};
  for (const AccountId side : sides) {
    if (side != 0 && side != owner && has_row_.query(side, id).next()) return;
  }
  remove_message(id);
}

void Retention::remove_message(ArchiveId id) {
  tables_.search.forget(id);
  remove_message_.run(id);
}

}  // namespace queqiao::storage::sqlite
