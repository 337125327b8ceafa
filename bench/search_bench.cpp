// How long a search of one's history takes: one user with many messages on a store that has those of others as well.
//
//   search_bench FOLDER [MESSAGES_OF_ONE [OTHERS]]        (1000000 and 1000000)
#include <fmt/core.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <thread>

#include "base/assert.h"
#include "bench/caller.h"
#include "bench/texts.h"
#include "storage/sqlite/connection.h"
#include "storage/sqlite/sqlite_store.h"

namespace queqiao::storage {
namespace {

using bench::Caller;
using bench::Clock;

class Searches {
 public:
  Searches(Store& store, Caller& caller) : store_(store), caller_(caller) {}

  void fill(std::size_t of_one, std::size_t of_others) {
    for (const auto& user : users()) {
      Account account;
      account.user = user;
      store_.create_account(std::move(account), {});
    }
    std::mt19937_64 random(1);
    bench::Texts texts(2);
    std::size_t waiting = 0;
    for (std::size_t i = 0; i < of_one + of_others; ++i) {
      const bool is_of_one = random() % (of_one + of_others) < of_one;
      const auto peer = users()[1 + random() % 200];
      ++waiting;
      append(is_of_one ? "one" : users()[1 + random() % 200], peer, texts.next(60), waiting);
      caller_.run_until([&] { return waiting < 20'000; });
    }
    caller_.run_until([&] { return waiting == 0; });
  }

  // Milliseconds of the median and the slowest of several answers, the processor time of the median one, which a busy
  // machine does not change, and what the first page had.
  void measure(std::string_view what, ArchiveQuery query) {
    std::vector<double> took, worked;
    std::size_t found = 0;
    for (int i = 0; i < 9; ++i) {
      const auto begin = Clock::now();
      const auto begin_of_work = std::clock();
      bool is_answered = false;
      store_.query_archive("one", query, {&caller_, [&](Result<ArchivePage> page) {
                                            found = page ? page->messages.size() : 0;
                                            is_answered = true;
                                          }});
      caller_.run_until([&] { return is_answered; });
      took.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begin).count());
      worked.push_back(static_cast<double>(std::clock() - begin_of_work) * 1e3 / CLOCKS_PER_SEC);
    }
    std::sort(took.begin(), took.end());
    std::sort(worked.begin(), worked.end());
    fmt::print("{:<42} {:>4} found  p50 {:>8.2f} ms  slowest {:>8.2f} ms  CPU p50 {:>8.2f} ms\n", what, found,
               took[took.size() / 2], took.back(), worked[worked.size() / 2]);
  }

 private:
  static const std::vector<User>& users() {
    static const auto all = [] {
      std::vector<User> names{"one"};
      for (int i = 0; i < 200; ++i) names.push_back("user" + std::to_string(i));
      return names;
    }();
    return all;
  }

  void append(const User& from, const User& to, const std::string& text, std::size_t& waiting) {
    ArchiveEntry entry;
    entry.received = caller_.wall_time();
    entry.sender = from;
    entry.recipient = to;
    entry.sender_jid = from + "@example.org";
    entry.recipient_jid = to + "@example.org";
    entry.stanza = std::make_shared<const std::string>(
        fmt::format("<message from='{}/desk' to='{}' type='chat'><body>{}</body></message>", entry.sender_jid,
                    entry.recipient_jid, text));
    store_.append(std::move(entry), {}, {&caller_, [&waiting](Result<ArchiveId> id) {
                                           QUEQIAO_ASSERT(id.has_value());
                                           --waiting;
                                         }});
  }

  Store& store_;
  Caller& caller_;
};

// Until the index has everything; the answer is the time that took.
double wait_for_index(const std::filesystem::path& file) {
  const auto begin = Clock::now();
  auto connection = sqlite::Connection::open(file, sqlite::Connection::Mode::read_only);
  QUEQIAO_ASSERT(connection.has_value());
  while (connection->number(
      "SELECT (SELECT max(id) FROM message)>(SELECT value FROM state WHERE name='searchable_until')")) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

int run(int count, char** arguments) {
  const auto number = [&](int index, std::size_t otherwise) {
    return count > index ? static_cast<std::size_t>(std::atol(arguments[index])) : otherwise;
  };
  sqlite::Options options;
  options.file = std::filesystem::path(count > 1 ? arguments[1] : ".") / "search_bench.sqlite";
  for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(options.file.string() + suffix);
  auto store = sqlite::SqliteStore::open(options);
  if (!store) {
    fmt::print(stderr, "{}\n", store.error().message);
    return 1;
  }
  Caller caller;
  Searches searches(**store, caller);
  const auto begin = Clock::now();
  searches.fill(number(2, 1'000'000), number(3, 1'000'000));
  fmt::print("written in {:.1f} s", std::chrono::duration<double>(Clock::now() - begin).count());
  fmt::print(", indexed {:.1f} s later\n", wait_for_index(options.file));
  fmt::print("file {:.0f} MB\n", static_cast<double>(std::filesystem::file_size(options.file)) / 1e6);

  using bench::Texts;
  const auto newest = [](std::string text) {
    return ArchiveQuery{.is_last_page = true, .text = std::move(text), .limit = 50};
  };
  const auto run_of = [](int first, int second, int third = -1) {
    return Texts::character(first) + Texts::character(second) + (third < 0 ? std::string() : Texts::character(third));
  };
  searches.measure("frequent word", newest(Texts::word(0)));
  searches.measure("rare word", newest(Texts::word(15'000)));
  searches.measure("two frequent words", newest(Texts::word(0) + " " + Texts::word(1)));
  searches.measure("frequent and rare word", newest(Texts::word(0) + " " + Texts::word(9'000)));
  searches.measure("unknown word", newest("qqqqq"));
  // The most frequent beginnings that the texts have: those of the first word with two syllables.
  searches.measure("frequent three letters", newest(Texts::word(20).substr(0, 3)));
  searches.measure("frequent four letters", newest(Texts::word(20)));
  searches.measure("frequent five letters", newest(Texts::word(400).substr(0, 5)));
  searches.measure("three letters that nothing begins with", newest("bqq"));
  searches.measure("frequent pair of characters", newest(run_of(0, 1)));
  searches.measure("rare pair of characters", newest(run_of(900, 1'500)));
  searches.measure("three characters", newest(run_of(0, 1, 2)));
  auto with = newest(Texts::word(0));
  with.with = "user7@example.org";
  searches.measure("frequent word with one contact", with);
  auto oldest = newest(Texts::word(0));
  oldest.is_last_page = false;
  searches.measure("frequent word, oldest first", oldest);
  return 0;
}

}  // namespace
}  // namespace queqiao::storage

int main(int count, char** arguments) {
  return queqiao::storage::run(count, arguments);
}
