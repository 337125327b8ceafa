#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

#include "base/event_loop.h"
#include "xml/element.h"
#include "xmpp/jid.h"

namespace queqiao::cli {

// A message with a text, as it is shown.
struct Message {
  WallTime time;
  std::string from, to;  // as in the stanza, with resources
  std::string body;
  std::string id;          // of the stanza
  std::string origin_id;   // of the sending client; may be empty
  std::string archive_id;  // of the own account's archive; may be empty
  bool is_outgoing = false;
};

// What `stanza` says, taking copies of other devices' messages (XEP-0280) for what they carry. Nothing for what has no
// text, such as a typing notice, and for errors.
std::optional<Message> read_message(const xml::Element& stanza, const xmpp::Jid& account, WallTime now);
// The same for the inner stanza of an archive's result.
std::optional<Message> read_plain_message(const xml::Element& stanza, const xmpp::Jid& account, WallTime now);

// A <message/> with a new id, which is its origin-id, too (XEP-0359): a repetition can be told from a second message.
std::string write_message(const xmpp::Jid& to, std::string_view body, std::string_view id);

// Knows the messages that were shown lately, so that none is shown twice when the server sends it again.
class SeenMessages {
 public:
  bool add(const Message& message);  // false when it has been seen

 private:
  static constexpr std::size_t capacity = 10'000;  // ids; the oldest are forgotten

  bool add(std::string key);

  std::unordered_set<std::string> keys_;
  std::deque<std::string> order_;
};

}  // namespace queqiao::cli
