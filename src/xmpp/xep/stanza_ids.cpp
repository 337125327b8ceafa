#include "xmpp/xep/stanza_ids.h"

#include "xmpp/namespaces.h"

namespace queqiao::xmpp {

std::string_view stanza_id(const xml::Element& stanza, std::string_view by) {
  std::string_view found;
  for (const auto child : stanza.children()) {
    if (!child.is("stanza-id", ns::stanza_ids) || child.attribute("by") != by) continue;
    if (!found.empty()) return {};
    found = child.attribute("id");
  }
  return found;
}

std::string_view origin_id(const xml::Element& stanza) {
  return stanza.child("origin-id", ns::stanza_ids).attribute("id");
}

void write_stanza_id(xml::Writer& writer, std::string_view id, std::string_view by) {
  writer.open("stanza-id", ns::stanza_ids).attribute("by", by).attribute("id", id).close();
}

void write_origin_id(xml::Writer& writer, std::string_view id) {
  writer.open("origin-id", ns::stanza_ids).attribute("id", id).close();
}

}  // namespace queqiao::xmpp
