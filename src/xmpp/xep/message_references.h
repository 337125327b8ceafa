#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/event_loop.h"
#include "xml/element.h"
#include "xml/writer.h"
#include "xmpp/jid.h"

// Messages about other messages: XEP-0308 Last Message Correction 1.2, XEP-0424 Message Retraction 0.4.2, XEP-0444
// Message Reactions 0.2, XEP-0461 Message Replies 0.2, with the fallback texts of XEP-0428 0.2. They name the other
// message by the 'id' of its stanza (in a room by the room's stanza-id). Whether its sender may change it is for the
// reader to compare: correction and retraction count from the same bare JID alone. Each write adds a child to a message
// that the caller has begun. Pure functions: any thread.
namespace queqiao::xmpp {

namespace ns {
inline constexpr std::string_view correction = "urn:xmpp:message-correct:0";
inline constexpr std::string_view retraction = "urn:xmpp:message-retract:1";
inline constexpr std::string_view retraction_tombstone = "urn:xmpp:message-retract:1#tombstone";  // a feature
inline constexpr std::string_view reactions = "urn:xmpp:reactions:0";
inline constexpr std::string_view replies = "urn:xmpp:reply:0";
inline constexpr std::string_view fallback = "urn:xmpp:fallback:0";
}  // namespace ns

// The id of the message that `message` replaces; empty when it corrects none.
std::string_view corrected_id(const xml::Element& message);
void write_correction(xml::Writer& writer, std::string_view id);

// The id of the message that `message` takes back; empty when it takes back none.
std::string_view retracted_id(const xml::Element& message);
// Adds `text` as the body for clients that know no retraction, marked as that, and the hint to store it (3).
void write_retraction(xml::Writer& writer, std::string_view id, std::string_view text);

// What an archive has in the place of the content of a message that was taken back (4).
struct Tombstone {
  std::string retraction_id;      // 'id' of the message that took it back; may be empty
  std::optional<WallTime> stamp;  // when

  static std::optional<Tombstone> find(const xml::Element& message);
  void write(xml::Writer& writer) const;
};

// All reactions that the sender has to the message `id` from now on; none takes back those of before.
struct Reactions {
  static constexpr std::size_t most = 20;  // further ones of one message are not read

  std::string id;
  std::vector<std::string> emojis;  // each once; what the sender calls one, it may be any text

  static std::optional<Reactions> find(const xml::Element& message);
  void write(xml::Writer& writer) const;
};

struct ReplyTo {
  std::string id;
  std::optional<Jid> author;  // of the message that is replied to

  static std::optional<ReplyTo> find(const xml::Element& message);
  void write(xml::Writer& writer) const;
};

// XEP-0428: marks the first `characters` (code points) of the body as a text for clients that do not know `feature`.
// Without a number the whole body is.
void write_fallback(xml::Writer& writer, std::string_view feature, std::optional<std::size_t> characters = {});
// The body of `message` without the parts that are there for clients that do not know `feature`.
std::string body_without_fallback(const xml::Element& message, std::string_view feature);

}  // namespace queqiao::xmpp
