#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace queqiao::net::http {

// Bytes `first` to `last`, both included.
struct ByteRange {
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  std::uint64_t size() const { return last - first + 1; }
  bool operator==(const ByteRange&) const = default;
};

enum class RangeAnswer {
  whole,         // no range, or one that RFC 9110 14.2 lets us ignore: another unit, bad syntax, several ranges
  part,          // 206 with `range`
  unsatisfiable  // 416
};

struct RangeChoice {
  RangeAnswer answer = RangeAnswer::whole;
  ByteRange range;  // with `part`
};

// What a GET with this Range field gets of `size` bytes; `value` is "" without one.
RangeChoice choose_range(std::string_view value, std::uint64_t size);

// "bytes 100-199/200" of a PUT that goes on with an interrupted one. Nothing unless all three numbers are there and
// fit.
struct ContentRange {
  ByteRange range;
  std::uint64_t total = 0;
};
std::optional<ContentRange> parse_content_range(std::string_view value);
std::string write_content_range(const ByteRange& range, std::uint64_t total);

}  // namespace queqiao::net::http
