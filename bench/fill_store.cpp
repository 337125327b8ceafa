// Fills a server's SQLite store with accounts and messages between them, and ends as after SIGKILL: for bench/start.sh.
//
//   fill_store FILE ACCOUNTS MESSAGES
#include <fmt/core.h>
#include <signal.h>
#include <unistd.h>

#include <cstdlib>

#include "bench/caller.h"
#include "bench/texts.h"
#include "storage/sqlite/sqlite_store.h"

namespace queqiao::storage {
namespace {

using bench::Caller;

constexpr std::size_t most_waiting = 20'000;

std::string user(std::size_t number) {
  return "u" + std::to_string(number + 1);
}

void add_accounts(Store& store, Caller& caller, std::size_t accounts) {
  std::size_t waiting = accounts;
  for (std::size_t i = 0; i < accounts; ++i) {
    Account account;
    account.user = user(i);
    store.create_account(std::move(account), {&caller, [&waiting](Result<void> done) {
                                                QUEQIAO_ASSERT(done.has_value());
                                                --waiting;
                                              }});
  }
  caller.run_until([&] { return waiting == 0; });
}

ArchiveEntry message(std::size_t number, std::size_t accounts, const Caller& caller, bench::Texts& texts) {
  ArchiveEntry entry;
  entry.received = caller.wall_time();
  entry.sender = user(number * 7'919 % accounts);
  entry.recipient = user((number * 104'729 + 13) % accounts);
  entry.sender_jid = entry.sender + "@localhost";
  entry.recipient_jid = entry.recipient + "@localhost";
  entry.stanza = std::make_shared<const std::string>(
      fmt::format("<message from='{}/desk' to='{}' type='chat' id='{}'><body>{}</body></message>", entry.sender_jid,
                  entry.recipient_jid, number, texts.next(60)));
  return entry;
}

void add_messages(Store& store, Caller& caller, std::size_t accounts, std::size_t messages) {
  bench::Texts texts(1);
  std::size_t waiting = 0;
  for (std::size_t i = 0; i < messages; ++i) {
    ++waiting;
    store.append(message(i, accounts, caller, texts), {}, {&caller, [&waiting](Result<ArchiveId> id) {
                                                             QUEQIAO_ASSERT(id.has_value());
                                                             --waiting;
                                                           }});
    caller.run_until([&] { return waiting < most_waiting; });
  }
  caller.run_until([&] { return waiting == 0; });
}

int run(const char* file, std::size_t accounts, std::size_t messages) {
  sqlite::Options options;
  options.file = file;
  auto store = sqlite::SqliteStore::open(options);
  if (!store) {
    fmt::print(stderr, "fill_store: {}\n", store.error().message);
    return 1;
  }
  Caller caller;
  add_accounts(**store, caller, accounts);
  add_messages(**store, caller, accounts, messages);
  return ::kill(::getpid(), SIGKILL);
}

}  // namespace
}  // namespace queqiao::storage

int main(int count, char** arguments) {
  if (count != 4) {
    fmt::print(stderr, "usage: fill_store FILE ACCOUNTS MESSAGES\n");
    return 2;
  }
  return queqiao::storage::run(arguments[1], std::strtoul(arguments[2], nullptr, 10),
                               std::strtoul(arguments[3], nullptr, 10));
}
