#include "server_meter.h"

#include <dirent.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <unordered_map>

namespace queqiao::bench {
namespace {

struct ProcessStat {
  pid_t parent = 0;
  std::uint64_t ticks = 0;
};

// proc(5): the second field is the command in parentheses and may itself contain any character, so reading starts
// after the last ')'. utime is field 14, stime 15.
ProcessStat read_stat(pid_t pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
  std::string line;
  std::getline(file, line);
  const std::size_t command_end = line.rfind(')');
  if (command_end == std::string::npos) return {};
  std::istringstream fields(line.substr(command_end + 1));
  std::string state, skipped;
  ProcessStat stat;
  fields >> state >> stat.parent;
  for (int field = 5; field < 14; ++field) fields >> skipped;
  std::uint64_t user = 0, system = 0;
  fields >> user >> system;
  stat.ticks = user + system;
  return stat;
}

std::unordered_multimap<pid_t, pid_t> children_by_parent() {
  std::unordered_multimap<pid_t, pid_t> children;
  DIR* proc = opendir("/proc");
  if (!proc) return children;
  while (const dirent* entry = readdir(proc)) {
    const pid_t pid = std::atoi(entry->d_name);
    if (pid > 0) children.emplace(read_stat(pid).parent, pid);
  }
  closedir(proc);
  return children;
}

}  // namespace

std::vector<pid_t> ServerMeter::processes() const {
  const auto children = children_by_parent();
  std::vector<pid_t> found = roots_;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const auto [begin, end] = children.equal_range(found[i]);
    for (auto child = begin; child != end; ++child) {
      if (std::find(found.begin(), found.end(), child->second) == found.end()) found.push_back(child->second);
    }
  }
  return found;
}

double ServerMeter::cpu_seconds() const {
  std::uint64_t ticks = 0;
  for (const pid_t pid : processes()) ticks += read_stat(pid).ticks;
  return static_cast<double>(ticks) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

std::uint64_t ServerMeter::resident_kib() const {
  std::uint64_t total = 0;
  for (const pid_t pid : processes()) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/smaps_rollup");
    for (std::string key; file >> key;) {
      std::uint64_t kib = 0;
      if (key == "Pss:" && file >> kib) total += kib;
    }
  }
  return total;
}

}  // namespace queqiao::bench
