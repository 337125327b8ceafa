// Appends messages for ever and prints each id once its answer has come: what was printed must survive a SIGKILL.
//   killed_writer FILE
#include <unistd.h>

#include <cstdio>

#include "storage/sqlite/sqlite_store.h"
#include "tests/storage/asking.h"

using namespace queqiao;
using namespace queqiao::storage;

int main(int count, char** arguments) {
  if (count < 2) return 2;
  sqlite::Options options;
  options.file = arguments[1];
  options.file_after_messages = 50;
  options.wal_bytes = 1 << 20;
  auto store = sqlite::SqliteStore::open(options);
  if (!store) return 3;
  TestLoop loop;
  Asking ask(**store, loop);
  ask.create("romeo");
  ask.create("juliet");
  while (true) {
    constexpr int batch = 20;
    int answered = 0;
    const auto print = [&answered](Result<ArchiveId> id) {
      ++answered;
      const std::string line = std::to_string(*id) + "\n";
      if (::write(STDOUT_FILENO, line.data(), line.size()) < 0) ::_exit(4);
    };
    for (int i = 0; i < batch; ++i) (*store)->append(message("romeo", "juliet", "x"), {&loop, print}, {});
    loop.run_until([&] { return answered == batch; });
  }
}
