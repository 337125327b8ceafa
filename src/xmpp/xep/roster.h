#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "xml/element.h"
#include "xml/writer.h"
#include "xmpp/jid.h"

// The roster of RFC 6121 2 as it stands on the wire. Pure values: any thread.
namespace queqiao::xmpp {

struct RosterEntry {
  Jid jid;                   // bare
  std::string name;          // may be empty
  std::string subscription;  // "none", "to", "from", "both", "remove"; empty in what a client sets
  std::vector<std::string> groups;
  bool is_asking = false;    // ask='subscribe': our request is on its way
  bool is_approved = false;  // 3.4

  void write(xml::Writer& writer) const;  // <item/>
};

struct RosterQuery {
  std::optional<std::string> version;  // 2.6; an empty one asks for versioning
  std::vector<RosterEntry> entries;

  // Nothing when it is not such a query or when an item has no usable JID.
  static std::optional<RosterQuery> parse(const xml::Element& query);
  void write(xml::Writer& writer) const;
};

// Whether `iq` claims to change the roster, whoever sent it.
bool claims_roster_push(const xml::Element& iq);
// RFC 6121 2.1.6: a push is taken only from the own account; 'from' is its bare JID or absent.
std::optional<RosterQuery> read_roster_push(const xml::Element& iq, const Jid& account);

}  // namespace queqiao::xmpp
