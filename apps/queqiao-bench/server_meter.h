#pragma once

#include <sys/types.h>

#include <cstdint>
#include <vector>

namespace queqiao::bench {

// Reads what the server under test has used, from /proc: its processes and all their descendants.
class ServerMeter {
 public:
  explicit ServerMeter(std::vector<pid_t> roots) : roots_(std::move(roots)) {}
  bool is_known() const { return !roots_.empty(); }
  // Processor time since the start, user and system, of all threads, ended ones too; in seconds, with a grain of 10 ms.
  double cpu_seconds() const;
  // Resident memory in KiB; pages that several of its processes share count once (Pss). Excludes what the kernel keeps
  // for sockets.
  std::uint64_t resident_kib() const;

 private:
  std::vector<pid_t> processes() const;

  std::vector<pid_t> roots_;
};

}  // namespace queqiao::bench
