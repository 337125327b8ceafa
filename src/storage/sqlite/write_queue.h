#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <vector>

#include "storage/sqlite/write.h"

namespace queqiao::storage::sqlite {

// What shards ask of the writer. The mutex guards the list and the two flags, for one push or one swap; the writer is
// woken only when it sleeps. A lock-free list would save little: the writer takes thousands at a time.
class WriteQueue {
 public:
  explicit WriteQueue(std::size_t limit) : limit_(limit) {}

  bool push(Write&& write);  // false: full or closed, and `write` is untouched
  void close();              // nothing more is taken in
  void wake();

  // The writer: everything queued, after waiting until there is something, wake() or close() came, or `until` has
  // passed. `writes` must be empty; its memory is used again.
  void take(std::vector<Write>& writes, std::optional<std::chrono::steady_clock::time_point> until);
  bool is_closed() const;
  void answered(std::size_t count) { pending_.fetch_sub(count, std::memory_order_relaxed); }

  std::uint64_t pending() const { return pending_.load(std::memory_order_relaxed); }

 private:
  const std::size_t limit_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Write> queued_;
  bool is_sleeping_ = false, is_woken_ = false, is_closed_ = false;
  std::atomic<std::uint64_t> pending_{0};
};

}  // namespace queqiao::storage::sqlite
