#include "setting_keys.h"

#include <fmt/format.h>

#include <chrono>
#include <limits>

#include "net/address.h"
#include "xmpp/jid.h"

namespace queqiao::daemon {
namespace {

using Problem = std::optional<std::string>;

template <class Access>
SettingKey number(std::string_view section, std::string_view name, Access access, std::int64_t least, std::int64_t most,
                  std::string_view help) {
  auto allowed = fmt::format("a number from {} to {}", least, most);
  auto set = [access, least, most, allowed](Settings& settings, const SettingValue& value) -> Problem {
    const auto* given = std::get_if<std::int64_t>(&value);
    if (!given || *given < least || *given > most) return allowed;
    auto& field = access(settings);
    field = static_cast<std::remove_reference_t<decltype(field)>>(*given);
    return std::nullopt;
  };
  auto get = [access](const Settings& settings) -> SettingValue {
    return static_cast<std::int64_t>(access(const_cast<Settings&>(settings)));
  };
  return {section, name, help, std::move(allowed), std::move(get), std::move(set)};
}

template <class Access>
SettingKey seconds(std::string_view section, std::string_view name, Access access, std::int64_t least,
                   std::int64_t most, std::string_view help) {
  auto allowed = fmt::format("a number of seconds from {} to {}", least, most);
  auto set = [access, least, most, allowed](Settings& settings, const SettingValue& value) -> Problem {
    const auto* given = std::get_if<std::int64_t>(&value);
    if (!given || *given < least || *given > most) return allowed;
    access(settings) = std::chrono::seconds(*given);
    return std::nullopt;
  };
  auto get = [access](const Settings& settings) -> SettingValue {
    return static_cast<std::int64_t>(access(const_cast<Settings&>(settings)).count());
  };
  return {section, name, help, std::move(allowed), std::move(get), std::move(set)};
}

template <class Access>
SettingKey flag(std::string_view section, std::string_view name, Access access, std::string_view help) {
  auto set = [access](Settings& settings, const SettingValue& value) -> Problem {
    const auto* given = std::get_if<bool>(&value);
    if (!given) return "true or false";
    access(settings) = *given;
    return std::nullopt;
  };
  auto get = [access](const Settings& settings) -> SettingValue { return access(const_cast<Settings&>(settings)); };
  return {section, name, help, "true or false", std::move(get), std::move(set)};
}

template <class Access>
SettingKey text(std::string_view section, std::string_view name, Access access, std::string_view help) {
  const std::string allowed = "a string of at most 200 bytes";
  auto set = [access, allowed](Settings& settings, const SettingValue& value) -> Problem {
    const auto* given = std::get_if<std::string>(&value);
    if (!given || given->size() > 200) return allowed;
    access(settings) = *given;
    return std::nullopt;
  };
  auto get = [access](const Settings& settings) -> SettingValue { return access(const_cast<Settings&>(settings)); };
  return {section, name, help, allowed, std::move(get), std::move(set)};
}

template <class Access>
SettingKey path(std::string_view section, std::string_view name, Access access, std::string_view help) {
  auto set = [access](Settings& settings, const SettingValue& value) -> Problem {
    const auto* given = std::get_if<std::string>(&value);
    if (!given) return "a path as a string";
    access(settings) = *given;
    return std::nullopt;
  };
  auto get = [access](const Settings& settings) -> SettingValue {
    return access(const_cast<Settings&>(settings)).string();
  };
  return {section, name, help, "a path as a string", std::move(get), std::move(set)};
}

template <class Access>
SettingKey addresses(std::string_view section, std::string_view name, Access access, std::string_view help) {
  constexpr std::string_view allowed =
      "a list of \"host:port\", such as [\"*:5222\"] or [\"127.0.0.1:5222\", \"[::1]:5222\"]";
  auto set = [access, allowed](Settings& settings, const SettingValue& value) -> Problem {
    const auto* given = std::get_if<std::vector<std::string>>(&value);
    if (!given) return std::string(allowed);
    for (const auto& text : *given) {
      if (!net::HostPort::parse(text)) return std::string(allowed);
    }
    access(settings) = *given;
    return std::nullopt;
  };
  auto get = [access](const Settings& settings) -> SettingValue { return access(const_cast<Settings&>(settings)); };
  return {section, name, help, std::string(allowed), std::move(get), std::move(set)};
}

// A text out of a few, kept as an enumeration in the order of `names`.
template <class Access>
SettingKey choice(std::string_view section, std::string_view name, Access access, std::vector<std::string> names,
                  std::string_view help) {
  const std::string allowed = fmt::format("one of \"{}\"", fmt::join(names, "\", \""));
  auto set = [access, names, allowed](Settings& settings, const SettingValue& value) -> Problem {
    const auto* given = std::get_if<std::string>(&value);
    for (std::size_t i = 0; given && i < names.size(); ++i) {
      if (names[i] != *given) continue;
      auto& field = access(settings);
      field = static_cast<std::remove_reference_t<decltype(field)>>(i);
      return std::nullopt;
    }
    return allowed;
  };
  auto get = [access, names](const Settings& settings) -> SettingValue {
    return names[static_cast<std::size_t>(access(const_cast<Settings&>(settings)))];
  };
  return {section, name, help, allowed, std::move(get), std::move(set)};
}

SettingKey domain_key() {
  auto set = [](Settings& settings, const SettingValue& value) -> Problem {
    const auto* given = std::get_if<std::string>(&value);
    const auto normal = given ? xmpp::normalize_domain(*given) : std::nullopt;
    if (!normal) return "a domain name, such as \"chat.example.org\"";
    settings.server.domain = *normal;
    return std::nullopt;
  };
  return {"server",
          "domain",
          "What stands behind the @ of every address. It cannot be changed later.",
          "a domain name, such as \"chat.example.org\"",
          [](const Settings& settings) -> SettingValue { return settings.server.domain; },
          std::move(set)};
}

template <class Access>
SettingKey days(std::string_view section, std::string_view name, Access access, std::string_view help) {
  const std::string allowed = "a number of days from 0 (for ever) to 36500";
  auto set = [access, allowed](Settings& settings, const SettingValue& value) -> Problem {
    const auto* count = std::get_if<std::int64_t>(&value);
    if (!count || *count < 0 || *count > 36'500) return allowed;
    access(settings).reset();
    if (*count > 0) access(settings) = std::chrono::hours(24 * *count);
    return std::nullopt;
  };
  auto get = [access](const Settings& settings) -> SettingValue {
    const auto keep = access(const_cast<Settings&>(settings));
    return keep ? static_cast<std::int64_t>(keep->count() / 24) : std::int64_t{0};
  };
  return {section, name, help, allowed, std::move(get), std::move(set)};
}

SettingKey at_start(SettingKey key) {
  key.needs_restart = true;
  return key;
}

#define FIELD(path)           \
  [](Settings & s) -> auto& { \
    return s.path;            \
  }

void add_server_keys(std::vector<SettingKey>& keys) {
  keys.push_back(at_start(domain_key()));
  keys.push_back(
      at_start(path("server", "data_dir", FIELD(data_dir), "Where everything is kept. Made when it is missing.")));
  keys.push_back(
      at_start(number("server", "shards", FIELD(shards), 0, 256, "Threads that serve clients; 0: one per core.")));
  keys.push_back(choice("server", "log_level", FIELD(log_level), {"debug", "info", "warning", "error", "off"},
                        "What is worth a line on standard error."));
  keys.push_back(at_start(
      addresses("listen", "c2s", FIELD(c2s),
                "Clients that begin in the clear and switch to TLS (STARTTLS). When neither this nor c2s_tls is\n"
                "set, it is [\"*:5222\"] and c2s_tls [\"*:5223\"].")));
  keys.push_back(at_start(addresses("listen", "c2s_tls", FIELD(c2s_tls), "Clients that begin with TLS (XEP-0368).")));
  keys.push_back(
      at_start(addresses("listen", "http", FIELD(http),
                         "HTTP without TLS: for a proxy on this machine. When no address of any kind is set, it is\n"
                         "[\"127.0.0.1:5280\"] and https [\"*:5443\"]; otherwise nothing.")));
  keys.push_back(at_start(addresses("listen", "https", FIELD(https), "HTTP with TLS: uploaded files.")));
  keys.push_back(at_start(
      path("tls", "certificate", FIELD(certificate),
           "PEM file with the certificate and its chain. Empty: certificate.pem in data_dir, self-signed and made\n"
           "when it is missing. A changed file is read within a minute, or at once on SIGHUP.")));
  keys.push_back(at_start(
      path("tls", "key", FIELD(certificate_key), "PEM file with its private key. Empty: key.pem in data_dir.")));
  keys.push_back(flag("tls", "required", FIELD(server.requires_tls), "Nobody logs in or registers without TLS."));
  keys.push_back(
      flag("tls", "trust_loopback", FIELD(server.trusts_loopback),
           "Clients from loopback addresses go without TLS, may use PLAIN, and have no rate limits: for a proxy on\n"
           "this machine and for benchmarks."));
}

void add_limit_keys(std::vector<SettingKey>& keys) {
  keys.push_back(seconds("limits", "login_seconds", FIELD(server.login_timeout), 1, 3600,
                         "From the connection to the bound resource."));
  keys.push_back(number("limits", "login_attempts", FIELD(server.login_attempts), 1, 100,
                        "Failed log-ins on one connection before it is closed."));
  keys.push_back(number("limits", "stanza_bytes_before_login", FIELD(server.before_login.element_bytes), 1024, 1 << 20,
                        "Largest element before log-in."));
  keys.push_back(number("limits", "stanza_bytes", FIELD(server.after_login.element_bytes), 10'000, 16 << 20,
                        "Largest stanza after log-in (RFC 6120 13.12 wants at least 10000)."));
  keys.push_back(
      number("limits", "stanza_depth", FIELD(server.after_login.depth), 8, 1024, "Deepest nesting of a stanza."));
  keys.push_back(number("limits", "stanza_elements", FIELD(server.after_login.elements), 16, 1 << 20,
                        "Most elements in a stanza."));
  keys.push_back(number("limits", "sessions_per_user", FIELD(server.sessions_per_user), 1, 1000,
                        "The oldest session of an account ends when one more logs in."));
  keys.push_back(number("limits", "connections_per_address", FIELD(server.connections_per_address), 1, 1'000'000,
                        "Connections at once from one IPv4 address or one IPv6 network of 64 bits."));
  keys.push_back(number("limits", "strangers_per_address", FIELD(server.strangers_per_address), 1, 1'000'000,
                        "Those among them that have not logged in."));
  keys.push_back(
      number("limits", "failed_logins_per_address", FIELD(server.failed_logins_per_address), 0, 1'000'000,
             "Wrong passwords from there within failed_login_seconds; beyond, nobody from there logs in for a\n"
             "while. 0: no limit."));
  keys.push_back(seconds("limits", "failed_login_seconds", FIELD(server.failed_login_window), 1, 86'400,
                         "How long a wrong password counts."));
  keys.push_back(number("limits", "bytes_per_second", FIELD(server.bytes_per_second), 0, 1 << 30,
                        "What one client may send on average; 0: no limit. A faster one is read more slowly."));
  keys.push_back(number("limits", "burst_bytes", FIELD(server.burst_bytes), 1024, 1 << 30,
                        "What it may send at once after a pause."));
  keys.push_back(number("limits", "uncommitted_stanzas", FIELD(server.uncommitted_stanzas), 1, 100'000,
                        "Messages of one client that wait for the disk; beyond, it is not read from."));
  keys.push_back(
      at_start(number("limits", "output_bytes", FIELD(connections.hard_limit), 1 << 16, 1 << 30,
                      "What may wait for one client that does not read; beyond, its connection is closed.")));
  keys.push_back(seconds("limits", "idle_ping_seconds", FIELD(server.idle_ping), 10, 86'400,
                         "A silent client is asked after so long; without an answer in the same time it is gone."));
  keys.push_back(number("limits", "held_stanzas", FIELD(server.held_stanzas), 1, 100'000,
                        "Presences and notices that wait for one inactive client (XEP-0352); beyond, all go out."));
  keys.push_back(seconds("limits", "retraction_seconds", FIELD(server.retraction_limit), 0, 1 << 30,
                         "How long people can take back what they have sent (XEP-0424); "
                         "0: for ever, among a chat's newest 2,000."));
  keys.push_back(number("limits", "retractions_per_hour", FIELD(server.retractions_per_hour), 1, 1'000'000,
                        "Messages that one account may take back."));
  keys.push_back(seconds("limits", "attention_seconds", FIELD(server.attention_interval), 0, 86'400,
                         "Before somebody can shake the window of the same person again (XEP-0224); 0: at once."));
  keys.push_back(seconds("resumption", "seconds", FIELD(server.resumption_timeout), 0, 86'400,
                         "How long a client that lost its connection may resume its session (XEP-0198)."));
  keys.push_back(
      number("resumption", "stanzas", FIELD(server.unacknowledged_stanzas), 10, 1'000'000,
             "Stanzas kept for a client until it acknowledges them; beyond, the session ends and the archive serves\n"
             "the rest."));
  keys.push_back(number("resumption", "bytes", FIELD(server.unacknowledged_bytes), 1 << 16, 1 << 30,
                        "The same in bytes. All of it goes out at once on resumption: keep it below output_bytes."));
}

void add_registration_and_people_keys(std::vector<SettingKey>& keys) {
  keys.push_back(
      flag("registration", "open", FIELD(server.has_open_registration), "Anyone may make an account in band."));
  keys.push_back(number("registration", "per_hour", FIELD(server.registrations_per_hour), 1, 1'000'000,
                        "New accounts per hour from one address."));
  keys.push_back(number("registration", "first_number", FIELD(server.first_number), 10'000, 1'000'000'000'000,
                        "The lowest number that is proposed to people who want a number for a name."));
  keys.push_back(number("registration", "scram_iterations", FIELD(server.scram_iterations), 4096, 10'000'000,
                        "Cost of guessing a password from a stolen database; clients pay it at log-in."));
  keys.push_back(number("people", "roster_items", FIELD(server.roster_items), 10, 100'000, "Contacts of one account."));
  keys.push_back(
      number("people", "roster_removals", FIELD(server.roster_removals), 1, 100'000,
             "Removed contacts of one account that are remembered, so that a client with an older roster hears of\n"
             "them; beyond, it gets the whole roster."));
  keys.push_back(number("people", "roster_name_bytes", FIELD(server.roster_name_bytes), 64, 65'536,
                        "A contact's name, or the name of one group."));
  keys.push_back(number("people", "roster_groups", FIELD(server.roster_groups), 1, 10'000, "Groups of one contact."));
  keys.push_back(number("people", "request_bytes", FIELD(server.request_bytes), 256, 1 << 20,
                        "One request to be a contact, with its greeting."));
  keys.push_back(number("people", "directed_presences", FIELD(server.directed_presences), 1, 100'000,
                        "Addresses that one session shows itself to beside its contacts."));
  keys.push_back(
      number("people", "presence_bytes", FIELD(server.presence_bytes), 1024, 1 << 20, "One presence to all contacts."));
  keys.push_back(number("people", "private_elements", FIELD(server.private_elements), 1, 100'000,
                        "Elements of private storage of one account."));
  keys.push_back(number("people", "bookmarks", FIELD(server.bookmarks), 10, 10'000,
                        "Bookmarks of one account that clients with private storage may have (XEP-0048)."));
  keys.push_back(text("people", "shown_os", FIELD(server.shown_os),
                      "What clients are told when they ask for the operating system; empty: nothing."));
  keys.push_back(number("people", "pending_requests", FIELD(server.pending_requests), 1, 100'000,
                        "Unanswered requests to be a contact, per account."));
  keys.push_back(
      number("people", "blocked", FIELD(server.blocked_jids), 1, 100'000, "Blocked addresses of one account."));
  keys.push_back(number("people", "private_bytes", FIELD(server.private_bytes), 1024, 8 << 20,
                        "One element of private storage, one profile."));
  keys.push_back(number("people", "searches_per_minute", FIELD(server.searches_per_minute), 1, 1'000'000,
                        "Searches for people by one account (XEP-0055); every page counts."));
  keys.push_back(
      number("people", "search_page", FIELD(server.search_page), 1, 1000, "Most people in one answer to a search."));
}

void add_pep_keys(std::vector<SettingKey>& keys) {
  keys.push_back(number("pep", "nodes", FIELD(server.pep_nodes), 10, 10'000,
                        "Nodes of one account: avatar, nickname, bookmarks and the like."));
  keys.push_back(number("pep", "items", FIELD(server.pep_items), 1, 1'000'000,
                        "Items of one node; what clients get that ask for as many as possible."));
  keys.push_back(number("pep", "item_bytes", FIELD(server.pep_item_bytes), 1024, 8 << 20, "One item."));
  keys.push_back(
      number("pep", "bytes", FIELD(server.pep_bytes), 64 << 10, std::int64_t{1} << 40, "All items of one account."));
  keys.push_back(number("pep", "answer_bytes", FIELD(server.pep_answer_bytes), 64 << 10, 64 << 20,
                        "A list of items ends before it has more."));
  keys.push_back(number("pep", "subscribers", FIELD(server.pep_subscribers), 1, 100'000,
                        "Subscribers of one node besides contacts; as many are on its whitelist."));
  keys.push_back(number("pep", "known_capabilities", FIELD(server.known_capabilities), 10, 1'000'000,
                        "Kinds of client software whose abilities are remembered, per shard."));
}

void add_archive_and_storage_keys(std::vector<SettingKey>& keys) {
  keys.push_back(at_start(flag("archive", "enabled", FIELD(server.has_archive),
                               "Conversations are kept. Without, only what waits for somebody who is offline is.")));
  keys.push_back(
      at_start(flag("archive", "search", FIELD(server.has_archive_search),
                    "People can search their history (XEP-0431). Keeps an index beside the messages; switching it off\n"
                    "removes that, switching it on makes it anew while the server works.")));
  keys.push_back(
      days("archive", "keep_days", FIELD(server.archive_keep), "Older messages are removed; 0 keeps them for ever."));
  keys.push_back(number("archive", "messages_per_user", FIELD(server.archive_messages_per_user), 0,
                        std::numeric_limits<std::int64_t>::max() / 2, "The oldest go first beyond; 0: no limit."));
  keys.push_back(
      number("archive", "page", FIELD(server.archive_page), 1, 1000, "Messages in an answer when none are asked for."));
  keys.push_back(
      number("archive", "page_max", FIELD(server.archive_page_max), 1, 10'000, "Most messages in one answer."));
  keys.push_back(number("archive", "page_bytes", FIELD(server.archive_page_bytes), 64 << 10, 64 << 20,
                        "An answer ends before it has more."));
  keys.push_back(number("archive", "preferences", FIELD(server.archive_preferences), 1, 100'000,
                        "Addresses in one account's archiving preferences."));
  keys.push_back(number("archive", "offline_batch", FIELD(server.offline_batch), 1, 10'000,
                        "Messages that are read at once for somebody who was offline."));
  keys.push_back(at_start(choice("storage", "durability", FIELD(storage.durability), {"full", "normal"},
                                 "full: what was acknowledged survives a power cut. normal: it survives kill -9.")));
  keys.push_back(at_start(number("storage", "cache_bytes", FIELD(storage.writer_cache_bytes), 1 << 20,
                                 std::int64_t{64} << 30, "Memory of the writing thread for pages of the database.")));
  keys.push_back(
      at_start(number("storage", "readers", FIELD(storage.readers), 1, 64, "Threads that read the database.")));
}

void add_http_keys(std::vector<SettingKey>& keys) {
  constexpr std::int64_t most_bytes = std::int64_t{1} << 50;
  keys.push_back(at_start(
      text("http", "public_url", FIELD(public_url),
           "What stands before every path in addresses that are given out, such as \"https://files.example\" behind a\n"
           "proxy. Empty: https, the domain, and the port of the first https.")));
  keys.push_back(
      at_start(number("http", "connections_per_address", FIELD(http_limits.connections_per_address), 1, 100'000,
                      "Connections of HTTP from one address at a time; with trust_loopback not those from loopback.")));
  keys.push_back(at_start(seconds("http", "header_seconds", FIELD(http_limits.header_timeout), 1, 3600,
                                  "From a request's first byte to the end of its head.")));
  keys.push_back(at_start(seconds("http", "idle_seconds", FIELD(http_limits.idle_timeout), 1, 3600,
                                  "How long a connection waits for its next request.")));
  keys.push_back(
      at_start(number("http", "bytes_per_second", FIELD(http_limits.bytes_per_second), 0, 1 << 30,
                      "A file that comes or goes more slowly on average of ten seconds is broken off; 0: none is.")));
  keys.push_back(at_start(number("upload", "file_bytes", FIELD(server.upload_bytes), 1, most_bytes, "Largest file.")));
  keys.push_back(number("upload", "quota_bytes", FIELD(server.upload_quota_bytes), 1, most_bytes,
                        "All files of one account together."));
  keys.push_back(number("upload", "quota_files", FIELD(server.upload_quota_files), 1, 1'000'000'000,
                        "How many files one account may have."));
  keys.push_back(at_start(
      days("upload", "keep_days", FIELD(server.upload_keep), "Older files are removed; 0 keeps them for ever.")));
  keys.push_back(
      at_start(seconds("upload", "slot_seconds", FIELD(server.upload_slot), 10, 86'400,
                       "How long a client may wait before it uploads, and before it goes on after a break.")));
  keys.push_back(at_start(number("upload", "free_bytes", FIELD(server.upload_disk_reserve), 0, most_bytes,
                                 "Uploads are refused when the disk would have less left than this.")));
}

#undef FIELD

}  // namespace

std::string text_of(const SettingValue& value) {
  if (const auto* is_set = std::get_if<bool>(&value)) return *is_set ? "true" : "false";
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  if (const auto* text = std::get_if<std::string>(&value)) return fmt::format("\"{}\"", *text);
  const auto& list = std::get<std::vector<std::string>>(value);
  return list.empty() ? "[]" : fmt::format("[\"{}\"]", fmt::join(list, "\", \""));
}

const std::vector<SettingKey>& setting_keys() {
  static const std::vector<SettingKey> keys = [] {
    std::vector<SettingKey> all;
    add_server_keys(all);
    add_limit_keys(all);
    add_registration_and_people_keys(all);
    add_pep_keys(all);
    add_archive_and_storage_keys(all);
    add_http_keys(all);
    return all;
  }();
  return keys;
}

std::string example_config() {
  const Settings defaults;
  std::string out = "# Queqiao: every key with its default. A line that stays commented out changes nothing.\n";
  std::string_view section;
  for (const auto& key : setting_keys()) {
    if (key.section != section) out += fmt::format("\n[{}]\n", section = key.section);
    std::string help = "\n# ";
    for (const char c : key.help) help += c == '\n' ? std::string("\n# ") : std::string(1, c);
    out += fmt::format("{}\n# Allowed: {}.{}\n# {} = {}\n", help, key.allowed,
                       key.needs_restart ? " Needs a restart." : "", key.name, text_of(key.get(defaults)));
  }
  return out;
}

}  // namespace queqiao::daemon
