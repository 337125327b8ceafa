#pragma once

#include "clock.h"
#include "server_meter.h"

namespace queqiao::bench {

// The wall time and the server's processor time between start() and stop().
class Stopwatch {
 public:
  explicit Stopwatch(const ServerMeter& meter) : meter_(meter) {}
  void start() {
    cpu_ = meter_.cpu_seconds();
    time_ = now();
  }
  void stop() {
    seconds_ = to_seconds(now() - time_);
    server_cpu_seconds_ = meter_.cpu_seconds() - cpu_;
  }
  double seconds() const { return seconds_; }
  double server_cpu_seconds() const { return server_cpu_seconds_; }  // 0 when no process was named

 private:
  const ServerMeter& meter_;  // not owned
  Nanos time_ = 0;
  double cpu_ = 0;
  double seconds_ = 0;
  double server_cpu_seconds_ = 0;
};

}  // namespace queqiao::bench
