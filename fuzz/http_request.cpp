// What a peer sends to the HTTP server: any cut of the bytes gives the same requests, bodies and refusals, and no path
// that comes out leaves its folder.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/assert.h"
#include "net/http/date.h"
#include "net/http/range.h"
#include "net/http/request_reader.h"
#include "net/http/target.h"

namespace {

using namespace queqiao::net::http;

// Below the limits, which are counted in what has come so far.
constexpr std::size_t max_input = 4'096;

struct Record final : RequestReader::Sink {
  std::string told;
  bool has_ended = false;

  void on_head(Request request) override {
    told += request.method;
    for (const auto& segment : request.path) {
      QUEQIAO_ASSERT(segment != ".." && segment != "." && segment.find('/') == std::string::npos);
      told += '/' + segment;
    }
    for (const auto& [name, value] : request.fields.list()) told += '\n' + name + ':' + value;
    QUEQIAO_ASSERT(!request.is_chunked || !request.content_length);
  }
  void on_body(std::string_view bytes) override { told += bytes; }
  void on_end() override {
    told += "\nend\n";
    has_ended = true;
  }
};

std::string read(std::string_view bytes, std::size_t step) {
  RequestReader reader(max_input);
  Record record;
  std::string held;
  for (std::size_t at = 0; at < bytes.size() && reader.failure() == 0; at += step) {
    held += bytes.substr(at, step);
    while (!held.empty() && reader.failure() == 0) {
      const auto taken = reader.read(held, record);
      QUEQIAO_ASSERT(taken <= held.size());
      if (taken == 0 && !record.has_ended) break;
      held.erase(0, taken);
      if (record.has_ended) reader.next();
      record.has_ended = false;
    }
  }
  return reader.failure() ? "failed" : record.told;
}

void check_fields(std::string_view text) {
  const auto choice = choose_range(text, 1'000);
  if (choice.answer == RangeAnswer::part) {
    QUEQIAO_ASSERT(choice.range.first <= choice.range.last && choice.range.last < 1'000);
  }
  if (const auto range = parse_content_range(text)) {
    QUEQIAO_ASSERT(range->range.last < range->total);
    const auto again = parse_content_range(write_content_range(range->range, range->total));
    QUEQIAO_ASSERT(again && again->range == range->range);
  }
  if (const auto date = parse_date(text)) QUEQIAO_ASSERT(parse_date(format_date(*date)) == date);
  parse_target(text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0 || size > max_input) return 0;
  const std::size_t step = bytes[0] % 16 + 1;
  const std::string_view text(reinterpret_cast<const char*>(bytes) + 1, size - 1);
  check_fields(text);
  const auto whole = read(text, size), cut = read(text, step);
  QUEQIAO_ASSERT(whole == cut);
  return 0;
}
