#pragma once

#include "base/result.h"
#include "report.h"
#include "settings.h"

// What can be measured. Each adds its figures to the report, as far as it came, and fails when the server did not do
// what it was asked for.
namespace queqiao::bench {

struct LoginPlan {
  std::size_t rounds = 1;  // measured, each of all users
  bool is_warm = true;     // one round before, in which the SCRAM keys are derived and caches fill
};
// All users log in and out again, Settings::concurrency at a time.
Result<void> measure_login(const Settings& settings, const LoginPlan& plan, Report& report);

// Creates the accounts in band (XEP-0077), one connection each. One that exists already counts as created.
Result<void> measure_register(const Settings& settings, Report& report);

struct PresencePlan {
  std::size_t contacts = 20;  // per user, mutual, even: half of them to each side on a ring of all users
  std::size_t rounds = 3;
};
// Everyone logs in, which is complete when each has seen each contact come online, and out again.
Result<void> measure_presence(const Settings& settings, const PresencePlan& plan, Report& report);

struct IdlePlan {
  double settle_seconds = 5;  // between the last log-in and reading the memory
};
// Resident memory of the server per logged-in connection that does nothing.
Result<void> measure_idle(const Settings& settings, const IdlePlan& plan, Report& report);

}  // namespace queqiao::bench
