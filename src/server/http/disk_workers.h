#pragma once

#include <array>
#include <string_view>

#include "base/worker.h"

namespace queqiao::server::http {

// Threads that wait for the disk, which a shard must not. What concerns one file is done by one thread, in order.
class DiskWorkers {
 public:
  Worker& of(std::string_view file);
  void stop();  // see Worker::stop()

 private:
  std::array<Worker, 4> workers_;
};

}  // namespace queqiao::server::http
