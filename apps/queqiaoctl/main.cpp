#include <fmt/format.h>

#include <cstdio>

#include "base/log.h"
#include "command_line.h"
#include "config_file.h"
#include "password.h"
#include "report.h"
#include "server_link.h"
#include "setting_keys.h"

namespace queqiao::ctl {
namespace {

// What scripts rely on.
enum ExitCode { done = 0, refused = 1, usage_or_no_server = 2 };

ExitCode fail(ExitCode code, const Error& error) {
  fmt::print(stderr, "queqiaoctl: {}\n", log::escaped(error.message));
  return code;
}

ExitCode ask(CommandLine line) {
  if (line.needs_password) {
    auto password = line.has_password_on_stdin ? password_from_stdin() : password_from_terminal();
    if (!password) return fail(usage_or_no_server, password.error());
    line.request["password"] = *std::move(password);
  }
  const auto result = ask_server(line.data_dir, line.request);
  if (!result) return fail(result.error().code == ErrorCode::not_found ? usage_or_no_server : refused, result.error());
  const auto text = line.wants_json ? result->dump(2) + '\n' : report(line.request, *result);
  fmt::print("{}", text);
  return done;
}

ExitCode check(const std::filesystem::path& file) {
  daemon::Settings settings;
  if (const auto outcome = daemon::read_config_file(file, settings); !outcome) return fail(refused, outcome.error());
  fmt::print("{}: the configuration is right\n", file.string());
  return done;
}

ExitCode run(CommandLine line) {
  switch (line.task) {
    case Task::ask_server:
      return ask(std::move(line));
    case Task::check_config:
      return check(line.file);
    case Task::print_config:
      fmt::print("{}", daemon::example_config());
      return done;
  }
  return usage_or_no_server;
}

}  // namespace
}  // namespace queqiao::ctl

int main(int argc, char** argv) {
  auto line = queqiao::ctl::parse_command_line(argc, argv);
  if (!line) {
    fmt::print(stderr, "queqiaoctl: {}\n", line.error().message);
    return queqiao::ctl::usage_or_no_server;
  }
  return queqiao::ctl::run(*std::move(line));
}
