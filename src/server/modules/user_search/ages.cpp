#include "server/modules/user_search/ages.h"

#include <fmt/format.h>

#include <chrono>

#include "base/text.h"

namespace queqiao::server::user_search {
namespace {

using std::chrono::year_month_day;
using std::chrono::years;

year_month_day day_of(WallTime now) {
  return year_month_day(std::chrono::floor<std::chrono::days>(now));
}

std::optional<year_month_day> parse_day(std::string_view text) {
  const auto parts = split(text, '-');
  if (parts.size() != 3) return std::nullopt;
  const auto year = parse_number<std::uint16_t>(parts[0]);
  const auto month = parse_number<std::uint8_t>(parts[1]), day = parse_number<std::uint8_t>(parts[2]);
  if (!year || !month || !day || *year > 9999) return std::nullopt;
  const year_month_day date{std::chrono::year(*year), std::chrono::month(*month), std::chrono::day(*day)};
  return date.ok() ? std::optional(date) : std::nullopt;
}

// Who is born on 29 February is a year older on 1 March of other years.
std::chrono::sys_days days_of(const year_month_day& date) {
  return date.ok() ? std::chrono::sys_days(date)
                   : std::chrono::sys_days(date.year() / date.month() / 1) + (date.day() - std::chrono::day(1));
}

std::string format_day(std::chrono::sys_days days) {
  const year_month_day date(days);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

}  // namespace

std::optional<std::uint32_t> age_of(std::string_view birthday, WallTime now) {
  const auto born = parse_day(birthday);
  const auto today = day_of(now);
  if (!born || *born > today) return std::nullopt;
  const auto lived = static_cast<int>(today.year()) - static_cast<int>(born->year());
  const bool has_had_birthday = days_of(*born + years(lived)) <= std::chrono::sys_days(today);
  return static_cast<std::uint32_t>(has_had_birthday ? lived : lived - 1);
}

std::string last_birthday_at(std::uint32_t age, WallTime now) {
  const auto day = day_of(now) - years(age);
  // 29 February of no leap year: those born on the 28th are old enough, those of 1 March are not.
  return format_day(day.ok() ? std::chrono::sys_days(day) : days_of(day) - std::chrono::days(1));
}

std::string first_birthday_at(std::uint32_t age, WallTime now) {
  const auto day = day_of(now) - years(age + 1);
  return format_day(day.ok() ? std::chrono::sys_days(day) + std::chrono::days(1) : days_of(day));
}

}  // namespace queqiao::server::user_search
