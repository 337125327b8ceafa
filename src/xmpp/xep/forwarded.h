#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "xml/element.h"
#include "xml/writer.h"
#include "xmpp/xep/delay.h"

// XEP-0297 Stanza Forwarding 1.0: one stanza inside another. Whoever reads one decides first whether the sender of the
// outer stanza may speak for the inner one's (XEP-0297 6). Pure values: any thread.
namespace queqiao::xmpp {

struct Forwarded {
  xml::Element stanza;         // a view: valid as long as the outer stanza's Document
  std::optional<Delay> delay;  // when it was sent or received first

  // The <forwarded/> among the children of `parent`; nothing when it holds no stanza of jabber:client.
  static std::optional<Forwarded> find(const xml::Element& parent);
};

// `stanza` is one whole stanza of jabber:client as it stands in a client's stream, that is, it need not declare its
// namespace; it must not use prefixes that only the stream's header declared.
void write_forwarded(xml::Writer& writer, std::string_view stanza, const std::optional<Delay>& delay = std::nullopt);

// The same stanza for a place with another default namespace: xmlns='jabber:client' is put in where the start tag does
// not declare a default namespace itself.
void append_standalone(std::string& out, std::string_view stanza);

}  // namespace queqiao::xmpp
