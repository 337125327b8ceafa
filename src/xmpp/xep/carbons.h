#pragma once

#include <optional>
#include <string_view>

#include "xml/element.h"
#include "xml/writer.h"
#include "xmpp/jid.h"
#include "xmpp/xep/forwarded.h"

// XEP-0280 Message Carbons 1.0.1. Pure functions: any thread.
namespace queqiao::xmpp {

enum class CarbonDirection : unsigned char { received, sent };

struct Carbon {
  CarbonDirection direction;
  Forwarded forwarded;  // a view of the message that was copied
};

// The copy that `message` carries for the user `account`. XEP-0280 11: nothing unless the sender is the account's own
// bare JID, since anyone else could put words into anybody's mouth.
std::optional<Carbon> read_carbon(const xml::Element& message, const Jid& account);
// Whether `message` claims to carry a copy, whoever sent it: one that read_carbon() refuses is to be dropped whole.
bool claims_carbon(const xml::Element& message);

// The payload of a message that delivers a copy of `stanza`; see write_forwarded() for its form.
void write_carbon(xml::Writer& writer, CarbonDirection direction, std::string_view stanza);
void write_carbons_enable(xml::Writer& writer);
void write_carbons_disable(xml::Writer& writer);

// XEP-0280 9: the sender wants no copies of this message.
bool is_carbon_private(const xml::Element& message);

}  // namespace queqiao::xmpp
