#include "net/http/range.h"

#include <algorithm>

#include "base/text.h"

namespace queqiao::net::http {
namespace {

std::optional<std::pair<std::string_view, std::string_view>> halves(std::string_view text, char separator) {
  const auto at = text.find(separator);
  if (at == std::string_view::npos) return std::nullopt;
  return std::pair(text.substr(0, at), text.substr(at + 1));
}

RangeChoice of_suffix(std::uint64_t length, std::uint64_t size) {
  if (length == 0 || size == 0) return {RangeAnswer::unsatisfiable, {}};
  return {RangeAnswer::part, {size - std::min(length, size), size - 1}};
}

}  // namespace

RangeChoice choose_range(std::string_view value, std::uint64_t size) {
  constexpr std::string_view unit = "bytes=";
  if (value.size() < unit.size() || !equal_ignoring_case(value.substr(0, unit.size()), unit)) return {};
  const auto ends = halves(trim(value.substr(unit.size())), '-');
  if (!ends) return {};
  const auto [first_text, last_text] = *ends;
  const auto last = parse_number<std::uint64_t>(last_text);
  if (first_text.empty()) return last ? of_suffix(*last, size) : RangeChoice{};
  const auto first = parse_number<std::uint64_t>(first_text);
  if (!first || (!last && !last_text.empty()) || (last && *last < *first)) return {};
  if (*first >= size) return {RangeAnswer::unsatisfiable, {}};
  return {RangeAnswer::part, {*first, std::min(last.value_or(size - 1), size - 1)}};
}

std::optional<ContentRange> parse_content_range(std::string_view value) {
  constexpr std::string_view unit = "bytes ";
  if (value.size() < unit.size() || !equal_ignoring_case(value.substr(0, unit.size()), unit)) return std::nullopt;
  const auto parts = halves(value.substr(unit.size()), '/');
  const auto ends = parts ? halves(parts->first, '-') : std::nullopt;
  if (!ends) return std::nullopt;
  const auto first = parse_number<std::uint64_t>(ends->first);
  const auto last = parse_number<std::uint64_t>(ends->second);
  const auto total = parse_number<std::uint64_t>(parts->second);
  if (!first || !last || !total || *first > *last || *last >= *total) return std::nullopt;
  return ContentRange{{*first, *last}, *total};
}

std::string write_content_range(const ByteRange& range, std::uint64_t total) {
  return "bytes " + std::to_string(range.first) + "-" + std::to_string(range.last) + "/" + std::to_string(total);
}

}  // namespace queqiao::net::http
