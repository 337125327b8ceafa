#include "xmpp/xep/roster.h"

#include <utility>

#include "xmpp/namespaces.h"

namespace queqiao::xmpp {
namespace {

std::optional<RosterEntry> parse_entry(const xml::Element& item) {
  auto jid = Jid::parse(item.attribute("jid"));
  if (!jid) return std::nullopt;
  RosterEntry entry;
  entry.jid = jid->bare();
  entry.name = item.attribute("name");
  entry.subscription = item.attribute("subscription");
  entry.is_asking = item.attribute("ask") == "subscribe";
  const auto approved = item.attribute("approved");
  entry.is_approved = approved == "true" || approved == "1";
  for (const auto child : item.children()) {
    if (child.is("group", ns::roster)) entry.groups.push_back(child.text());
  }
  return entry;
}

}  // namespace

void RosterEntry::write(xml::Writer& writer) const {
  writer.open("item").attribute("jid", jid.text());
  if (!name.empty()) writer.attribute("name", name);
  if (!subscription.empty()) writer.attribute("subscription", subscription);
  if (is_asking) writer.attribute("ask", "subscribe");
  if (is_approved) writer.attribute("approved", "true");
  for (const auto& group : groups) writer.open("group").text(group).close();
  writer.close();
}

std::optional<RosterQuery> RosterQuery::parse(const xml::Element& query) {
  if (!query.is("query", ns::roster)) return std::nullopt;
  RosterQuery roster;
  if (query.has_attribute("ver")) roster.version = query.attribute("ver");
  for (const auto child : query.children()) {
    if (!child.is("item", ns::roster)) continue;
    auto entry = parse_entry(child);
    if (!entry) return std::nullopt;
    roster.entries.push_back(*std::move(entry));
  }
  return roster;
}

void RosterQuery::write(xml::Writer& writer) const {
  writer.open("query", ns::roster);
  if (version) writer.attribute("ver", *version);
  for (const auto& entry : entries) entry.write(writer);
  writer.close();
}

bool claims_roster_push(const xml::Element& iq) {
  return iq.is("iq", ns::client) && iq.attribute("type") == "set" && iq.child("query", ns::roster);
}

std::optional<RosterQuery> read_roster_push(const xml::Element& iq, const Jid& account) {
  if (!claims_roster_push(iq)) return std::nullopt;
  const auto from = iq.attribute("from");
  if (!from.empty() && from != account.bare_text()) return std::nullopt;
  return RosterQuery::parse(iq.child("query", ns::roster));
}

}  // namespace queqiao::xmpp
