#include "net/shards.h"

#include "base/assert.h"

namespace queqiao::net {

Shards::Shards(unsigned count) {
  QUEQIAO_ASSERT(count > 0);
  for (unsigned id = 0; id < count; ++id) shards_.push_back(std::make_unique<Shard>(id));
}

Shards::~Shards() {
  stop();
}

void Shards::start() {
  for (auto& shard : shards_) shard->start();
}

void Shards::stop() {
  for (auto& shard : shards_) shard->stop();
  // Shards that stopped later posted to those that stopped before.
  for (auto& shard : shards_) shard->drop_posted();
}

Shard& Shards::shard_of(std::uint64_t hash) {
  constexpr std::uint64_t golden_ratio = 0x9e3779b97f4a7c15;  // Fibonacci hashing spreads weak hashes
  return *shards_[((hash * golden_ratio) >> 32) % shards_.size()];
}

}  // namespace queqiao::net
