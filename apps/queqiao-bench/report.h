#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "histogram.h"

namespace queqiao::bench {

// The figures of one run, in order: a table for people, JSON for scripts. A key is stable; its unit is part of it.
class Report {
 public:
  using Value = std::variant<std::string, std::uint64_t, double>;

  void add(std::string key, Value value) { figures_.push_back({std::move(key), std::move(value)}); }
  // p50, p90, p99, p99.9 and the maximum in microseconds, as `prefix`_p50_us and so on.
  void add_latencies(const std::string& prefix, const Histogram& histogram);
  // `count` of something in `seconds` and, where the server's processor time is known, per second of it.
  void add_rate(const std::string& things, std::uint64_t count, double seconds, double server_cpu_seconds);

  std::string table() const;
  std::string json() const;

 private:
  struct Figure {
    std::string key;
    Value value;
  };
  std::vector<Figure> figures_;
};

}  // namespace queqiao::bench
