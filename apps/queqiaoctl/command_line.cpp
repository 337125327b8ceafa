#include "command_line.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <optional>

namespace queqiao::ctl {
namespace {

// What CLI11 fills in; turned into a CommandLine once all of it is there.
struct Given {
  std::string data_dir = "data";
  std::string user, after, to, text, file;
  std::optional<std::int64_t> limit;
  bool wants_json = false, has_password_on_stdin = false, is_online = false, is_all = false;
};

using Finish = std::function<void(CommandLine&)>;

// One subcommand of `parent`; `finish` turns what was given into the request when it is the one that was chosen.
CLI::App* add(CLI::App& parent, CommandLine& line, const char* name, const char* help, Finish finish) {
  auto* command = parent.add_subcommand(name, help);
  command->final_callback([&line, finish = std::move(finish)] { finish(line); });
  return command;
}

void declare_watching(CLI::App& app, Given& given, CommandLine& line) {
  add(app, line, "status", "How the server is", [](CommandLine& to) { to.request["command"] = "status"; });
  auto* sessions = add(app, line, "sessions", "Who is connected, from where, since when", [&given](CommandLine& to) {
    to.request["command"] = "sessions";
    if (!given.user.empty()) to.request["user"] = given.user;
    if (given.limit) to.request["limit"] = *given.limit;
  });
  sessions->add_option("USER", given.user, "Only the sessions of this account");
  sessions->add_option("--limit", given.limit, "How many to show (default 1000)")->check(CLI::Range(1, 10'000));
  auto* kick = add(app, line, "kick", "End the sessions of a user, or one of them", [&given](CommandLine& to) {
    to.request["command"] = "kick";
    const auto slash = given.user.find('/');
    to.request["user"] = given.user.substr(0, slash);
    if (slash != std::string::npos) to.request["resource"] = given.user.substr(slash + 1);
  });
  kick->add_option("USER[/RESOURCE]", given.user, "Whose")->required();
}

void declare_user_command(CLI::App& users, Given& given, CommandLine& line, const char* name, const char* help,
                          bool needs_password) {
  auto* command = add(users, line, name, help, [&given, name, needs_password](CommandLine& to) {
    to.request["command"] = std::string("users ") + name;
    to.request["user"] = given.user;
    to.needs_password = needs_password;
    to.has_password_on_stdin = given.has_password_on_stdin;
  });
  command->add_option("USER", given.user, "The account")->required();
  if (!needs_password) return;
  command->add_flag("--password-stdin", given.has_password_on_stdin,
                    "Read the password from the first line of standard input");
}

void declare_users(CLI::App& app, Given& given, CommandLine& line) {
  auto& users = *app.add_subcommand("users", "The accounts")->require_subcommand(1);
  declare_user_command(users, given, line, "add", "Make an account", true);
  declare_user_command(users, given, line, "passwd", "Give an account a new password; its sessions go on (see kick)",
                       true);
  declare_user_command(users, given, line, "disable", "End an account's sessions and let nobody log in to it", false);
  declare_user_command(users, given, line, "enable", "Let people log in to it again", false);
  declare_user_command(users, given, line, "delete", "Delete an account with all that belongs to it", false);
  auto* list = add(users, line, "list", "The accounts by name, a page at a time", [&given](CommandLine& to) {
    to.request["command"] = "users list";
    to.request["after"] = given.after;
    if (given.limit) to.request["limit"] = *given.limit;
  });
  list->add_option("--after", given.after, "Begin behind this name: the last one of the page before");
  list->add_option("--limit", given.limit, "How many to show (default 100)")->check(CLI::Range(1, 1'000));
  add(users, line, "count", "How many accounts there are",
      [](CommandLine& to) { to.request["command"] = "users count"; });
}

void declare_announce(CLI::App& app, Given& given, CommandLine& line) {
  auto* command = add(app, line, "announce", "Send a message from the server itself", [&given](CommandLine& to) {
    to.request["command"] = "announce";
    to.request["text"] = given.text;
    if (!given.to.empty()) to.request["to"] = given.to;
    if (given.is_all) to.request["all"] = true;
  });
  auto* to = command->add_option("--to", given.to, "To this account; it waits for who is offline");
  auto* online = command->add_flag("--online", given.is_online, "To everybody who is online (default)");
  auto* all = command->add_flag("--all", given.is_all, "To every account; it waits for those who are offline");
  to->excludes(online)->excludes(all);
  online->excludes(all);
  command->add_option("TEXT", given.text, "What to say")->required();
}

void declare_files(CLI::App& app, Given& given, CommandLine& line) {
  auto* backup = add(app, line, "backup", "Write a consistent, checked copy of the store while the server runs",
                     [&given](CommandLine& to) {
                       to.request["command"] = "backup";
                       to.request["file"] = std::filesystem::absolute(given.file).string();
                     });
  backup->add_option("FILE", given.file, "A file that does not exist yet")->required();
  auto* check = add(app, line, "check-config", "Say whether queqiaod would take a configuration file; needs no server",
                    [&given](CommandLine& to) {
                      to.task = Task::check_config;
                      to.file = given.file;
                    });
  check->add_option("FILE", given.file, "The file")->required();
  add(app, line, "print-config", "Print a commented configuration file with every key; needs no server",
      [](CommandLine& to) { to.task = Task::print_config; });
}

}  // namespace

Result<CommandLine> parse_command_line(int argc, char** argv) {
  CLI::App app("queqiaoctl, for the operator of a Queqiao chat server");
  Given given;
  CommandLine line;
  app.add_option("--data-dir", given.data_dir, "That of the server (default: ./data)");
  app.add_flag("--json", given.wants_json, "Print the answer as JSON");
  app.set_version_flag("--version", std::string("queqiaoctl ") + QUEQIAO_VERSION);
  app.require_subcommand(1);
  app.fallthrough();
  declare_watching(app, given, line);
  declare_users(app, given, line);
  declare_announce(app, given, line);
  declare_files(app, given, line);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& help) {
    std::exit(app.exit(help));
  } catch (const CLI::Error& error) {
    return Error{ErrorCode::invalid, fmt::format("{}\nqueqiaoctl --help lists what there is.", error.what())};
  }
  line.data_dir = given.data_dir;
  line.wants_json = given.wants_json;
  return line;
}

}  // namespace queqiao::ctl
