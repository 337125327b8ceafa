#include "printer.h"

#include <fmt/core.h>

#include <cstdio>
#include <nlohmann/json.hpp>

#include "base/log.h"
#include "base/time_text.h"

namespace queqiao::cli {
namespace {

void print_line(const std::string& line) {
  fmt::print("{}\n", line);
  std::fflush(stdout);  // a reader at the other end of a pipe sees it now
}

// Also escapes what JSON allows, since the line may end up on a terminal.
std::string to_line(const nlohmann::json& object) {
  return object.dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
}

}  // namespace

void print_message(const Message& message, bool is_json) {
  if (is_json) {
    return print_line(to_line({{"time", format_date_time(message.time)},
                               {"from", message.from},
                               {"to", message.to},
                               {"direction", message.is_outgoing ? "out" : "in"},
                               {"id", message.id},
                               {"origin_id", message.origin_id},
                               {"archive_id", message.archive_id},
                               {"body", message.body}}));
  }
  const auto time = format_date_time(std::chrono::floor<std::chrono::seconds>(message.time));
  print_line(fmt::format("{} {}{}: {}", time, log::escaped(message.from),
                         message.is_outgoing ? " -> " + log::escaped(message.to) : "", log::escaped(message.body)));
}

void print_contact(const xmpp::RosterEntry& contact, bool is_json) {
  if (is_json) {
    return print_line(to_line({{"jid", contact.jid.text()},
                               {"name", contact.name},
                               {"subscription", contact.subscription},
                               {"asking", contact.is_asking},
                               {"groups", contact.groups}}));
  }
  std::string groups;
  for (const auto& group : contact.groups) groups += " [" + log::escaped(group) + "]";
  print_line(fmt::format("{}\t{}{}\t{}{}", contact.jid.text(), contact.subscription,
                         contact.is_asking ? " (asked)" : "", log::escaped(contact.name), groups));
}

void print_note(std::string_view text) {
  fmt::print(stderr, "{}\n", text);
}

}  // namespace queqiao::cli
