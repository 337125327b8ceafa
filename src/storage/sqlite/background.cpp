#include "storage/sqlite/background.h"

#include <sqlite3.h>

namespace queqiao::storage::sqlite {
namespace {

constexpr std::size_t max_waiting = 16;

}  // namespace

Background::~Background() {
  stop();
}

void Background::start() {
  thread_ = std::thread(&Background::run, this);
}

bool Background::push(Job& job) {
  {
    const std::lock_guard lock(mutex_);
    if (is_stopped_ || jobs_.size() >= max_waiting) return false;
    jobs_.push_back(std::move(job));
  }
  changed_.notify_one();
  return true;
}

void Background::run() {
  while (true) {
    Job job;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return is_stopped_ || !jobs_.empty(); });
      if (jobs_.empty()) return;
      job = std::move(jobs_.front());
      jobs_.pop_front();
      if (is_stopped_) connection_.fail(SQLITE_INTERRUPT);
    }
    job(connection_);
    static_cast<void>(connection_.take_failure());
  }
}

void Background::stop() {
  {
    const std::lock_guard lock(mutex_);
    is_stopped_ = true;
    connection_.interrupt();
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

}  // namespace queqiao::storage::sqlite
