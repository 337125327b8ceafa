#include "server/shards.h"

#include <utility>

#include "server/shard.h"

namespace queqiao::server {

Shards::Shards(const Config& config, storage::Store& store, Worker& worker, const std::vector<EventLoop*>& loops,
               const std::vector<ModuleEntry>& modules)
    : store_(store), worker_(worker), loops_(loops) {
  for (auto* loop : loops) {
    shards_.push_back(std::make_unique<Shard>(static_cast<unsigned>(shards_.size()), *this, *loop, config));
  }
  for (auto& shard : shards_) shard->attach(modules);
}

Shards::~Shards() = default;

void Shards::reconfigure(const Config& config) const {
  for (unsigned i = 0; i < count(); ++i) post(i, [config](Shard& there) { there.reconfigure(config); });
}

}  // namespace queqiao::server
