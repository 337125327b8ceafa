#include "base/time_text.h"

#include <fmt/format.h>

#include <chrono>
#include <cstddef>

namespace queqiao {
namespace {

using std::chrono::microseconds;

constexpr WallTime first_time = std::chrono::sys_days(std::chrono::year(0) / 1 / 1);
constexpr WallTime end_of_time = std::chrono::sys_days(std::chrono::year(10000) / 1 / 1);

// Reads a text from its front; once something does not fit, everything fails.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  bool failed() const { return failed_; }
  bool at_end() const { return rest_.empty(); }

  bool take_if(char expected) {
    if (rest_.empty() || rest_[0] != expected) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void expect(char expected) { failed_ |= !take_if(expected); }

  // Exactly `count` digits with a value of `least` to `most`.
  unsigned number(std::size_t count, unsigned least, unsigned most) {
    unsigned value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (!has_digit()) {
        failed_ = true;
        return least;
      }
      value = value * 10 + take_digit();
    }
    failed_ |= value < least || value > most;
    return value;
  }

  microseconds fraction() {
    failed_ |= !has_digit();
    long value = 0;
    for (long unit = 100'000; has_digit(); unit /= 10) value += unit * take_digit();
    return microseconds(value);
  }

 private:
  bool has_digit() const { return !rest_.empty() && rest_[0] >= '0' && rest_[0] <= '9'; }
  unsigned take_digit() {
    const auto digit = static_cast<unsigned>(rest_[0] - '0');
    rest_.remove_prefix(1);
    return digit;
  }

  std::string_view rest_;
  bool failed_ = false;
};

std::optional<std::chrono::sys_days> read_date(Reader& reader) {
  const auto year = std::chrono::year(static_cast<int>(reader.number(4, 0, 9999)));
  reader.expect('-');
  const auto month = std::chrono::month(reader.number(2, 1, 12));
  reader.expect('-');
  const auto day = std::chrono::day(reader.number(2, 1, 31));
  const std::chrono::year_month_day date(year, month, day);
  if (reader.failed() || !date.ok()) return std::nullopt;
  return std::chrono::sys_days(date);
}

microseconds read_time_of_day(Reader& reader) {
  const std::chrono::hours hours(reader.number(2, 0, 23));
  reader.expect(':');
  const std::chrono::minutes minutes(reader.number(2, 0, 59));
  reader.expect(':');
  const std::chrono::seconds seconds(reader.number(2, 0, 60));
  const auto fraction = reader.take_if('.') ? reader.fraction() : microseconds(0);
  return hours + minutes + seconds + fraction;
}

// What has to be taken off the local time to get UTC.
std::chrono::minutes read_offset(Reader& reader) {
  if (reader.take_if('Z')) return std::chrono::minutes(0);
  const bool is_west = reader.take_if('-');
  if (!is_west) reader.expect('+');
  const std::chrono::hours hours(reader.number(2, 0, 23));
  reader.expect(':');
  const auto offset = hours + std::chrono::minutes(reader.number(2, 0, 59));
  return is_west ? -offset : offset;
}

}  // namespace

std::string format_date_time(WallTime time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  std::string text = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(date.year()),
                                 static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                                 clock.hours().count(), clock.minutes().count(), clock.seconds().count());
  const auto fraction = clock.subseconds().count();
  if (fraction % 1000 != 0) {
    text += fmt::format(".{:06}", fraction);
  } else if (fraction != 0) {
    text += fmt::format(".{:03}", fraction / 1000);
  }
  return text += 'Z';
}

std::optional<WallTime> parse_date_time(std::string_view text) {
  Reader reader(text);
  const auto date = read_date(reader);
  if (!date) return std::nullopt;
  reader.expect('T');
  const auto time_of_day = read_time_of_day(reader);
  const auto offset = read_offset(reader);
  if (reader.failed() || !reader.at_end()) return std::nullopt;
  const WallTime time = *date + time_of_day - offset;
  // An offset can carry a time over the border of what format_date_time() can write.
  if (time < first_time || time >= end_of_time) return std::nullopt;
  return time;
}

}  // namespace queqiao
