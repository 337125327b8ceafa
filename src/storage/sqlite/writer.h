#pragma once

#include <span>
#include <thread>

#include "storage/sqlite/fault_log.h"
#include "storage/sqlite/options.h"
#include "storage/sqlite/retention.h"
#include "storage/sqlite/retractions.h"
#include "storage/sqlite/served_positions.h"
#include "storage/sqlite/write_queue.h"

namespace queqiao::storage::sqlite {

// How much time the full-text index gets, and how often.
struct SearchPace {
  std::chrono::milliseconds budget, interval;
};

// The one thread that writes. It takes all that is queued, applies it in one transaction, commits, and only then
// answers: while one commit waits for the disk the next batch gathers, so the cost of a commit is shared by as many
// writes as there are.
class Writer {
 public:
  Writer(const Options& options, Connection connection, RecentRows& recent, ServedPositions& served, FaultLog& faults);
  ~Writer();

  Result<void> load();  // at start, before start()
  void start();
  // Answers what is queued, leaves a complete archive and an empty log behind, ends the thread. With `is_clean` the
  // next start need not check the file.
  void stop(bool is_clean);

  WriteQueue& queue() { return queue_; }
  // For changes that run on the writer's thread.
  Retention& retention() { return retention_; }
  ServedPositions& served() { return served_; }
  WallTime now() const { return options_.clock(); }

 private:
  using Clock = std::chrono::steady_clock;

  void run();
  std::optional<Clock::time_point> deadline();
  void write_all(std::vector<Write>& writes);
  std::size_t batch_size(std::span<const Write> writes) const;
  void write_batch(std::span<Write> batch);
  // Applies and commits the batch; on failure nothing of it is in the file.
  Result<void> write_plainly(std::span<Write> batch);
  Result<void> write_one_by_one(std::span<Write> batch);
  void apply(Write& write, WallTime now);
  void write_served();
  bool is_served_due();
  bool is_search_due();
  const SearchPace& search_pace() const;
  void add_to_search();
  void note_written(std::size_t writes);
  void settle(const Result<void>& outcome);  // after a transaction
  void answer(std::span<Write> batch);
  void work_in_background();
  void checkpoint_if_large();
  void finish();

  const Options& options_;
  Connection connection_;
  ServedPositions& served_;
  FaultLog& faults_;
  AccountTable accounts_{connection_};
  UserTables users_{connection_};
  PubsubTables pubsub_{connection_};
  ArchiveWriter archive_;
  SearchIndex search_;
  ProfileTable profiles_{connection_};
  UploadTable uploads_{connection_};
  WriteTables tables_{connection_, accounts_, users_, pubsub_, archive_, profiles_, search_, uploads_};
  Retractions retractions_{connection_, archive_, search_};
  Retention retention_{tables_};
  WriteQueue queue_;
  Answers answers_;

  std::optional<Clock::time_point> served_since_;  // since when a position waits
  bool has_taken_served_ = false;
  Clock::time_point searchable_since_{};  // when something was added to the search last
  Clock::time_point written_at_{};        // when something was written last
  Clock::time_point second_began_{};
  std::size_t written_in_second_ = 0;
  Clock::time_point flood_until_{};  // until when so much comes in that the search waits
  int wal_pages_ = 0;                // in the log, as of the last commit
  int checkpoint_at_ = 0;
  bool is_clean_ = false;
  std::thread thread_;
};

}  // namespace queqiao::storage::sqlite
