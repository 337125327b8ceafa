#include "xmpp/xep/carbons.h"

#include "xmpp/namespaces.h"

namespace queqiao::xmpp {
namespace {

std::string_view name_of(CarbonDirection direction) {
  return direction == CarbonDirection::received ? "received" : "sent";
}

}  // namespace

std::optional<Carbon> read_carbon(const xml::Element& message, const Jid& account) {
  if (!message.is("message", ns::client) || message.attribute("from") != account.bare_text()) return std::nullopt;
  for (const auto direction : {CarbonDirection::received, CarbonDirection::sent}) {
    const auto wrapper = message.child(name_of(direction), ns::carbons);
    if (!wrapper) continue;
    const auto forwarded = Forwarded::find(wrapper);
    if (!forwarded || !forwarded->stanza.is("message", ns::client)) return std::nullopt;
    return Carbon{direction, *forwarded};
  }
  return std::nullopt;
}

bool claims_carbon(const xml::Element& message) {
  return message.child("received", ns::carbons) || message.child("sent", ns::carbons);
}

void write_carbon(xml::Writer& writer, CarbonDirection direction, std::string_view stanza) {
  writer.open(name_of(direction), ns::carbons);
  write_forwarded(writer, stanza);
  writer.close();
}

void write_carbons_enable(xml::Writer& writer) {
  writer.open("enable", ns::carbons).close();
}
void write_carbons_disable(xml::Writer& writer) {
  writer.open("disable", ns::carbons).close();
}

bool is_carbon_private(const xml::Element& message) {
  return static_cast<bool>(message.child("private", ns::carbons));
}

}  // namespace queqiao::xmpp
