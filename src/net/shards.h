#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "net/shard.h"

namespace queqiao::net {

// All shards of the process, started and stopped together.
class Shards {
 public:
  explicit Shards(unsigned count);  // at least 1
  ~Shards();                        // stop()

  void start();
  void stop();  // waits; see Shard::stop()

  unsigned size() const { return static_cast<unsigned>(shards_.size()); }
  Shard& operator[](unsigned id) { return *shards_[id]; }
  // The home of whatever has this hash. Which bits of the hash are good does not matter.
  Shard& shard_of(std::uint64_t hash);

 private:
  std::vector<std::unique_ptr<Shard>> shards_;
};

}  // namespace queqiao::net
