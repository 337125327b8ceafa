#include "options.h"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <iostream>
#include <iterator>

#include "base/encoding.h"
#include "base/text.h"
#include "secrets.h"

namespace queqiao::cli {
namespace {

// The texts as they were given, before they are checked.
struct Texts {
  std::string account, peer, password, password_file, new_password_file, pin, state_dir;
  std::vector<std::string> words, fields;
  std::string tls = "starttls";
};

// What is wrong with the command line, in words for its author.
struct UsageError {
  std::string text;
};

xmpp::Jid read_jid(const std::string& text, bool wants_local) {
  auto jid = xmpp::Jid::parse(text);
  if (!jid || (wants_local && jid->is_domain()))
    throw UsageError{"'" + text + "' is not an address like juliet@example.org"};
  return *std::move(jid);
}

std::filesystem::path default_state_dir() {
  if (const char* state = std::getenv("XDG_STATE_HOME"); state && *state)
    return std::filesystem::path(state) / "queqiao-cli";
  const char* home = std::getenv("HOME");
  return std::filesystem::path(home ? home : ".") / ".local/state/queqiao-cli";
}

// Accepts the ways in which tools print fingerprints: with or without colons, in either case.
std::string read_pin(const std::string& text) {
  std::string digits;
  std::copy_if(text.begin(), text.end(), std::back_inserter(digits), [](char c) { return c != ':' && c != ' '; });
  const auto bytes = hex_decode(digits);
  if (!bytes || bytes->size() != 32) throw UsageError{"--pin wants a SHA-256 fingerprint: 64 hexadecimal digits"};
  return hex_encode(*bytes);
}

TlsUse read_tls(const Options& options, const std::string& text) {
  if (text == "direct") return TlsUse::direct;
  if (text == "starttls") return TlsUse::starttls;
  if (options.host != "127.0.0.1" && options.host != "::1" && options.host != "localhost") {
    throw UsageError{"--tls none is for this machine only: give --host localhost"};
  }
  return TlsUse::none;
}

void read_connection(Options& options, const Texts& texts) {
  options.account = read_jid(texts.account, true);
  if (options.host.empty()) options.host = options.account.domain();
  options.tls = read_tls(options, texts.tls);
  if (options.port == 0) options.port = options.tls == TlsUse::direct ? 5223 : 5222;
  if (!texts.pin.empty()) options.pin = read_pin(texts.pin);
  options.pins_file = (texts.state_dir.empty() ? default_state_dir() : std::filesystem::path(texts.state_dir)) / "pins";
}

void read_command(Options& options, const Texts& texts) {
  if (!texts.peer.empty()) options.peer = read_jid(texts.peer, false);
  for (const auto& field : texts.fields) {
    const auto equals = field.find('=');
    if (equals == std::string::npos) throw UsageError{"--field wants NAME=VALUE"};
    options.fields.emplace(field.substr(0, equals), field.substr(equals + 1));
  }
  for (const auto& word : texts.words) options.text += (options.text.empty() ? "" : " ") + word;
  if (options.command == CommandKind::send && options.text == "-") {
    options.text.assign(std::istreambuf_iterator<char>(std::cin), {});
    while (!options.text.empty() && options.text.back() == '\n') options.text.pop_back();
  }
  if (!is_utf8(options.text)) throw UsageError{"the text is not UTF-8"};
  if (options.command == CommandKind::send && options.text.empty()) throw UsageError{"there is nothing to send"};
}

void read_passwords(Options& options, const Texts& texts) {
  const auto password = find_password(texts.password, texts.password_file, "QUEQIAO_PASSWORD", "Password: ");
  if (!password) throw UsageError{"no password: " + password.error().message};
  options.password = *password;
  if (options.command != CommandKind::passwd) return;
  const auto next = find_password({}, texts.new_password_file, "QUEQIAO_NEW_PASSWORD", "New password: ");
  if (!next) throw UsageError{"no new password: " + next.error().message};
  options.new_password = *next;
}

void describe_connection(CLI::App& app, Options& options, Texts& texts) {
  app.add_option("-a,--account", texts.account, "your address, name@domain")->envname("QUEQIAO_ACCOUNT")->required();
  app.add_option("--password", texts.password, "visible to others on this machine; better use one of the next two");
  app.add_option("--password-file", texts.password_file, "its first line is the password (or set QUEQIAO_PASSWORD)");
  app.add_option("--host", options.host, "server to connect to (default: the address's domain)");
  app.add_option("--port", options.port, "default: 5222, or 5223 with --tls direct");
  app.add_option("--tls", texts.tls)->check(CLI::IsMember({"starttls", "direct", "none"}))->capture_default_str();
  app.add_flag("--insecure-trust", options.trusts_first_use,
               "trust an unknown certificate now, and later only the same one");
  app.add_option("--pin", texts.pin, "trust only the certificate with this SHA-256 fingerprint");
  app.add_option("--state-dir", texts.state_dir, "where trusted fingerprints are kept");
  app.add_option_function<int>(
         "--timeout", [&](int seconds) { options.timeout = std::chrono::seconds(seconds); },
         "seconds to wait for the end of a command (default: 60)")
      ->check(CLI::PositiveNumber);
}

CLI::App* add_command(CLI::App& app, Options& options, CommandKind kind, const char* name, const char* help) {
  auto* command = app.add_subcommand(name, help)->fallthrough();
  command->callback([&options, kind] { options.command = kind; });
  return command;
}

void describe_commands(CLI::App& app, Options& options, Texts& texts) {
  auto* enroll = add_command(app, options, CommandKind::enroll, "register", "make the account");
  enroll->add_option("--field", texts.fields, "answer to another question of the server: NAME=VALUE");
  auto* chat = add_command(app, options, CommandKind::chat, "chat", "talk to someone, line by line");
  chat->add_option("jid", texts.peer)->required();
  auto* send =
      add_command(app, options, CommandKind::send, "send", "send one message; succeeds once the server has it");
  send->add_option("jid", texts.peer)->required();
  send->add_option("text", texts.words, "the message, or - for standard input")->required();
  auto* listen = add_command(app, options, CommandKind::listen, "listen", "print messages as they come");
  auto* history = add_command(app, options, CommandKind::history, "history", "print old messages");
  history->add_option("jid", texts.peer, "only those with this address");
  history->add_option("--limit", options.limit)->check(CLI::Range(1, 10'000))->capture_default_str();
  history->add_option("--before", options.before, "an archive id or a time such as 2026-01-31T12:00:00Z");
  history->add_option("--after", options.after, "the same");
  for (auto* command : {chat, listen, history}) {
    command->add_flag("--json", options.is_json, "one JSON object per line");
  }
  add_command(app, options, CommandKind::roster, "roster", "print the contacts")->add_flag("--json", options.is_json);
  auto* add = add_command(app, options, CommandKind::add, "add", "add a contact and ask to see when they are online");
  add->add_option("jid", texts.peer)->required();
  add->add_option("greeting", texts.words);
  add->add_option("--name", options.contact_name);
  add->add_option("--group", options.groups, "may be given several times")->allow_extra_args(false);
  auto* passwd = add_command(app, options, CommandKind::passwd, "passwd", "change the password");
  passwd->add_option("--new-password-file", texts.new_password_file, "or set QUEQIAO_NEW_PASSWORD");
}

}  // namespace

ParsedOptions parse_options(int argc, char** argv) {
  Options options;
  Texts texts;
  CLI::App app("Terminal client for XMPP chat servers", "queqiao-cli");
  app.set_version_flag("--version", QUEQIAO_VERSION);
  app.require_subcommand(1);
  describe_connection(app, options, texts);
  describe_commands(app, options, texts);
  try {
    app.parse(argc, argv);
    read_connection(options, texts);
    read_command(options, texts);
    read_passwords(options, texts);
    return {std::move(options), ExitCode::done};
  } catch (const CLI::ParseError& error) {
    return {std::nullopt, app.exit(error) == 0 ? ExitCode::done : ExitCode::usage};
  } catch (const UsageError& error) {
    std::cerr << "queqiao-cli: " << error.text << '\n';
    return {std::nullopt, ExitCode::usage};
  }
}

}  // namespace queqiao::cli
