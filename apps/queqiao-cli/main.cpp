#include <csignal>
#include <memory>
#include <utility>

#include "base/log.h"
#include "command.h"
#include "net/connector.h"
#include "net/shard.h"
#include "options.h"
#include "session.h"

namespace queqiao::cli {
namespace {

std::unique_ptr<Command> make_command(const Options& options) {
  switch (options.command) {
    case CommandKind::enroll:
      return make_enroll(options);
    case CommandKind::chat:
      return make_chat(options);
    case CommandKind::send:
      return make_send(options);
    case CommandKind::listen:
      return make_listen(options);
    case CommandKind::history:
      return make_history(options);
    case CommandKind::roster:
      return make_roster(options);
    case CommandKind::add:
      return make_add(options);
    case CommandKind::passwd:
      return make_passwd(options);
  }
  return nullptr;
}

// The signals that the main thread waits for: two from people, and one by which the session says that it is done.
sigset_t awaited_signals() {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : {SIGINT, SIGTERM, SIGUSR1}) sigaddset(&set, signal);
  return set;
}

int run(Options options) {
  const auto signals = awaited_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);  // before there are threads, so that all inherit it
  const auto main_thread = pthread_self();
  auto outcome = ExitCode::done;
  net::Shard shard(0);
  shard.start();
  std::unique_ptr<Session> session;  // on the shard's thread
  {
    net::Connector connector;
    shard.post([&] {
      auto command = make_command(options);
      session = std::make_unique<Session>(shard, connector, std::move(options), std::move(command), [&](ExitCode code) {
        outcome = code;
        session.reset();
        pthread_kill(main_thread, SIGUSR1);
      });
      session->start();
    });
    for (int signal = 0; sigwait(&signals, &signal) == 0 && signal != SIGUSR1;) {
      shard.post([&] {
        if (session) session->finish(ExitCode::done);
      });
    }
  }
  shard.stop();
  return static_cast<int>(outcome);
}

}  // namespace
}  // namespace queqiao::cli

int main(int argc, char** argv) {
  queqiao::log::set_level(queqiao::log::Level::warning);
  auto parsed = queqiao::cli::parse_options(argc, argv);
  if (!parsed.options) return static_cast<int>(parsed.code);
  return queqiao::cli::run(*std::move(parsed.options));
}
