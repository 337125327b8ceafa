#include "xmpp/xep/delay.h"

#include "base/time_text.h"
#include "xmpp/namespaces.h"

namespace queqiao::xmpp {

std::optional<Delay> Delay::parse(const xml::Element& delay) {
  if (!delay.is("delay", ns::delay)) return std::nullopt;
  const auto stamp = parse_date_time(delay.attribute("stamp"));
  if (!stamp) return std::nullopt;
  return Delay{*stamp, std::string(delay.attribute("from")), delay.text()};
}

std::optional<Delay> Delay::find(const xml::Element& stanza) {
  return parse(stanza.child("delay", ns::delay));
}

std::optional<Delay> Delay::find(const xml::Element& stanza, std::string_view from) {
  for (const auto child : stanza.children()) {
    if (child.is("delay", ns::delay) && child.attribute("from") == from) return parse(child);
  }
  return std::nullopt;
}

void Delay::write(xml::Writer& writer) const {
  writer.open("delay", ns::delay);
  if (!from.empty()) writer.attribute("from", from);
  writer.attribute("stamp", format_date_time(stamp));
  if (!reason.empty()) writer.text(reason);
  writer.close();
}

}  // namespace queqiao::xmpp
