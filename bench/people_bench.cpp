// How long a search for people takes (XEP-0055), by how much there is to find.
//
//   people_bench FOLDER [PEOPLE]        (100000)
#include <fmt/core.h>

#include <algorithm>
#include <cstdlib>

#include "bench/caller.h"
#include "bench/texts.h"
#include "storage/sqlite/sqlite_store.h"

namespace queqiao::storage {
namespace {

using bench::Caller;
using bench::Clock;

// Names as they are given: few families, many given names, some large cities.
ProfileChange person(std::size_t number, bench::Texts& texts) {
  ProfileChange change;
  change.nick = texts.next(12) + std::to_string(number);
  change.first = bench::Texts::character(static_cast<int>(number * 7 % 2'000)) +
                 bench::Texts::character(static_cast<int>(number * 13 % 1'900));
  change.last = bench::Texts::character(static_cast<int>(number % 100));
  change.city = bench::Texts::word(static_cast<int>(number % 300));
  change.gender = number % 2 ? "male" : "female";
  change.birthday = fmt::format("{}-{:02}-{:02}", 1950 + number % 60, 1 + number % 12, 1 + number % 28);
  return change;
}

void fill(Store& store, Caller& caller, std::size_t people) {
  bench::Texts texts(1);
  std::size_t waiting = 0;
  for (std::size_t i = 0; i < people; ++i) {
    Account account;
    account.user = fmt::format("{}", 10'000 + i);
    const auto user = account.user;
    store.create_account(std::move(account), {});
    ++waiting;
    store.change_profile(user, person(i, texts), {&caller, [&waiting](Result<void> done) {
                                                    QUEQIAO_ASSERT(done.has_value());
                                                    --waiting;
                                                  }});
    caller.run_until([&] { return waiting < 10'000; });
  }
  caller.run_until([&] { return waiting == 0; });
}

void measure(Store& store, Caller& caller, std::string_view what, const ProfileQuery& query) {
  std::vector<double> took;
  std::size_t found = 0;
  for (int i = 0; i < 21; ++i) {
    const auto begin = Clock::now();
    bool is_answered = false;
    store.find_profiles(query, {&caller, [&](Result<std::vector<FoundProfile>> page) {
                                  found = page ? page->size() : 0;
                                  is_answered = true;
                                }});
    caller.run_until([&] { return is_answered; });
    took.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begin).count());
  }
  std::sort(took.begin(), took.end());
  fmt::print("{:<42} {:>4} found  p50 {:>7.2f} ms  slowest {:>7.2f} ms\n", what, found, took[took.size() / 2],
             took.back());
}

int run(int count, char** arguments) {
  sqlite::Options options;
  options.file = std::filesystem::path(count > 1 ? arguments[1] : ".") / "people_bench.sqlite";
  for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(options.file.string() + suffix);
  auto store = sqlite::SqliteStore::open(options);
  if (!store) {
    fmt::print(stderr, "{}\n", store.error().message);
    return 1;
  }
  Caller caller;
  const std::size_t people = count > 2 ? static_cast<std::size_t>(std::atol(arguments[2])) : 100'000;
  fill(**store, caller, people);
  const auto last = bench::Texts::character(5), city = bench::Texts::word(17);
  const auto nick = bench::Texts::word(40);
  measure(**store, caller, "everybody", {});
  measure(**store, caller, "everybody, a page in the middle", {.after = std::to_string(10'000 + people / 2)});
  measure(**store, caller, "by family name (1 %)", {.last = last});
  measure(**store, caller, "by city (0.3 %)", {.city = city});
  measure(**store, caller, "by the beginning of a nickname", {.nick = nick});
  measure(**store, caller, "by family name and city", {.last = last, .city = city});
  measure(**store, caller, "by one letter of a nickname and one of a city", {.nick = nick.substr(0, 1), .city = "x"});
  measure(**store, caller, "by age and gender",
          {.gender = "male", .born_from = "1990-01-01", .born_until = "1990-12-31"});
  measure(**store, caller, "nobody, by nickname", {.nick = "qqqqqq"});
  measure(**store, caller, "nobody, by gender", {.gender = "other"});
  return 0;
}

}  // namespace
}  // namespace queqiao::storage

int main(int count, char** arguments) {
  return queqiao::storage::run(count, arguments);
}
