// How many messages a second the SQLite store takes, and at what cost: users in a closed loop, each with a few messages
// to random others unanswered, as the server's back-pressure would have it.
//
//   storage_bench FOLDER [USERS [OUTSTANDING [SECONDS [PAGE_BYTES [SEARCHABLE]]]]]
#include <fmt/core.h>
#include <sys/resource.h>

#include <algorithm>
#include <cstdlib>
#include <random>

#include "base/assert.h"
#include "bench/caller.h"
#include "bench/texts.h"
#include "storage/sqlite/sqlite_store.h"

namespace queqiao::storage {
namespace {

using Shard = bench::Caller;  // the thread of main(), which runs what is posted in batches

double cpu_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) { return static_cast<double>(time.tv_sec) + time.tv_usec / 1e6; };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

class Load {
 public:
  Load(Store& store, Shard& shard, std::size_t users) : store_(store), shard_(shard) {
    bench::Texts texts(2);
    for (int i = 0; i < 5'000; ++i) texts_.push_back(texts.next(180));
    for (std::size_t i = 0; i < users; ++i) users_.push_back("user" + std::to_string(10000 + i));
  }

  void create_accounts() {
    std::size_t answered = 0;
    for (const auto& user : users_) {
      Account account;
      account.user = user;
      store_.create_account(std::move(account), {&shard_, [&](Result<void>) { ++answered; }});
    }
    shard_.run_until([&] { return answered == users_.size(); });
  }

  void run(std::size_t outstanding, std::chrono::seconds duration) {
    end_ = std::chrono::steady_clock::now() + duration;
    const double cpu_before = cpu_seconds();
    const auto begin = std::chrono::steady_clock::now();
    for (std::size_t user = 0; user < users_.size(); ++user) {
      for (std::size_t i = 0; i < outstanding; ++i) send(user);
    }
    shard_.run_until([&] { return waiting_ == 0; });
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    report(took.count(), cpu_seconds() - cpu_before);
  }

 private:
  void send(std::size_t from) {
    const std::size_t to = random_() % users_.size();
    ArchiveEntry entry;
    entry.received = shard_.wall_time();
    entry.sender = users_[from];
    entry.recipient = users_[to];
    entry.sender_jid = users_[from] + "@example.org";
    entry.recipient_jid = users_[to] + "@example.org";
    entry.is_for_offline = true;
    entry.origin = random_();
    std::string stanza = fmt::format("<message from='{}/desk' to='{}' type='chat' id='{}'><body>", entry.sender_jid,
                                     entry.recipient_jid, entry.origin);
    stanza += texts_[random_() % texts_.size()];
    entry.stanza = std::make_shared<const std::string>(stanza + "</body></message>");
    ++waiting_;
    const auto asked = std::chrono::steady_clock::now();
    store_.append(std::move(entry), {&shard_, [](Result<ArchiveId>) {}},
                  {&shard_, [this, from, asked](Result<ArchiveId> id) { answered(from, asked, id); }});
  }

  void answered(std::size_t from, std::chrono::steady_clock::time_point asked, const Result<ArchiveId>& id) {
    QUEQIAO_ASSERT(id.has_value());
    --waiting_;
    const auto now = std::chrono::steady_clock::now();
    micros_.push_back(static_cast<std::uint32_t>((now - asked) / std::chrono::microseconds(1)));
    if (now < end_) send(from);
  }

  void report(double seconds, double cpu) {
    std::sort(micros_.begin(), micros_.end());
    const auto percentile = [this](std::size_t p) { return micros_[(micros_.size() - 1) * p / 100] / 1000.0; };
    const auto count = static_cast<double>(micros_.size());
    fmt::print(
        "messages {}  rate {:.0f}/s  per CPU second {:.0f} ({:.2f} us each)  answer p50 {:.1f} ms  p99 {:.1f} ms  "
        "max {:.1f} ms\n",
        micros_.size(), count / seconds, count / cpu, cpu / count * 1e6, percentile(50), percentile(99),
        percentile(100));
  }

  Store& store_;
  Shard& shard_;
  std::vector<User> users_;
  std::mt19937_64 random_{1};
  std::vector<std::string> texts_;  // made beforehand: making one costs as much as storing it
  std::size_t waiting_ = 0;
  std::chrono::steady_clock::time_point end_;
  std::vector<std::uint32_t> micros_;
};

int run(int count, char** arguments) {
  const auto number = [&](int index, long otherwise) {
    return static_cast<std::size_t>(count > index ? std::atol(arguments[index]) : otherwise);
  };
  sqlite::Options options;
  options.file = std::filesystem::path(count > 1 ? arguments[1] : ".") / "storage_bench.sqlite";
  options.page_bytes = static_cast<std::uint32_t>(number(5, options.page_bytes));
  options.is_searchable = number(6, 1) != 0;
  for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(options.file.string() + suffix);
  auto store = sqlite::SqliteStore::open(options);
  if (!store) {
    fmt::print(stderr, "{}\n", store.error().message);
    return 1;
  }
  Shard shard;
  Load load(**store, shard, number(2, 1000));
  load.create_accounts();
  load.run(number(3, 8), std::chrono::seconds(number(4, 5)));
  return 0;
}

}  // namespace
}  // namespace queqiao::storage

int main(int count, char** arguments) {
  return queqiao::storage::run(count, arguments);
}
