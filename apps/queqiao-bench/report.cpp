#include "report.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace queqiao::bench {
namespace {

std::string text_of(const Report::Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* count = std::get_if<std::uint64_t>(&value)) return fmt::format("{}", *count);
  const double number = std::get<double>(value);
  return number >= 1000 ? fmt::format("{:.0f}", number) : fmt::format("{:.2f}", number);
}

}  // namespace

void Report::add_latencies(const std::string& prefix, const Histogram& histogram) {
  constexpr struct {
    const char* name;
    double fraction;
  } percentiles[] = {{"p50", 0.5}, {"p90", 0.9}, {"p99", 0.99}, {"p999", 0.999}};
  for (const auto& [name, fraction] : percentiles) {
    const Nanos value = histogram.percentile(fraction);
    add(fmt::format("{}_{}_us", prefix, name), static_cast<double>(value) / microsecond);
  }
  add(prefix + "_max_us", static_cast<double>(histogram.max()) / microsecond);
}

void Report::add_rate(const std::string& things, std::uint64_t count, double seconds, double server_cpu_seconds) {
  add(things, count);
  add("seconds", seconds);
  add(things + "_per_second", static_cast<double>(count) / seconds);
  if (server_cpu_seconds <= 0) return;
  add("server_cpu_seconds", server_cpu_seconds);
  add(things + "_per_server_cpu_second", static_cast<double>(count) / server_cpu_seconds);
}

std::string Report::table() const {
  std::string table;
  for (const Figure& figure : figures_) table += fmt::format("{:<40} {:>16}\n", figure.key, text_of(figure.value));
  return table;
}

std::string Report::json() const {
  nlohmann::ordered_json object;
  for (const Figure& figure : figures_) {
    std::visit([&](const auto& value) { object[figure.key] = value; }, figure.value);
  }
  return object.dump(2) + "\n";
}

}  // namespace queqiao::bench
