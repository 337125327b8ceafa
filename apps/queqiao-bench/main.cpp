// queqiao-bench: loads any XMPP server, checks what it delivers and tells what that cost.
#include <arpa/inet.h>
#include <fmt/format.h>
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <map>

#include "chat.h"
#include "report.h"
#include "scenarios.h"
#include "settings.h"

namespace queqiao::bench {
namespace {

struct CommandLine {
  Settings settings;
  LoginPlan login;
  ChatPlan chat;
  PresencePlan presence;
  IdlePlan idle;
  std::string json_file;  // "-": standard output, in place of the table
  std::string label;
  std::string archive_label;
};

std::string check_ipv4(const std::string& text) {
  in_addr address;
  return inet_pton(AF_INET, text.c_str(), &address) == 1 ? "" : "not an IPv4 address: " + text;
}

void add_server_options(CLI::App& app, Settings& settings) {
  const std::map<std::string, Tls> tls{{"none", Tls::none}, {"starttls", Tls::starttls}, {"direct", Tls::direct}};
  const std::map<std::string, Mechanism> mechanisms{{"auto", Mechanism::automatic},
                                                    {"PLAIN", Mechanism::plain},
                                                    {"SCRAM-SHA-1", Mechanism::scram_sha1},
                                                    {"SCRAM-SHA-256", Mechanism::scram_sha256}};
  app.add_option("--host", settings.host, "IPv4 address of the server")->capture_default_str()->check(check_ipv4);
  app.add_option("--port", settings.port, "its port for clients")->capture_default_str();
  app.add_option("--domain", settings.domain, "XMPP domain")->capture_default_str();
  app.add_option("--tls", settings.tls, "none, starttls or direct")->transform(CLI::CheckedTransformer(tls));
  app.add_option("--mechanism", settings.mechanism, "auto, PLAIN, SCRAM-SHA-1 or SCRAM-SHA-256")
      ->transform(CLI::CheckedTransformer(mechanisms));
  app.add_option("--pid", settings.server_pids, "a process of the server; its children are found; may be repeated");
}

void add_user_options(CLI::App& app, Settings& settings) {
  app.add_option("--users", settings.users, "how many take part")->capture_default_str()->check(CLI::PositiveNumber);
  app.add_option("--first", settings.first, "number of the first user")->capture_default_str();
  app.add_option("--user-prefix", settings.user_prefix, "users are <prefix><number>")->capture_default_str();
  app.add_option("--password", settings.password, "password of all users")->capture_default_str();
  app.add_option("--concurrency", settings.concurrency, "log-ins under way at any time")
      ->capture_default_str()
      ->check(CLI::PositiveNumber);
  app.add_option("--sm", settings.ack_every, "enable stream management; ask for an ack each so many messages");
  app.add_option("--body-bytes", settings.body_bytes, "size of a message's text")->capture_default_str();
  app.add_option("--seed", settings.seed, "of the text")->capture_default_str();
  app.add_option("--stall", settings.stall_seconds, "seconds without a log-in after which to give up")
      ->capture_default_str();
}

void add_output_options(CLI::App& app, CommandLine& line) {
  app.add_option("--json", line.json_file, "write the figures as JSON to this file, - for standard output");
  app.add_option("--label", line.label, "copied to the report");
  app.add_option("--archive", line.archive_label, "copied to the report: archiving is the server's setting");
}

void add_scenarios(CLI::App& app, CommandLine& line) {
  auto* login = app.add_subcommand("login", "all users log in and out again");
  login->add_option("--rounds", line.login.rounds, "measured log-ins per user")->capture_default_str();
  login->add_flag("!--cold", line.login.is_warm, "measure the first log-in too, with the generator's key derivation");
  app.add_subcommand("register", "create the accounts in band");
  auto* chat = app.add_subcommand("chat", "users in pairs send to each other");
  chat->add_option("--window", line.chat.window, "closed loop: messages that each user has under way")
      ->capture_default_str()
      ->check(CLI::PositiveNumber);
  chat->add_option("--rate", line.chat.rate, "open loop: messages per second of all users together");
  chat->add_option("--warmup", line.chat.warmup_seconds, "seconds before measuring")->capture_default_str();
  chat->add_option("--duration", line.chat.measure_seconds, "seconds to measure")->capture_default_str();
  chat->add_option("--drain", line.chat.drain_seconds, "seconds without any message after which the rest is lost")
      ->capture_default_str();
  auto* presence = app.add_subcommand("presence", "all users with rosters come online at once and leave");
  presence->add_option("--contacts", line.presence.contacts, "contacts per user")->capture_default_str();
  presence->add_option("--rounds", line.presence.rounds, "measured rounds")->capture_default_str();
  auto* idle = app.add_subcommand("idle", "the server's memory per connection that does nothing");
  idle->add_option("--settle", line.idle.settle_seconds, "seconds to wait before reading it")->capture_default_str();
}

void allow_many_sockets() {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

Result<void> check(const Settings& settings, const std::string& scenario) {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  constexpr std::size_t other_files = 32;
  if (settings.users + other_files > limit.rlim_cur) {
    return Error{ErrorCode::invalid, fmt::format("the limit of {} open files is too low", limit.rlim_cur)};
  }
  if (scenario == "chat" && settings.users % 2 != 0) {
    return Error{ErrorCode::invalid, "chat needs an even number of users"};
  }
  if (scenario == "idle" && settings.server_pids.empty()) {
    return Error{ErrorCode::invalid, "idle needs the server's --pid"};
  }
  return {};
}

Result<void> measure(const CommandLine& line, const std::string& scenario, Report& report) {
  QUEQIAO_CHECK(check(line.settings, scenario));
  if (scenario == "login") return measure_login(line.settings, line.login, report);
  if (scenario == "register") return measure_register(line.settings, report);
  if (scenario == "presence") return measure_presence(line.settings, line.presence, report);
  if (scenario == "idle") return measure_idle(line.settings, line.idle, report);
  return Chat(line.settings, line.chat).run(report);
}

void describe(const CommandLine& line, const std::string& scenario, Report& report) {
  report.add("scenario", scenario);
  if (!line.label.empty()) report.add("label", line.label);
  if (!line.archive_label.empty()) report.add("archive", line.archive_label);
  report.add("users", std::uint64_t{line.settings.users});
  if (scenario != "chat") return;
  report.add("body_bytes", std::uint64_t{line.settings.body_bytes});
  if (line.chat.rate > 0) {
    report.add("rate", line.chat.rate);
  } else {
    report.add("window", std::uint64_t{line.chat.window});
  }
}

bool write(const Report& report, const std::string& json_file) {
  if (json_file == "-") {
    fmt::print("{}", report.json());
    return true;
  }
  fmt::print("{}", report.table());
  if (json_file.empty()) return true;
  std::ofstream file(json_file);
  file << report.json();
  return file.flush().good();
}

int run(int count, char** arguments) {
  CLI::App app("Measures an XMPP server. Exit status: 0 all was delivered and answered, 1 not, other: bad usage.");
  CommandLine line;
  app.require_subcommand(1);
  app.fallthrough();  // options of all scenarios may follow the scenario's name
  app.set_version_flag("--version", QUEQIAO_VERSION);
  add_server_options(app, line.settings);
  add_user_options(app, line.settings);
  add_output_options(app, line);
  add_scenarios(app, line);
  CLI11_PARSE(app, count, arguments);

  allow_many_sockets();
  const std::string scenario = app.get_subcommands().front()->get_name();
  Report report;
  describe(line, scenario, report);
  const Result<void> outcome = measure(line, scenario, report);
  if (!outcome) report.add("failure", outcome.error().message);
  const bool is_written = write(report, line.json_file);
  if (!outcome) fmt::print(stderr, "queqiao-bench: {}\n", outcome.error().message);
  if (!is_written) fmt::print(stderr, "queqiao-bench: cannot write {}\n", line.json_file);
  return outcome && is_written ? 0 : 1;
}

}  // namespace
}  // namespace queqiao::bench

int main(int count, char** arguments) {
  return queqiao::bench::run(count, arguments);
}
