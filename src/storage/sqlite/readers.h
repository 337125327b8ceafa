#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "storage/sqlite/answers.h"
#include "storage/sqlite/archive_reader.h"
#include "storage/sqlite/fault_log.h"
#include "storage/sqlite/options.h"
#include "storage/sqlite/pubsub_tables.h"
#include "storage/sqlite/profile_table.h"
#include "storage/sqlite/upload_table.h"
#include "storage/sqlite/user_tables.h"

namespace queqiao::storage::sqlite {

// What a read may use; one set for each reader's thread.
struct ReadTables {
  Connection& connection;
  AccountTable& accounts;
  UserTables& users;
  PubsubTables& pubsub;
  ArchiveReader& archive;
  ProfileTable& profiles;
  UploadTable& uploads;
};

using Read = UniqueFunction<void(ReadTables&, Answers&)>;

// Threads that read beside the writer, each with its own connection. Every read begins its own transaction, after it
// was asked for: so it sees what was answered by then.
class Readers {
 public:
  Readers(const Options& options, const RecentRows& recent) : options_(options), recent_(recent) {}
  ~Readers();

  Result<void> start();
  bool push(Read& read);  // false: too many wait, or stopped; `read` is untouched
  void stop();            // answers what is queued, ends the threads

 private:
  void run(Connection connection);
  bool take(std::vector<Read>& reads);  // false: stopped, and nothing is left

  const Options& options_;
  const RecentRows& recent_;
  // Guards the queue below, for a push or for taking a share of it.
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Read> queued_;
  std::size_t sleeping_ = 0;
  bool is_stopped_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace queqiao::storage::sqlite
