#pragma once

#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "base/event_loop.h"
#include "base/hash.h"
#include "base/worker.h"
#include "server/config.h"
#include "server/peer_table.h"
#include "storage/store.h"

namespace queqiao::server {

class Shard;
struct ModuleEntry;

// All shards of the process and what they share: the store, a worker for slow arithmetic, and the table of peer
// addresses. Any thread may use it.
class Shards {
 public:
  // One shard for each loop; the loops outlive this.
  Shards(const Config& config, storage::Store& store, Worker& worker, const std::vector<EventLoop*>& loops,
         const std::vector<ModuleEntry>& modules);
  ~Shards();

  std::size_t count() const { return shards_.size(); }
  Shard& at(unsigned index) const { return *shards_[index]; }
  unsigned home_of(std::string_view local) const { return static_cast<unsigned>(shard_of(local, shards_.size())); }
  // Runs `task`, which takes the Shard&, on that shard's thread, later. A small task needs no memory of its own.
  template <class Task>
  void post(unsigned index, Task task) const {
    loops_[index]->post([there = shards_[index].get(), task = std::move(task)]() mutable { task(*there); });
  }

  // From now on (each shard at its next turn) these limits count, also for the connections that are there. The domain,
  // the decoys' secret and whether there is an archive or TLS stay what they were at the start.
  void reconfigure(const Config& config) const;

  storage::Store& store() const { return store_; }
  Worker& worker() const { return worker_; }
  PeerTable& peers() { return peers_; }

 private:
  storage::Store& store_;
  Worker& worker_;
  std::vector<EventLoop*> loops_;  // of the shards; not owned
  PeerTable peers_;                // before the shards, whose connections leave it
  std::vector<std::unique_ptr<Shard>> shards_;
};

}  // namespace queqiao::server
