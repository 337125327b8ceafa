#pragma once

#include <string_view>

#include "xml/element.h"
#include "xml/writer.h"

// XEP-0359 Unique and Stable Stanza IDs 0.7. Pure functions: any thread.
namespace queqiao::xmpp {

// The id that the archive of `by` (a bare JID) gave to `stanza`; empty without one. Ids of other archives say nothing
// here, and several of the same one are a forgery: then it is empty, too (XEP-0359 6).
std::string_view stanza_id(const xml::Element& stanza, std::string_view by);
// The id that the sending client gave; empty without one. Only as trustworthy as the sender.
std::string_view origin_id(const xml::Element& stanza);

void write_stanza_id(xml::Writer& writer, std::string_view id, std::string_view by);
void write_origin_id(xml::Writer& writer, std::string_view id);

}  // namespace queqiao::xmpp
