#include "server/shards.h"

#include <utility>

#include "server/shard.h"

namespace queqiao::server {

Shards::Shards(const Config& config, storage::Store& store, Worker& worker, const std::vector<EventLoop*>& loops,
               const std::vector<ModuleEntry>& modules)
    : config_(config), store_(store), worker_(worker), loops_(loops) {
  for (auto* loop : loops) {
    shards_.push_back(std::make_unique<Shard>(static_cast<unsigned>(shards_.size()), *this, *loop));
  }
  for (auto& shard : shards_) shard->attach(modules);
}

Shards::~Shards() = default;

}  // namespace queqiao::server
