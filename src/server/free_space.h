#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "base/event_loop.h"
#include "base/function.h"
#include "base/worker.h"

namespace queqiao::server {

// How much room there is on the disk of a folder. Asking the file system may take as long as the disk takes, so a
// worker does it, and what it found is good for some seconds. Used on its loop's thread only; outlives what waits.
class FreeSpace {
 public:
  using Known = UniqueFunction<void(std::optional<std::uint64_t> bytes)>;  // nothing: it cannot be found out

  FreeSpace(EventLoop& loop, Worker& worker) : loop_(loop), worker_(worker) {}

  // At once when it is known, else when the worker has answered.
  void of(const std::filesystem::path& folder, Known then);

 private:
  static constexpr std::chrono::seconds good_for{5};
  void measured(std::optional<std::uint64_t> bytes);

  EventLoop& loop_;
  Worker& worker_;
  std::optional<std::uint64_t> bytes_;
  std::optional<TimePoint> measured_;
  std::vector<Known> waiting_;
};

}  // namespace queqiao::server
