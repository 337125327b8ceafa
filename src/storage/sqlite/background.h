#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "base/function.h"
#include "storage/sqlite/connection.h"

namespace queqiao::storage::sqlite {

// One thread and connection for what takes long and only reads: checking the file, copying it.
class Background {
 public:
  using Job = UniqueFunction<void(Connection&)>;

  explicit Background(Connection connection) : connection_(std::move(connection)) {}
  ~Background();

  void start();
  bool push(Job& job);  // false: stopped, or a few wait already; `job` is untouched
  // Interrupts the job that runs; it and those that wait find a connection that fails, and answer accordingly.
  void stop();

 private:
  void run();

  Connection connection_;
  std::mutex mutex_;  // guards the queue
  std::condition_variable changed_;
  std::deque<Job> jobs_;
  bool is_stopped_ = false;
  std::thread thread_;
};

}  // namespace queqiao::storage::sqlite
