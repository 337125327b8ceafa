#include "storage/sqlite/readers.h"

#include <algorithm>
#include <utility>

#include "storage/sqlite/pragmas.h"

namespace queqiao::storage::sqlite {
namespace {

constexpr std::size_t max_waiting = 200'000;
constexpr std::size_t share = 32;  // of one thread and wake-up, so that two threads share a rush

}  // namespace

Readers::~Readers() {
  stop();
}

Result<void> Readers::start() {
  for (std::uint32_t i = 0; i < options_.readers; ++i) {
    QUEQIAO_TRY(auto connection, open_reader(options_));
    threads_.emplace_back([this, connection = std::move(connection)]() mutable { run(std::move(connection)); });
  }
  return {};
}

bool Readers::push(Read& read) {
  bool must_wake;
  {
    const std::lock_guard lock(mutex_);
    if (is_stopped_ || queued_.size() >= max_waiting) return false;
    queued_.push_back(std::move(read));
    // One thread for each share: the first read of a share wakes somebody, who takes those that have come by then as
    // well.
    must_wake = sleeping_ > 0 && queued_.size() % share == 1;
  }
  if (must_wake) changed_.notify_one();
  return true;
}

bool Readers::take(std::vector<Read>& reads) {
  std::unique_lock lock(mutex_);
  ++sleeping_;
  changed_.wait(lock, [this] { return is_stopped_ || !queued_.empty(); });
  --sleeping_;
  const auto count = static_cast<std::ptrdiff_t>(std::min(share, queued_.size()));
  reads.assign(std::make_move_iterator(queued_.begin()), std::make_move_iterator(queued_.begin() + count));
  queued_.erase(queued_.begin(), queued_.begin() + count);
  if (!queued_.empty() && sleeping_ > 0) changed_.notify_one();
  return !reads.empty();
}

void Readers::run(Connection connection) {
  AccountTable accounts(connection);
  UserTables users(connection);
  PubsubTables pubsub(connection);
  ArchiveReader archive(connection, accounts, recent_);
  ProfileTable profiles(connection);
  UploadTable uploads(connection);
  ReadTables tables{connection, accounts, users, pubsub, archive, profiles, uploads};
  Answers answers;
  std::vector<Read> reads;
  while (take(reads)) {
    for (auto& read : reads) read(tables, answers);
    answers.post();
  }
}

void Readers::stop() {
  {
    const std::lock_guard lock(mutex_);
    is_stopped_ = true;
  }
  changed_.notify_all();
  for (auto& thread : threads_) thread.join();
  threads_.clear();
}

}  // namespace queqiao::storage::sqlite
