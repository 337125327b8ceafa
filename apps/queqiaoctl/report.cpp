#include "report.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/log.h"

namespace queqiao::ctl {
namespace {

using Json = nlohmann::json;

// A value as text; what strangers chose (resources, names) cannot play tricks with the terminal.
std::string text_of(const Json& value) {
  if (value.is_string()) return log::escaped(value.get_ref<const std::string&>());
  if (value.is_boolean()) return value.get<bool>() ? "yes" : "no";
  return value.is_null() ? "-" : value.dump();
}

std::string field(const Json& row, const char* name) {
  const auto place = row.find(name);
  const auto text = place == row.end() ? "-" : text_of(*place);
  return text.empty() ? "-" : text;
}

using Row = std::vector<std::string>;

// Columns as wide as their widest cell, two spaces apart.
std::string table(const std::vector<Row>& rows) {
  std::vector<std::size_t> widths(rows.front().size());
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  std::string out;
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) line += fmt::format("{:<{}}  ", row[i], widths[i]);
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + '\n';
  }
  return out;
}

std::string duration(std::int64_t seconds) {
  return fmt::format("{}d {:02}:{:02}:{:02}", seconds / 86'400, seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
}

std::string status(const Json& result) {
  std::vector<Row> rows{{"version", field(result, "version")},
                        {"process", field(result, "pid")},
                        {"uptime", duration(result.value("uptime_seconds", std::int64_t{0}))},
                        {"domain", field(result, "domain")},
                        {"data directory", field(result, "data_dir")}};
  for (const auto& listener : result.value("listeners", Json::array()))
    rows.push_back({"listens on", text_of(listener)});
  rows.insert(rows.end(), {{"certificate until", field(result, "certificate_expires")},
                           {"accounts", field(result, "accounts")},
                           {"sessions", field(result, "sessions")},
                           {"connections", field(result, "connections")},
                           {"pending writes", field(result, "pending_writes")},
                           {"memory", fmt::format("{} MiB", result.value("memory_bytes", std::uint64_t{0}) >> 20)},
                           {"store", field(result, "store")},
                           {"archive", result.value("archive", false) ? "on" : "off"},
                           {"open registration", result.value("open_registration", false) ? "on" : "off"}});
  std::vector<Row> shards{{"shard", "sessions", "waiting to resume", "connections", "accounts in memory"}};
  for (const auto& shard : result.value("shards", Json::array())) {
    shards.push_back({field(shard, "shard"), field(shard, "sessions"), field(shard, "waiting_to_resume"),
                      field(shard, "connections"), field(shard, "accounts_in_memory")});
  }
  return table(rows) + '\n' + table(shards);
}

std::string sessions(const Json& result) {
  std::vector<Row> rows{
      {"address of the user", "from", "TLS", "since", "idle", "presence", "priority", "state", "in", "out", "queue"}};
  const auto list = result.value("sessions", Json::array());
  for (const auto& session : list) {
    const auto queue =
        session.value("queued_bytes", std::uint64_t{0}) + session.value("unacknowledged_bytes", std::uint64_t{0});
    rows.push_back({field(session, "jid"), field(session, "address"), field(session, "tls"), field(session, "since"),
                    duration(session.value("idle_seconds", std::int64_t{0})), field(session, "presence"),
                    field(session, "priority"), session.value("is_attached", false) ? "attached" : "waits to resume",
                    field(session, "bytes_in"), field(session, "bytes_out"), std::to_string(queue)});
  }
  return table(rows) + fmt::format("{} of {} sessions\n", list.size(), field(result, "total"));
}

std::string users(const Json& result) {
  std::vector<Row> rows{{"user", "state", "made", "last seen"}};
  for (const auto& user : result.value("users", Json::array())) {
    rows.push_back({field(user, "user"), user.value("is_disabled", false) ? "disabled" : "enabled",
                    field(user, "created"), field(user, "last_seen")});
  }
  return table(rows);
}

}  // namespace

std::string report(const Json& request, const Json& result) {
  const auto command = request.value("command", "");
  if (command == "status") return status(result);
  if (command == "sessions") return sessions(result);
  if (command == "users list") return users(result);
  if (command == "users count") return field(result, "count") + '\n';
  if (command == "announce") return fmt::format("sent to {} account(s)\n", field(result, "reached"));
  if (command == "kick") return fmt::format("ended {} session(s)\n", field(result, "ended"));
  if (command == "users disable") return fmt::format("disabled; ended {} session(s)\n", field(result, "ended"));
  if (command == "backup") return fmt::format("{}: {} bytes, checked\n", field(result, "file"), field(result, "bytes"));
  return "done\n";
}

}  // namespace queqiao::ctl
