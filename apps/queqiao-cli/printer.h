#pragma once

#include <string_view>

#include "message.h"
#include "xmpp/xep/roster.h"

// One line each on standard output. What others wrote cannot move the cursor, forge a line or turn the text around:
// control characters and bidirectional overrides are escaped.
namespace queqiao::cli {

void print_message(const Message& message, bool is_json);
void print_contact(const xmpp::RosterEntry& contact, bool is_json);
void print_note(std::string_view text);  // for people, on standard error

}  // namespace queqiao::cli
