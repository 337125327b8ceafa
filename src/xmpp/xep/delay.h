#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/event_loop.h"
#include "xml/element.h"
#include "xml/writer.h"

namespace queqiao::xmpp {

// XEP-0203 Delayed Delivery 2.0: when a stanza that comes late was sent. Pure values: any thread.
struct Delay {
  WallTime stamp;
  std::string from;    // who delayed it; may be empty
  std::string reason;  // for people; may be empty

  static std::optional<Delay> parse(const xml::Element& delay);  // nothing when there is no readable stamp
  static std::optional<Delay> find(const xml::Element& stanza);  // the first among the children
  // The one that `from` added: XEP-0203 6 wants a stamp believed only when one knows who made it.
  static std::optional<Delay> find(const xml::Element& stanza, std::string_view from);
  void write(xml::Writer& writer) const;
};

}  // namespace queqiao::xmpp
