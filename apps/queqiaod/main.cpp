#include <fmt/format.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <chrono>
#include <cstdio>
#include <functional>

#include "base/log.h"
#include "daemon.h"
#include "setting_keys.h"
#include "settings.h"

namespace queqiao::daemon {
namespace {

void allow_many_connections() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

// SIGTERM, SIGINT and SIGHUP reach this thread only, by sigtimedwait.
sigset_t block_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&signals, signal);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);
  return signals;
}

// `read_settings` reads the configuration file and the command line again.
void serve_until_told(Daemon& daemon, const sigset_t& signals,
                      const std::function<Result<CommandLine>()>& read_settings) {
  constexpr timespec certificate_check{60, 0};
  for (;;) {
    const int signal = sigtimedwait(&signals, nullptr, &certificate_check);
    if (signal == SIGTERM || signal == SIGINT) return;
    if (signal == SIGHUP) daemon.reload_settings(read_settings());
    if (signal == SIGHUP || daemon.has_changed_certificate()) daemon.reload_certificate();
  }
}

int serve(Settings settings, const std::function<Result<CommandLine>()>& read_settings) {
  const auto signals = block_signals();
  allow_many_connections();
  log::set_level(settings.log_level);
  auto daemon = Daemon::start(std::move(settings));
  if (!daemon) {
    fmt::print(stderr, "queqiaod: {}\n", daemon.error().message);
    return 1;
  }
  fmt::print("queqiaod: ready\n");
  std::fflush(stdout);
  serve_until_told(**daemon, signals, read_settings);
  (*daemon)->stop();
  return 0;
}

}  // namespace
}  // namespace queqiao::daemon

int main(int argc, char** argv) {
  using namespace queqiao::daemon;
  ::umask(0077);  // what we write is nobody else's
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  auto line = parse_command_line(argc, argv);
  if (!line) {
    fmt::print(stderr, "queqiaod: {}\n", line.error().message);
    return 2;
  }
  switch (line->request) {
    case Request::print_config:
      fmt::print("{}", example_config());
      return 0;
    case Request::check_config:
      fmt::print("queqiaod: the configuration is right\n");
      return 0;
    case Request::serve:
      return serve(std::move(line->settings), [argc, argv] { return parse_command_line(argc, argv); });
  }
}
