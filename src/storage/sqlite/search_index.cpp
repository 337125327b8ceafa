#include "storage/sqlite/search_index.h"

#include "base/search_terms.h"
#include "storage/message_text.h"

namespace queqiao::storage::sqlite {
namespace {

// Of what the terms are: raised when index_terms() or the marks give others, since FTS5 can remove an entry only when
// it is told the very terms that were added.
constexpr std::int64_t terms_version = 2;
constexpr std::size_t messages_per_step = 32;

void add_marks(std::string& terms, AccountId owner, PeerId peer) {
  if (owner == 0) return;
  for (const auto& mark : {owner_mark(owner), owner_mark(owner, peer)}) terms.append(1, ' ').append(mark);
}

// What is added for a row of `message`. One without words has its marks, by which it is found as one with somebody.
std::string terms_of(const Rows& rows) {
  auto terms = index_terms(message_text(rows.text(5)));
  const AccountId sender = rows.integer(1), recipient = rows.integer(3);
  add_marks(terms, sender, rows.integer(2));
  if (recipient != sender) add_marks(terms, recipient, rows.integer(4));
  return terms;
}

}  // namespace

std::string owner_mark(AccountId owner) {
  return "\uE000" + std::to_string(owner);
}

std::string owner_mark(AccountId owner, PeerId peer) {
  return owner_mark(owner) + "\uE001" + std::to_string(peer);
}

Result<void> SearchIndex::load() {
  const auto state = [this](std::string_view name) {
    Rows rows = get_state_.query(name);
    return rows.next() ? rows.integer(0) : 0;
  };
  const std::int64_t wanted = is_wanted_ ? terms_version : 0;
  if (state("search_version") != wanted) {
    Transaction transaction(connection_, Transaction::Kind::write);
    clear_.run();
    set_state_.run(std::string_view("search_version"), wanted);
    set_state_.run(std::string_view("searchable_until"), 0);
    QUEQIAO_CHECK(transaction.commit());
  }
  committed_until_ = searchable_until_ = static_cast<ArchiveId>(state("searchable_until"));
  return connection_.outcome();
}

void SearchIndex::work(ArchiveId newest, std::chrono::microseconds budget) {
  if (!is_behind(newest)) return;
  const auto end = std::chrono::steady_clock::now() + budget;
  while (add_some(newest) == messages_per_step && std::chrono::steady_clock::now() < end) {
  }
  set_state_.run(std::string_view("searchable_until"), searchable_until_);
}

std::size_t SearchIndex::add_some(ArchiveId newest) {
  std::size_t count = 0;
  Rows rows = following_.query(searchable_until_, newest, messages_per_step);
  for (; rows.next(); ++count) {
    const ArchiveId id = rows.id(0);
    add_.run(id, terms_of(rows));
    searchable_until_ = id;
  }
  if (count < messages_per_step) searchable_until_ = newest;
  return count;
}

void SearchIndex::forget(ArchiveId id) {
  if (id > searchable_until_) return;
  Rows rows = message_.query(id);
  if (!rows.next()) return;
  remove_.run(id, terms_of(rows));
}

}  // namespace queqiao::storage::sqlite
