#include <fmt/format.h>

#include <charconv>
#include <vector>

#include "crowd.h"
#include "scan.h"
#include "scenarios.h"
#include "stopwatch.h"

namespace queqiao::bench {
namespace {

// Users on a ring; the contacts of each are the nearest ones on both sides.
class PresenceStorm {
 public:
  PresenceStorm(const Settings& settings, const PresencePlan& plan)
      : settings_(settings), reach_(plan.contacts / 2), crowd_(settings) {
    crowd_.on_stanzas([this](Client& client, std::string_view stanza, Nanos) { take(client, stanza); });
    forget();
  }

  // Makes all subscriptions mutual, which costs nothing when an earlier run has done it.
  Result<void> befriend() {
    QUEQIAO_CHECK(crowd_.bring_up(Goal::available));
    for (std::size_t user = 0; user < crowd_.size(); ++user) {
      for (std::size_t step = 1; step <= reach_; ++step) {
        subscribe(user, (user + step) % crowd_.size());
        subscribe(user, (user + crowd_.size() - step) % crowd_.size());
      }
      QUEQIAO_CHECK(crowd_.run_until(now()));
    }
    QUEQIAO_CHECK(wait_for_all());
    return crowd_.send_home();
  }

  Result<void> storm() {
    forget();
    QUEQIAO_CHECK(crowd_.bring_up(Goal::available));
    QUEQIAO_CHECK(wait_for_all());
    logins_ += crowd_.size();
    return crowd_.send_home();
  }

  std::uint64_t presences() const { return presences_; }
  std::uint64_t logins() const { return logins_; }
  void start_counting() { presences_ = logins_ = 0; }

 private:
  void subscribe(std::size_t user, std::size_t contact) {
    crowd_[user].send(fmt::format("<presence type='subscribe' to='{}'/>", settings_.bare_jid(contact)));
  }

  void forget() {
    seen_.assign(crowd_.size() * reach_ * 2, false);
    seen_count_ = 0;
  }

  Result<void> wait_for_all() {
    const Nanos patience = static_cast<Nanos>(settings_.stall_seconds * second);
    QUEQIAO_CHECK(crowd_.run_until(now() + patience, [this] { return seen_count_ == seen_.size(); }));
    if (seen_count_ == seen_.size()) return {};
    return Error{ErrorCode::unavailable,
                 fmt::format("{} of {} presences of contacts never came", seen_.size() - seen_count_, seen_.size())};
  }

  void take(Client& client, std::string_view stanza) {
    if (name_of(stanza) != "presence") return;
    const std::string_view type = attribute(stanza, "type");
    const std::string_view from = attribute(stanza, "from");
    if (type == "subscribe") {
      client.send(fmt::format("<presence type='subscribed' to='{}'/>", from));
    } else if (type.empty() || type == "unavailable") {
      ++presences_;
      if (type.empty()) see(client.index(), from);
    }
  }

  // Marks the contact `from` as seen by `user`.
  void see(std::size_t user, std::string_view from) {
    if (!from.starts_with(settings_.user_prefix)) return;
    from.remove_prefix(settings_.user_prefix.size());
    std::size_t number = 0;
    std::from_chars(from.data(), from.data() + from.size(), number);
    const std::size_t contact = number - settings_.first;
    const std::size_t ahead = (contact + crowd_.size() - user) % crowd_.size();
    if (ahead == 0) return;  // the user's own presence
    const bool is_ahead = ahead <= reach_;
    const std::size_t distance = is_ahead ? ahead : crowd_.size() - ahead;
    if (distance > reach_) return;
    const std::size_t slot = user * reach_ * 2 + (distance - 1) * 2 + (is_ahead ? 1 : 0);
    if (!seen_[slot]) ++seen_count_;
    seen_[slot] = true;
  }

  const Settings& settings_;  // not owned
  std::size_t reach_;
  Crowd crowd_;
  std::vector<bool> seen_;  // by user and contact
  std::size_t seen_count_ = 0;
  std::uint64_t presences_ = 0;
  std::uint64_t logins_ = 0;
};

}  // namespace

Result<void> measure_presence(const Settings& settings, const PresencePlan& plan, Report& report) {
  if (plan.contacts < 2 || plan.contacts >= settings.users) {
    return Error{ErrorCode::invalid, "there must be at least two contacts, and fewer than users"};
  }
  PresenceStorm storm(settings, plan);
  QUEQIAO_CHECK(storm.befriend());
  QUEQIAO_CHECK(storm.storm());
  storm.start_counting();
  const ServerMeter meter(settings.server_pids);
  Stopwatch watch(meter);
  watch.start();
  for (std::size_t round = 0; round < plan.rounds; ++round) QUEQIAO_CHECK(storm.storm());
  watch.stop();
  report.add("contacts_per_user", std::uint64_t{plan.contacts / 2 * 2});
  report.add("logins", storm.logins());
  report.add_rate("presences", storm.presences(), watch.seconds(), watch.server_cpu_seconds());
  return {};
}

}  // namespace queqiao::bench
