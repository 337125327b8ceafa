#include "settings.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "config_file.h"
#include "net/address.h"
#include "xmpp/jid.h"

namespace queqiao::daemon {
namespace {

// What the command line may say; each overrules the configuration file.
struct Given {
  std::string config, data_dir, domain;
  std::vector<std::string> c2s, c2s_tls, http, https;
  int shards = -1;
  bool has_open_registration = false, trusts_loopback = false, has_no_archive = false;
  bool is_check = false, is_print = false, is_version = false;
};

void declare(CLI::App& app, Given& given) {
  app.add_option("--config", given.config, "Configuration file (TOML); see --print-config");
  app.add_option("--data-dir", given.data_dir, "Where everything is kept (default: ./data)");
  app.add_option("--domain", given.domain, "What stands behind the @ of every address (default: localhost)");
  app.add_option("--c2s", given.c2s, "HOST:PORT for clients with STARTTLS (default: *:5222); may be given again");
  app.add_option("--c2s-tls", given.c2s_tls, "HOST:PORT for clients with direct TLS (default: *:5223)");
  app.add_option("--http", given.http, "HOST:PORT for HTTP without TLS (default: 127.0.0.1:5280); may be given again");
  app.add_option("--https", given.https, "HOST:PORT for HTTPS (default: *:5443); may be given again");
  app.add_option("--shards", given.shards, "Threads that serve clients (default: one per core)")
      ->check(CLI::Range(1, 256));
  app.add_flag("--open-registration", given.has_open_registration, "Anyone may make an account in band");
  app.add_flag("--trust-loopback", given.trusts_loopback, "Loopback clients: no TLS needed, no rate limits");
  app.add_flag("--no-archive", given.has_no_archive, "Do not keep conversations, only what waits for offline people");
  app.add_flag("--check-config", given.is_check, "Say whether the configuration is right, and stop");
  app.add_flag("--print-config", given.is_print, "Print a commented configuration file with every key, and stop");
  app.add_flag("--version", given.is_version, "Print the version, and stop");
}

// The command line's addresses stand for all of the file's of their kind. Without any at all there are the usual ports.
Result<void> apply_addresses(const Given& given, Settings& settings) {
  if (!given.c2s.empty() || !given.c2s_tls.empty()) {
    settings.c2s = given.c2s;
    settings.c2s_tls = given.c2s_tls;
  }
  if (!given.http.empty() || !given.https.empty()) {
    settings.http = given.http;
    settings.https = given.https;
  }
  const bool has_c2s = !settings.c2s.empty() || !settings.c2s_tls.empty();
  if (!has_c2s && settings.http.empty() && settings.https.empty()) {
    settings.http = {"127.0.0.1:5280"};
    settings.https = {"*:5443"};
  }
  if (!has_c2s) {
    settings.c2s = {"*:5222"};
    settings.c2s_tls = {"*:5223"};
  }
  for (const auto* list : {&settings.c2s, &settings.c2s_tls, &settings.http, &settings.https}) {
    for (const auto& text : *list) {
      if (!net::HostPort::parse(text)) return Error{ErrorCode::invalid, fmt::format("{}: this is no HOST:PORT", text)};
    }
  }
  return {};
}

Result<void> apply(const Given& given, Settings& settings) {
  if (!given.config.empty()) QUEQIAO_CHECK(read_config_file(given.config, settings));
  if (!given.data_dir.empty()) settings.data_dir = given.data_dir;
  if (!given.domain.empty()) {
    const auto domain = xmpp::normalize_domain(given.domain);
    if (!domain) return Error{ErrorCode::invalid, fmt::format("--domain {}: this is no domain name", given.domain)};
    settings.server.domain = *domain;
  }
  QUEQIAO_CHECK(apply_addresses(given, settings));
  if (given.shards > 0) settings.shards = static_cast<unsigned>(given.shards);
  settings.server.has_open_registration |= given.has_open_registration;
  settings.server.trusts_loopback |= given.trusts_loopback;
  if (given.has_no_archive) settings.server.has_archive = false;
  settings.http_limits.trusts_loopback = settings.server.trusts_loopback;
  return {};
}

}  // namespace

Result<void> check_together(const Settings& settings) {
  const auto wrong = [](std::string_view what) { return Error{ErrorCode::invalid, std::string(what)}; };
  if (settings.certificate.empty() != settings.certificate_key.empty()) {
    return wrong("'certificate' and 'key' in [tls] belong together: set both or neither");
  }
  if (settings.server.archive_page > settings.server.archive_page_max) {
    return wrong("'page' in [archive] must not be more than 'page_max'");
  }
  if (settings.server.before_login.element_bytes > settings.server.after_login.element_bytes) {
    return wrong("'stanza_bytes_before_login' in [limits] must not be more than 'stanza_bytes'");
  }
  if (settings.server.upload_bytes > settings.server.upload_quota_bytes) {
    return wrong("'file_bytes' in [upload] must not be more than 'quota_bytes'");
  }
  return {};
}

Result<CommandLine> parse_command_line(int argc, char** argv) {
  CLI::App app("queqiaod, the Queqiao chat server");
  Given given;
  declare(app, given);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& help) {
    std::exit(app.exit(help));
  } catch (const CLI::Error& error) {
    return Error{ErrorCode::invalid, fmt::format("{}\nqueqiaod --help lists what there is.", error.what())};
  }
  if (given.is_version) {
    fmt::print("queqiaod {}\n", QUEQIAO_VERSION);
    std::exit(0);
  }
  CommandLine result;
  QUEQIAO_CHECK(apply(given, result.settings));
  if (given.is_check) result.request = Request::check_config;
  if (given.is_print) result.request = Request::print_config;
  return result;
}

}  // namespace queqiao::daemon
