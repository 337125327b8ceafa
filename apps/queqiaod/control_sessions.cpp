#include <fmt/format.h>

#include <algorithm>

#include "base/log.h"
#include "base/time_text.h"
#include "control_commands.h"
#include "server/client_connection.h"

namespace queqiao::daemon {
namespace {

constexpr std::int64_t most_sessions = 10'000;  // in one answer

// RFC 6121 4.7.2.1, and two words for those who are not available at all.
std::string presence_of(const server::Session& session) {
  if (!session.is_available()) return session.connection() ? "connected" : "gone";
  xml::Document document;
  if (xml::parse_element(session.presence(), document) != xml::ParseError::none) return "available";
  const auto show = document.root().child("show");
  return show ? std::string(show.text()) : "available";
}

Json row_of(server::Shard& shard, server::Session& session) {
  const auto idle = std::chrono::duration_cast<std::chrono::seconds>(shard.loop().now() - session.last_active);
  Json row{{"jid", session.jid().text()},
           {"shard", shard.index()},
           {"address", session.address},
           {"tls", session.tls_version},
           {"since", format_date_time(std::chrono::floor<std::chrono::seconds>(session.since))},
           {"idle_seconds", idle.count()},
           {"presence", presence_of(session)},
           {"priority", session.priority()},
           {"is_attached", session.connection() != nullptr},
           {"uncommitted", session.uncommitted()}};
  if (auto* connection = session.connection()) {
    row["bytes_in"] = connection->transport().bytes_in();
    row["bytes_out"] = connection->transport().bytes_out();
    row["queued_bytes"] = connection->transport().queued_bytes();
  }
  if (const auto& resumption = session.resumption()) {
    row["unacknowledged_stanzas"] = resumption->outbound.unacknowledged().size();
    row["unacknowledged_bytes"] = resumption->outbound.bytes();
  }
  return row;
}

struct Page {
  std::vector<Json> rows;
  std::size_t total = 0;
};

Page sessions_on(server::Shard& shard, std::size_t limit) {
  Page page{{}, shard.sessions().size()};
  for (const auto& [id, session] : shard.sessions()) {
    if (page.rows.size() == limit) break;
    page.rows.push_back(row_of(shard, *session));
  }
  return page;
}

Page sessions_of(server::Shard& shard, const std::string& user) {
  Page page;
  if (const auto* here = shard.users().find(user)) {
    for (const auto& session : here->sessions) page.rows.push_back(row_of(shard, *session));
  }
  page.total = page.rows.size();
  return page;
}

Json merged(std::vector<Page> pages, std::size_t limit) {
  Page all;
  for (auto& page : pages) {
    all.total += page.total;
    std::move(page.rows.begin(), page.rows.end(), std::back_inserter(all.rows));
  }
  std::sort(all.rows.begin(), all.rows.end(), [](const Json& a, const Json& b) { return a["jid"] < b["jid"]; });
  if (all.rows.size() > limit) all.rows.resize(limit);
  return {{"sessions", std::move(all.rows)}, {"total", all.total}};
}

// The sessions of `user` that `resource` names, or all of them when it is empty.
std::size_t end_sessions(server::Shard& shard, const std::string& user, const std::string& resource) {
  constexpr std::string_view condition =
      "policy-violation";  // RFC 6120 4.9.3.14: nothing fits "the operator wants it" better
  constexpr std::string_view text = "The operator has ended this session.";
  if (resource.empty()) return shard.end_all_of(user, condition, text);
  const auto* here = shard.users().find(user);
  auto* session = here ? here->session(resource) : nullptr;
  if (session) shard.end_session(*session, condition, text);
  return session ? 1 : 0;
}

}  // namespace

void show_sessions(ControlCall call) {
  const auto limit =
      static_cast<std::size_t>(std::clamp<std::int64_t>(call.number("limit").value_or(1000), 1, most_sessions));
  std::function<Page(server::Shard&)> ask = [limit](server::Shard& shard) { return sessions_on(shard, limit); };
  if (call.text("user")) {
    const auto user = call.user("user");
    if (!user) return;
    ask = [user = *user](server::Shard& shard) { return sessions_of(shard, user); };
  }
  ask_shards<Page>(call, std::move(ask),
                   [call, limit](std::vector<Page> pages) { call.answer(merged(std::move(pages), limit)); });
}

void kick(ControlCall call) {
  const auto user = call.user("user");
  if (!user) return;
  const auto wanted = call.text("resource").value_or("");
  const auto resource = wanted.empty() ? std::optional<std::string>("") : xmpp::normalize_resource(wanted);
  if (!resource) return call.refuse(fmt::format("'{}' is no resource", wanted));
  std::function<std::size_t(server::Shard&)> ask = [user = *user, resource = *resource](server::Shard& shard) {
    return end_sessions(shard, user, resource);
  };
  ask_shards<std::size_t>(call, std::move(ask),
                          [call, user = *user, resource = *resource](std::vector<std::size_t> ended) {
                            std::size_t count = 0;
                            for (const auto one : ended) count += one;
                            const auto name = resource.empty() ? user : user + "/" + resource;
                            if (count == 0) return call.refuse(fmt::format("'{}' has no session", name));
                            log::info("control: ended {} session(s) of {}", count, name);
                            call.answer({{"ended", count}});
                          });
}

}  // namespace queqiao::daemon
