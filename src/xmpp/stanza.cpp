#include "xmpp/stanza.h"

#include <array>
#include <utility>

#include "xml/writer.h"
#include "xmpp/namespaces.h"

namespace queqiao::xmpp {
namespace {

struct ConditionRow {
  std::string_view name;
  ErrorType type;
};

// In the order of StanzaCondition; types from RFC 6120 8.3.3.
constexpr std::array<ConditionRow, 22> conditions{{
    {"bad-request", ErrorType::modify},
    {"conflict", ErrorType::cancel},
    {"feature-not-implemented", ErrorType::cancel},
    {"forbidden", ErrorType::auth},
    {"gone", ErrorType::cancel},
    {"internal-server-error", ErrorType::cancel},
    {"item-not-found", ErrorType::cancel},
    {"jid-malformed", ErrorType::modify},
    {"not-acceptable", ErrorType::modify},
    {"not-allowed", ErrorType::cancel},
    {"not-authorized", ErrorType::auth},
    {"policy-violation", ErrorType::modify},
    {"recipient-unavailable", ErrorType::wait},
    {"redirect", ErrorType::modify},
    {"registration-required", ErrorType::auth},
    {"remote-server-not-found", ErrorType::cancel},
    {"remote-server-timeout", ErrorType::wait},
    {"resource-constraint", ErrorType::wait},
    {"service-unavailable", ErrorType::cancel},
    {"subscription-required", ErrorType::auth},
    {"undefined-condition", ErrorType::cancel},
    {"unexpected-request", ErrorType::wait},
}};

constexpr std::array<std::string_view, 8> presence_names{"",           "unavailable",  "subscribe", "subscribed",
                                                         "unsubscribe", "unsubscribed", "probe",     "error"};
constexpr std::array<std::string_view, 5> message_names{"normal", "chat", "headline", "groupchat", "error"};
constexpr std::array<std::string_view, 4> error_type_names{"auth", "cancel", "modify", "wait"};
constexpr std::array<std::string_view, 4> iq_names{"get", "set", "result", "error"};

template <class Enum, std::size_t N>
std::optional<Enum> find_name(const std::array<std::string_view, N>& names, std::string_view name) {
  for (std::size_t i = 0; i < N; ++i) {
    if (names[i] == name) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

void write_attribute(std::string& out, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  out.append(1, ' ').append(name).append("='");
  xml::escape_attribute(out, value);
  out += '\'';
}

}  // namespace

std::optional<StanzaKind> stanza_kind(const xml::Element& element) {
  if (element.ns() != ns::client) return std::nullopt;
  const auto name = element.name();
  if (name == "message") return StanzaKind::message;
  if (name == "presence") return StanzaKind::presence;
  if (name == "iq") return StanzaKind::iq;
  return std::nullopt;
}

MessageType message_type(std::string_view type) {
  return find_name<MessageType>(message_names, type).value_or(MessageType::normal);
}

std::optional<PresenceType> presence_type(std::string_view type) {
  return find_name<PresenceType>(presence_names, type);
}

std::optional<IqType> iq_type(std::string_view type) { return find_name<IqType>(iq_names, type); }

bool is_request(const xml::Element& iq) {
  const auto type = iq_type(iq.attribute("type"));
  const bool asks = type == IqType::get || type == IqType::set;
  const auto children = iq.children();
  return asks && !iq.attribute("id").empty() && children.begin() != children.end() &&
         ++children.begin() == children.end();
}

std::string_view name_of(MessageType type) { return message_names[static_cast<std::size_t>(type)]; }
std::string_view name_of(PresenceType type) { return presence_names[static_cast<std::size_t>(type)]; }
std::string_view name_of(StanzaCondition condition) { return conditions[static_cast<std::size_t>(condition)].name; }
std::string_view name_of(ErrorType type) { return error_type_names[static_cast<std::size_t>(type)]; }

std::optional<StanzaCondition> stanza_condition(std::string_view name) {
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    if (conditions[i].name == name) return static_cast<StanzaCondition>(i);
  }
  return std::nullopt;
}

StanzaError StanzaError::of(StanzaCondition condition, std::string_view text) {
  return {condition, conditions[static_cast<std::size_t>(condition)].type, std::string(text), {}};
}

void write_error(std::string& out, const StanzaError& error) {
  xml::Writer writer(out);
  writer.open("error").attribute("type", name_of(error.type));
  writer.open(name_of(error.condition), ns::stanza_errors).close();
  if (!error.text.empty()) writer.open("text", ns::stanza_errors).text(error.text).close();
  writer.raw(error.application).close();
}

std::optional<StanzaError> read_error(const xml::Element& stanza) {
  if (stanza.attribute("type") != "error") return std::nullopt;
  StanzaError error;
  const auto element = stanza.child("error");
  error.type = find_name<ErrorType>(error_type_names, element.attribute("type")).value_or(ErrorType::cancel);
  for (const auto child : element.children()) {
    if (child.is("text", ns::stanza_errors)) {
      error.text = child.text();
    } else if (child.ns() == ns::stanza_errors) {
      error.condition = stanza_condition(child.name()).value_or(StanzaCondition::undefined_condition);
    } else {
      xml::write(error.application, child, ns::client);
    }
  }
  return error;
}

void write_stanza_start(std::string& out, std::string_view name, std::string_view from, std::string_view to,
                        std::string_view type, std::string_view id) {
  out.append(1, '<').append(name);
  write_attribute(out, "from", from);
  write_attribute(out, "to", to);
  write_attribute(out, "type", type);
  write_attribute(out, "id", id);
}

std::string error_reply(const xml::Element& stanza, std::string_view from, std::string_view to,
                        const StanzaError& error) {
  const auto type = stanza.attribute("type");
  if (type == "error" || (stanza.name() == "iq" && type == "result")) return {};
  std::string out;
  write_stanza_start(out, stanza.name(), from, to, "error", stanza.attribute("id"));
  out += '>';
  write_error(out, error);
  out.append("</").append(stanza.name()).append(1, '>');
  return out;
}

std::string result_reply(std::string_view id, std::string_view from, std::string_view to, std::string_view payload) {
  std::string out;
  write_stanza_start(out, "iq", from, to, "result", id);
  if (payload.empty()) return out.append("/>");
  return out.append(1, '>').append(payload).append("</iq>");
}

}  // namespace queqiao::xmpp
