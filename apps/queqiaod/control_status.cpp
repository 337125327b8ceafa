#include <fmt/format.h>
#include <unistd.h>

#include <fstream>

#include "control_commands.h"

namespace queqiao::daemon {
namespace {

struct ShardStatus {
  unsigned index = 0;
  std::size_t sessions = 0, resumable = 0, connections = 0, accounts_in_memory = 0;
};

ShardStatus status_of(server::Shard& shard) {
  ShardStatus status{shard.index(), shard.sessions().size(), 0, shard.connection_count(), shard.users().all().size()};
  for (const auto& [id, session] : shard.sessions()) status.resumable += session->connection() == nullptr;
  return status;
}

// Resident memory of this process, proc(5): the second number of statm, in pages.
std::uint64_t resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  std::uint64_t total = 0, resident = 0;
  statm >> total >> resident;
  return resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

const char* name_of(storage::sqlite::Health health) {
  switch (health) {
    case storage::sqlite::Health::good:
      return "good";
    case storage::sqlite::Health::checking:
      return "being checked after an unclean end";
    case storage::sqlite::Health::damaged:
      return "damaged";
  }
  return "unknown";
}

Json report(Daemon& daemon, std::vector<ShardStatus> shards) {
  std::sort(shards.begin(), shards.end(), [](const auto& a, const auto& b) { return a.index < b.index; });
  Json rows = Json::array();
  std::size_t sessions = 0, connections = 0;
  for (const auto& shard : shards) {
    sessions += shard.sessions;
    connections += shard.connections;
    rows.push_back({{"shard", shard.index},
                    {"sessions", shard.sessions},
                    {"waiting_to_resume", shard.resumable},
                    {"connections", shard.connections},
                    {"accounts_in_memory", shard.accounts_in_memory}});
  }
  const auto uptime = std::chrono::steady_clock::now() - daemon.started();
  return {{"version", QUEQIAO_VERSION},
          {"pid", ::getpid()},
          {"uptime_seconds", std::chrono::duration_cast<std::chrono::seconds>(uptime).count()},
          {"domain", daemon.settings()->server.domain},
          {"data_dir", std::filesystem::absolute(daemon.settings()->data_dir).string()},
          {"listeners", daemon.listening()},
          {"certificate_expires", daemon.certificate_expires()},
          {"sessions", sessions},
          {"connections", connections},
          {"shards", std::move(rows)},
          {"pending_writes", daemon.store().pending_writes()},
          {"memory_bytes", resident_bytes()},
          {"store", name_of(daemon.store().health())},
          {"archive", daemon.settings()->server.has_archive},
          {"open_registration", daemon.settings()->server.has_open_registration}};
}

}  // namespace

void show_status(ControlCall call) {
  ask_shards<ShardStatus>(call, status_of, [call](std::vector<ShardStatus> shards) {
    auto status = report(call.daemon(), std::move(shards));
    call.daemon().store().count_accounts(
        {&call.loop(), [call, status = std::move(status)](Result<std::uint64_t> count) mutable {
           // A store that fails must not hide the rest.
           status["accounts"] = count ? Json(*count) : Json(nullptr);
           call.answer(std::move(status));
         }});
  });
}

}  // namespace queqiao::daemon
