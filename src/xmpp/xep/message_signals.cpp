#include "xmpp/xep/message_signals.h"

#include <array>
#include <utility>

#include "xmpp/namespaces.h"

namespace queqiao::xmpp {
namespace {

constexpr std::array<std::pair<ChatState, std::string_view>, 5> chat_states{{{ChatState::active, "active"},
                                                                             {ChatState::composing, "composing"},
                                                                             {ChatState::paused, "paused"},
                                                                             {ChatState::inactive, "inactive"},
                                                                             {ChatState::gone, "gone"}}};

// The most significant first: a message has one, but a careless sender may write two.
constexpr std::array<std::pair<MarkerKind, std::string_view>, 3> markers{{{MarkerKind::acknowledged, "acknowledged"},
                                                                          {MarkerKind::displayed, "displayed"},
                                                                          {MarkerKind::received, "received"}}};

}  // namespace

std::optional<ChatState> read_chat_state(const xml::Element& message) {
  for (const auto& [state, name] : chat_states) {
    if (message.child(name, ns::chat_states)) return state;
  }
  return std::nullopt;
}

void write_chat_state(xml::Writer& writer, ChatState state) {
  for (const auto& [other, name] : chat_states) {
    if (other == state) writer.open(name, ns::chat_states).close();
  }
}

bool asks_for_receipt(const xml::Element& message) {
  return message.child("request", ns::receipts) && !message.attribute("id").empty() &&
         message.attribute("type") != "error";
}

void write_receipt_request(xml::Writer& writer) {
  writer.open("request", ns::receipts).close();
}

std::string_view receipt_of(const xml::Element& message) {
  return message.attribute("type") == "error" ? std::string_view()
                                              : message.child("received", ns::receipts).attribute("id");
}

void write_receipt(xml::Writer& writer, std::string_view id) {
  writer.open("received", ns::receipts).attribute("id", id).close();
}

std::optional<ChatMarker> ChatMarker::find(const xml::Element& message) {
  for (const auto& [kind, name] : markers) {
    const auto id = message.child(name, ns::chat_markers).attribute("id");
    if (!id.empty()) return ChatMarker{kind, std::string(id)};
  }
  return std::nullopt;
}

void ChatMarker::write(xml::Writer& writer) const {
  for (const auto& [other, name] : markers) {
    if (other == kind) writer.open(name, ns::chat_markers).attribute("id", id).close();
  }
}

bool is_markable(const xml::Element& message) {
  return message.child("markable", ns::chat_markers) && !message.attribute("id").empty();
}

void write_markable(xml::Writer& writer) {
  writer.open("markable", ns::chat_markers).close();
}

bool wants_attention(const xml::Element& message) {
  return message.child("attention", ns::attention) && !message.child("delay", ns::delay) &&
         message.attribute("type") != "error";
}

void write_attention(xml::Writer& writer) {
  writer.open("attention", ns::attention).close();
}

}  // namespace queqiao::xmpp
