#include "storage/sqlite/writer.h"

#include <sqlite3.h>

#include <utility>

#include "storage/sqlite/pragmas.h"

namespace queqiao::storage::sqlite {
namespace {

constexpr auto served_interval = std::chrono::milliseconds(100);  // store.h promises a second

// The search follows behind the writing: half of the time when there is nothing to write, a tenth when there is, and
// nearly none while hundreds of messages come in each second. Then it catches up afterwards: adding a message to it
// costs several times as much as storing it, more in small portions, and whoever writes waits meanwhile, 30 ms at times,
// since FTS5 merges what it has when it likes.
constexpr SearchPace idle_pace{std::chrono::milliseconds(5), std::chrono::milliseconds(5)};
constexpr SearchPace usual_pace{std::chrono::milliseconds(5), std::chrono::milliseconds(45)};
constexpr SearchPace flood_pace{std::chrono::milliseconds(2), std::chrono::milliseconds(5'000)};
constexpr std::size_t flood_per_second = 200;
// A writer that has been without work for so long is idle, and not only between two batches.
constexpr auto idle_after = std::chrono::milliseconds(20);

int remember_pages(void* pages, sqlite3*, const char*, int in_log) {
  *static_cast<int*>(pages) = in_log;
  return SQLITE_OK;
}

Error no_account(const User& user) {
  return {ErrorCode::not_found, "no account '" + user + "'"};
}

}  // namespace

Writer::Writer(const Options& options, Connection connection, RecentRows& recent, ServedPositions& served,
               FaultLog& faults)
    : options_(options),
      connection_(std::move(connection)),
      served_(served),
      faults_(faults),
      archive_(connection_, accounts_, recent, options.file_after_messages),
      search_(connection_, options.is_searchable),
      queue_(options.max_pending_writes),
      checkpoint_at_(static_cast<int>(options.wal_bytes / options.page_bytes)) {
  sqlite3_wal_hook(connection_.handle(), remember_pages, &wal_pages_);
}

Writer::~Writer() {
  stop(false);
}

Result<void> Writer::load() {
  QUEQIAO_CHECK(archive_.load());
  return search_.load();
}

void Writer::start() {
  thread_ = std::thread(&Writer::run, this);
}

void Writer::stop(bool is_clean) {
  if (!thread_.joinable()) return;
  is_clean_ = is_clean;
  queue_.close();
  thread_.join();
}

void Writer::run() {
  std::vector<Write> writes;
  while (true) {
    const bool is_closed = queue_.is_closed();
    queue_.take(writes, deadline());
    if (is_closed && writes.empty()) break;
    write_all(writes);
    writes.clear();
    work_in_background();
  }
  finish();
}

std::optional<Writer::Clock::time_point> Writer::deadline() {
  if (retention_.has_work()) return Clock::now();
  if (!served_since_ && served_.is_waiting()) served_since_ = Clock::now();
  std::optional<Clock::time_point> due;
  if (served_since_) due = *served_since_ + served_interval;
  if (search_.is_behind(archive_.committed_last_id())) {
    const auto next = std::max({searchable_since_ + idle_pace.interval, written_at_ + idle_after, flood_until_});
    due = due ? std::min(*due, next) : next;
  }
  return due;
}

bool Writer::is_search_due() {
  return search_.is_behind(archive_.committed_last_id()) && Clock::now() >= searchable_since_ + search_pace().interval;
}

const SearchPace& Writer::search_pace() const {
  const auto now = Clock::now();
  if (now < flood_until_) return flood_pace;
  return now >= written_at_ + idle_after ? idle_pace : usual_pace;
}

void Writer::add_to_search() {
  search_.work(archive_.committed_last_id(), search_pace().budget);
  searchable_since_ = Clock::now();
}

void Writer::note_written(std::size_t writes) {
  if (writes == 0) return;
  written_at_ = Clock::now();
  if (written_at_ >= second_began_ + std::chrono::seconds(1)) {
    second_began_ = written_at_;
    written_in_second_ = 0;
  }
  written_in_second_ += writes;
  if (written_in_second_ >= flood_per_second) flood_until_ = written_at_ + std::chrono::seconds(2);
}

bool Writer::is_served_due() {
  return served_since_ && Clock::now() >= *served_since_ + served_interval;
}

void Writer::write_all(std::vector<Write>& writes) {
  std::span<Write> rest(writes);
  while (!rest.empty()) {
    const std::size_t size = batch_size(rest);
    write_batch(rest.first(size));
    rest = rest.subspan(size);
    checkpoint_if_large();
  }
  if (is_served_due() || (writes.empty() && is_search_due())) write_batch({});
}

std::size_t Writer::batch_size(std::span<const Write> writes) const {
  std::size_t count = 0, bytes = 0;
  for (const auto& write : writes) {
    const auto* append = std::get_if<Append>(&write);
    if (append && append->entry.stanza) bytes += append->entry.stanza->size();
    if (count > 0 && (count == options_.max_batch_writes || bytes > options_.max_batch_bytes)) break;
    ++count;
  }
  return count;
}

void Writer::write_batch(std::span<Write> batch) {
  auto outcome = write_plainly(batch);
  settle(outcome);
  if (!outcome && !batch.empty()) {
    outcome = write_one_by_one(batch);
    settle(outcome);
  }
  if (!outcome) {
    for (auto& write : batch) {
      if (auto* append = std::get_if<Append>(&write)) {
        append->failure = std::make_unique<Error>(outcome.error());
      } else {
        std::get<std::unique_ptr<Change>>(write)->fail(outcome.error());
      }
    }
  }
  answer(batch);
}

Result<void> Writer::write_plainly(std::span<Write> batch) {
  Transaction transaction(connection_, Transaction::Kind::write);
  if (is_served_due()) write_served();
  const WallTime now = options_.clock();
  for (auto& write : batch) {
    apply(write, now);
    if (connection_.has_failed()) break;
  }
  archive_.file_slice(batch.size());
  if (is_search_due()) add_to_search();
  note_written(batch.size());
  return transaction.commit();
}

// Somewhere in the batch is a write that cannot be done, for example because it is too large: the others must not
// suffer.
Result<void> Writer::write_one_by_one(std::span<Write> batch) {
  Transaction transaction(connection_, Transaction::Kind::write);
  const WallTime now = options_.clock();
  for (auto& write : batch) {
    connection_.execute("SAVEPOINT one");
    apply(write, now);
    if (!connection_.has_failed()) {
      connection_.execute("RELEASE one");
      continue;
    }
    const Error error = *connection_.take_failure();
    if (!connection_.is_in_transaction()) return error;
    connection_.execute("ROLLBACK TO one");
    connection_.execute("RELEASE one");
    archive_.forget_cached();
    faults_.note(error);
    if (auto* append = std::get_if<Append>(&write)) {
      append->failure = std::make_unique<Error>(error);
    } else {
      std::get<std::unique_ptr<Change>>(write)->fail(error);
    }
  }
  return transaction.commit();
}

void Writer::apply(Write& write, WallTime now) {
  auto* append = std::get_if<Append>(&write);
  if (!append) return std::get<std::unique_ptr<Change>>(write)->apply(tables_);
  append->failure.reset();
  if (append->entry.retraction && retractions_.apply(append->entry) == Retractions::Outcome::too_old) {
    append->failure = std::make_unique<Error>(Error{ErrorCode::invalid, "the message is too old to be taken back"});
    return;
  }
  append->outcome = archive_.append(append->entry, now);
}

void Writer::write_served() {
  has_taken_served_ = true;
  for (const auto& [user, position] : served_.take()) {
    if (const AccountId account = archive_.account(user)) users_.raise_served(account, position);
  }
}

void Writer::settle(const Result<void>& outcome) {
  if (outcome) {
    archive_.committed();
    search_.committed();
    faults_.recovered();
  } else {
    archive_.rolled_back();
    search_.rolled_back();
    faults_.note(outcome.error());
  }
  if (!std::exchange(has_taken_served_, false)) return;
  served_since_.reset();
  outcome ? served_.written() : served_.not_written();
}

void Writer::answer(std::span<Write> batch) {
  const auto result = [](const Append& append, bool has_account, const User& user) -> Result<ArchiveId> {
    if (append.failure) return *append.failure;
    if (!has_account) return no_account(user);
    return append.outcome.id;
  };
  for (auto& write : batch) {
    if (auto* append = std::get_if<Append>(&write)) {
      answers_.add(append->recipient, result(*append, append->outcome.has_recipient, append->entry.recipient));
      answers_.add(append->sender, result(*append, append->outcome.has_sender, append->entry.sender));
    } else {
      std::get<std::unique_ptr<Change>>(write)->answer(answers_);
    }
  }
  queue_.answered(batch.size());
  answers_.post();
}

void Writer::work_in_background() {
  if (!retention_.has_work()) return;
  relax_file_limit(connection_, options_);
  if (auto outcome = retention_.step(answers_); !outcome) {
    archive_.rolled_back();
    search_.rolled_back();
    faults_.note(outcome.error());
  }
  limit_file(connection_, options_);
  answers_.post();
  checkpoint_if_large();
}

// Copies the log into the data file. Readers go on; one that still reads an old state keeps the log from being begun
// anew, so the next attempt then waits for a good deal more to copy.
void Writer::checkpoint_if_large() {
  const int usual = static_cast<int>(options_.wal_bytes / options_.page_bytes);
  if (wal_pages_ < usual) checkpoint_at_ = usual;
  if (wal_pages_ < checkpoint_at_) return;
  int in_log = 0, copied = 0;
  const int code =
      sqlite3_wal_checkpoint_v2(connection_.handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, &in_log, &copied);
  checkpoint_at_ = wal_pages_ + usual / 4;
  if (code == SQLITE_OK) return;
  connection_.fail(code);
  faults_.note(*connection_.take_failure());
}

void Writer::finish() {
  retention_.stop(answers_);
  answers_.post();
  served_since_ = Clock::now() - served_interval;
  write_batch({});
  static_cast<void>(archive_.file_all());
  if (is_clean_) connection_.execute("UPDATE state SET value=0 WHERE name='is_open'");
  connection_.execute("PRAGMA wal_checkpoint(TRUNCATE)");
  if (auto failure = connection_.take_failure()) faults_.note(*failure);
}

}  // namespace queqiao::storage::sqlite
