#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "xml/element.h"
#include "xml/writer.h"

// What messages say about the conversation rather than in it: XEP-0085 Chat State Notifications 2.1, XEP-0184 Message
// Delivery Receipts 1.4, XEP-0333 Displayed Markers 1.0, XEP-0224 Attention 1.0. Each write adds a child to a message
// that the caller has begun. Pure functions: any thread.
namespace queqiao::xmpp {

namespace ns {
inline constexpr std::string_view attention = "urn:xmpp:attention:0";
}

enum class ChatState : unsigned char { active, composing, paused, inactive, gone };
std::optional<ChatState> read_chat_state(const xml::Element& message);
void write_chat_state(xml::Writer& writer, ChatState state);

// XEP-0184: the sender wants to hear that the message has arrived. 5.4: it must have an id, and is no error.
bool asks_for_receipt(const xml::Element& message);
void write_receipt_request(xml::Writer& writer);
// The id of the message that has arrived; empty when this is no receipt.
std::string_view receipt_of(const xml::Element& message);
void write_receipt(xml::Writer& writer, std::string_view id);

// XEP-0333: everything up to the message `id` was displayed. Version 1.0 has no other marker; the two of before are
// read.
enum class MarkerKind : unsigned char { received, displayed, acknowledged };
struct ChatMarker {
  MarkerKind kind = MarkerKind::displayed;
  std::string id;

  static std::optional<ChatMarker> find(const xml::Element& message);
  void write(xml::Writer& writer) const;
};
bool is_markable(const xml::Element& message);
void write_markable(xml::Writer& writer);

// XEP-0224: shake the window. Business rule 3: false for what comes late (XEP-0203), since it is an event of the
// moment.
bool wants_attention(const xml::Element& message);
void write_attention(xml::Writer& writer);

}  // namespace queqiao::xmpp
