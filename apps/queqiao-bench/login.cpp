#include "base/result.h"
#include "crowd.h"
#include "scenarios.h"
#include "stopwatch.h"

namespace queqiao::bench {

Result<void> measure_login(const Settings& settings, const LoginPlan& plan, Report& report) {
  Crowd crowd(settings);
  const ServerMeter meter(settings.server_pids);
  if (plan.is_warm) QUEQIAO_CHECK(crowd.bring_up_and_home(Goal::bound));
  Histogram times;
  Stopwatch watch(meter);
  watch.start();
  for (std::size_t round = 0; round < plan.rounds; ++round) {
    QUEQIAO_CHECK(crowd.bring_up_and_home(Goal::bound));
    times.add(crowd.login_times());
  }
  watch.stop();
  report.add_rate("logins", times.count(), watch.seconds(), watch.server_cpu_seconds());
  report.add_latencies("login", times);
  return {};
}

Result<void> measure_register(const Settings& settings, Report& report) {
  Crowd crowd(settings);
  const ServerMeter meter(settings.server_pids);
  Stopwatch watch(meter);
  watch.start();
  QUEQIAO_CHECK(crowd.bring_up_and_home(Goal::registered));
  watch.stop();
  report.add_rate("registrations", crowd.size(), watch.seconds(), watch.server_cpu_seconds());
  report.add_latencies("registration", crowd.login_times());
  return {};
}

Result<void> measure_idle(const Settings& settings, const IdlePlan& plan, Report& report) {
  Crowd crowd(settings);
  const ServerMeter meter(settings.server_pids);
  const std::uint64_t before = meter.resident_kib();
  QUEQIAO_CHECK(crowd.bring_up(Goal::available));
  QUEQIAO_CHECK(crowd.run_until(now() + static_cast<Nanos>(plan.settle_seconds * second)));
  const std::uint64_t after = meter.resident_kib();
  report.add("connections", std::uint64_t{crowd.size()});
  report.add("resident_kib_before", before);
  report.add("resident_kib_after", after);
  const double grown = static_cast<double>(after) - static_cast<double>(before);
  report.add("resident_kib_per_connection", grown / static_cast<double>(crowd.size()));
  return {};
}

}  // namespace queqiao::bench
