#include "storage/sqlite/archive_writer.h"

#include <algorithm>

#include "storage/sqlite/archive_rows.h"
#include "storage/sqlite/time.h"

namespace queqiao::storage::sqlite {
namespace {

constexpr std::size_t rows_per_step = 4000;  // of file_all(), in one transaction

// The bounds grow in doublings, so that they are written a few times in a store's life and not with every batch.
std::int64_t raised_bound(std::int64_t needed) {
  std::int64_t bound = 10'000'000;
  while (bound < needed && bound < (std::int64_t{1} << 61)) bound *= 2;
  return bound;
}

std::optional<std::int64_t> nullable(std::int64_t id) {
  return id ? std::optional(id) : std::nullopt;
}

}  // namespace

ArchiveWriter::ArchiveWriter(Connection& connection, AccountTable& accounts, RecentRows& recent, std::size_t file_after)
    : connection_(connection), accounts_(accounts), recent_(recent), file_after_(file_after) {}

Result<void> ArchiveWriter::load() {
  const auto state = [this](std::string_view name) {
    Rows rows = get_state_.query(name);
    return rows.next() ? rows.integer(0) : 0;
  };
  longest_delay_ = state("longest_delay");
  longest_lead_ = state("longest_lead");
  if (Rows rows = last_message_.query(); rows.next()) last_id_ = rows.id(0);
  committed_last_id_ = last_id_ = std::max(last_id_, static_cast<ArchiveId>(state("last_id")));
  std::vector<FiledRow> unfiled;
  Rows rows = unfiled_.query(state("filed_until"));
  for (; rows.next(); ++unfiled_messages_) {
    add_rows({rows.id(0), rows.integer(1), rows.integer(2), rows.integer(3), rows.integer(4),
              static_cast<std::uint8_t>(rows.integer(5)), rows.integer(6) != 0},
             unfiled);
  }
  recent_.add(unfiled);
  return connection_.outcome();
}

AccountId ArchiveWriter::account(const User& user) {
  if (const auto found = accounts_by_name_.find(user); found != accounts_by_name_.end()) return found->second;
  const AccountId id = accounts_.find_id(user);
  if (accounts_by_name_.size() >= cached_names) accounts_by_name_.clear();
  if (id != 0) accounts_by_name_.emplace(user, id);
  return id;
}

PeerId ArchiveWriter::find_peer(const std::string& jid) {
  if (const auto found = peers_.find(jid); found != peers_.end()) return found->second;
  Rows rows = find_peer_.query(jid);
  return rows.next() ? rows.integer(0) : 0;
}

PeerId ArchiveWriter::peer(const std::string& jid) {
  if (const auto found = peers_.find(jid); found != peers_.end()) return found->second;
  PeerId id = find_peer(jid);
  if (id == 0) {
    Rows rows = insert_peer_.query(jid);
    if (rows.next()) id = rows.integer(0);
    rows.next();
  }
  if (peers_.size() >= cached_names) peers_.clear();
  if (id != 0) peers_.emplace(jid, id);
  return id;
}

ArchiveWriter::Outcome ArchiveWriter::append(const ArchiveEntry& entry, WallTime now) {
  MessageSides message;
  if (!entry.sender.empty()) message.sender = account(entry.sender);
  if (!entry.recipient.empty()) message.recipient = account(entry.recipient);
  Outcome outcome{0, message.recipient != 0 || entry.recipient.empty(), message.sender != 0 || entry.sender.empty()};
  if (message.sender == 0 && message.recipient == 0) return outcome;

  message.id = last_id_ = std::max(last_id_ + 1, static_cast<ArchiveId>(std::max<std::int64_t>(to_micros(now), 0)));
  if (message.sender) message.sender_peer = peer(entry.recipient_jid);
  if (message.recipient) message.recipient_peer = peer(entry.sender_jid);
  message.flags =
      static_cast<std::uint8_t>((entry.is_for_offline ? for_offline : 0) | (entry.is_queued_only ? queued_only : 0));
  message.has_origin = entry.origin != 0;
  insert_message_.run(message.id, to_micros(entry.received), nullable(message.sender), nullable(message.sender_peer),
                      nullable(message.recipient), nullable(message.recipient_peer), message.flags, entry.origin,
                      entry.stanza ? std::string_view(*entry.stanza) : std::string_view());
  note_delay(message.id, entry.received);
  if (connection_.has_failed()) return {};
  add_rows(message, appended_);
  ++appended_messages_;
  outcome.id = message.id;
  return outcome;
}

void ArchiveWriter::walk_newest(AccountId owner, std::size_t limit, const std::function<bool(const FiledRow&)>& visit) {
  const auto is_of_owner = [owner](const FiledRow& row) { return row.owner == owner; };
  for (const auto& rows : {appended_, recent_.of(owner)}) {
    for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
      if (!is_of_owner(*row)) continue;
      if (limit-- == 0 || !visit(*row)) return;
    }
  }
  Rows rows = newest_rows_.query(owner, limit);
  while (rows.next()) {
    if (!visit({owner, rows.id(0), rows.integer(1), static_cast<std::uint8_t>(rows.integer(2))})) return;
  }
}

ArchiveId ArchiveWriter::first_id_since(WallTime received) const {
  return static_cast<ArchiveId>(std::max<std::int64_t>(to_micros(received) - longest_lead_, 0));
}

void ArchiveWriter::note_delay(ArchiveId id, WallTime received) {
  const auto delay = static_cast<std::int64_t>(id) - to_micros(received);
  if (delay > longest_delay_) raise_state_.run(std::string_view("longest_delay"), longest_delay_ = raised_bound(delay));
  if (-delay > longest_lead_) raise_state_.run(std::string_view("longest_lead"), longest_lead_ = raised_bound(-delay));
}

void ArchiveWriter::begin_filing() {
  filing_until_ = committed_last_id_;
  filing_ = recent_.sorted_until(filing_until_);
  filed_ = committed_filed_ = 0;
  unfiled_messages_ = 0;
}

void ArchiveWriter::file_rows(std::size_t count) {
  const std::size_t end = std::min(filing_.size(), filed_ + count);
  for (; filed_ < end; ++filed_) {
    const FiledRow& row = filing_[filed_];
    insert_row_.run(row.owner, row.id, row.peer, row.flags);
  }
  if (filed_ == filing_.size()) raise_state_.run(std::string_view("filed_until"), filing_until_);
}

void ArchiveWriter::file_slice(std::size_t appended) {
  if (filing_.empty() && unfiled_messages_ >= file_after_) begin_filing();
  // Two rows a message keep up; a third finishes well before the next filing is due.
  if (!filing_.empty()) file_rows(std::max<std::size_t>(appended * 3, 64));
}

Result<void> ArchiveWriter::file_all() {
  while (!filing_.empty() || unfiled_messages_ > 0) {
    if (filing_.empty()) begin_filing();
    Transaction transaction(connection_, Transaction::Kind::write);
    file_rows(rows_per_step);
    if (auto outcome = transaction.commit(); !outcome) {
      rolled_back();
      return outcome;
    }
    committed();
  }
  return {};
}

void ArchiveWriter::committed() {
  recent_.add(appended_);
  appended_.clear();
  unfiled_messages_ += std::exchange(appended_messages_, 0);
  committed_last_id_ = last_id_;
  committed_filed_ = filed_;
  if (filing_.empty() || filed_ < filing_.size()) return;
  recent_.drop_until(filing_until_);
  filing_.clear();
}

void ArchiveWriter::rolled_back() {
  appended_.clear();
  appended_messages_ = 0;
  last_id_ = committed_last_id_;
  filed_ = committed_filed_;
  forget_cached();
}

// The transaction's new names are gone, and so are the bounds that it raised. Raising a bound again to less than the
// file has changes nothing there.
void ArchiveWriter::forget_cached() {
  accounts_by_name_.clear();
  peers_.clear();
  longest_delay_ = longest_lead_ = 0;
}

void ArchiveWriter::remember_last_id() {
  raise_state_.run(std::string_view("last_id"), last_id_);
}

}  // namespace queqiao::storage::sqlite
