#include "xmpp/xep/forwarded.h"

#include "xmpp/namespaces.h"
#include "xmpp/stanza.h"

namespace queqiao::xmpp {
namespace {

constexpr std::string_view white_space = " \t\r\n";

// Walks over the attributes of the start tag, since the text "xmlns=" may also stand inside a value. `stanza` is
// well-formed: it came out of the parser or out of our writer.
bool declares_default_namespace(std::string_view stanza) {
  auto at = stanza.find_first_of(" \t\r\n/>");
  while (at != std::string_view::npos) {
    at = stanza.find_first_not_of(white_space, at);
    if (at == std::string_view::npos || stanza[at] == '/' || stanza[at] == '>') return false;
    const auto equals = stanza.find('=', at);
    if (equals == std::string_view::npos) return false;
    const auto name = stanza.substr(at, stanza.find_first_of(" \t\r\n=", at) - at);
    if (name == "xmlns") return true;
    const auto quote = stanza.find_first_of("'\"", equals);
    if (quote == std::string_view::npos) return false;
    at = stanza.find(stanza[quote], quote + 1);
    if (at != std::string_view::npos) ++at;
  }
  return false;
}

}  // namespace

std::optional<Forwarded> Forwarded::find(const xml::Element& parent) {
  const auto forwarded = parent.child("forwarded", ns::forward);
  for (const auto child : forwarded.children()) {
    if (stanza_kind(child)) return Forwarded{child, Delay::find(forwarded)};
  }
  return std::nullopt;
}

void append_standalone(std::string& out, std::string_view stanza) {
  if (declares_default_namespace(stanza)) {
    out += stanza;
    return;
  }
  const auto end_of_name = stanza.find_first_of(" \t\r\n/>");
  out.append(stanza.substr(0, end_of_name)).append(" xmlns='").append(ns::client).append(1, '\'');
  if (end_of_name != std::string_view::npos) out.append(stanza.substr(end_of_name));
}

void write_forwarded(xml::Writer& writer, std::string_view stanza, const std::optional<Delay>& delay) {
  std::string standalone;
  append_standalone(standalone, stanza);
  writer.open("forwarded", ns::forward);
  if (delay) delay->write(writer);
  writer.raw(standalone).close();
}

}  // namespace queqiao::xmpp
