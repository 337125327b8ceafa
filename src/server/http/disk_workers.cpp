#include "server/http/disk_workers.h"

#include "base/hash.h"

namespace queqiao::server::http {

Worker& DiskWorkers::of(std::string_view file) {
  return workers_[shard_of(file, workers_.size())];
}

void DiskWorkers::stop() {
  for (auto& worker : workers_) worker.stop();
}

}  // namespace queqiao::server::http
