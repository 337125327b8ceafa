// RFC 6121 2: the list of a user's contacts, kept on the server: get, set, remove, pushes to the resources that asked
// for it, and versions (2.6) so that a client that has it already gets only what changed.
#include <algorithm>
#include <utility>

#include "base/crypto.h"
#include "base/text.h"
#include "server/shard.h"
#include "xml/writer.h"
#include "xmpp/namespaces.h"
#include "xmpp/xep/roster.h"

namespace queqiao::server {
namespace {

using storage::RosterItem;
using xmpp::RosterEntry;
using xmpp::StanzaCondition;
using xmpp::StanzaError;
using xmpp::StanzaKind;

// Written from the stored item as it is: its JID is in normal form already.
void write_item(xml::Writer& writer, const RosterItem& item) {
  constexpr std::string_view subscriptions[] = {"none", "to", "from", "both"};
  writer.open("item").attribute("jid", item.jid);
  if (!item.name.empty()) writer.attribute("name", item.name);
  writer.attribute("subscription",
                   item.is_removed ? "remove" : subscriptions[static_cast<std::size_t>(item.subscription)]);
  if (item.is_pending_out) writer.attribute("ask", "subscribe");
  if (item.is_preapproved) writer.attribute("approved", "true");
  for (const auto& group : item.groups) writer.open("group").text(group).close();
  writer.close();
}

std::string push_to(const Session& session, const RosterItem& item) {
  std::string out;
  xmpp::write_stanza_start(out, "iq", {}, session.jid().text(), "set", random_id());
  out += '>';
  xml::Writer writer(out);
  writer.open("query", xmpp::ns::roster).attribute("ver", std::to_string(item.version));
  write_item(writer, item);
  writer.close();
  return out.append("</iq>");
}

class Roster final : public Module {
 public:
  void attach(Shard& shard) override {
    shard_ = &shard;
    shard.add_stream_feature("<ver xmlns='urn:xmpp:features:rosterver'/>");
    // Other accounts' rosters are asked for here too, because the answer to that is forbidden (2.1.4, 2.3.3).
    shard.on_iq(iq_target::own_account | iq_target::other_account, "query", xmpp::ns::roster,
                [this](IqRequest request) { asked(std::move(request)); },
                {.get = StanzaCondition::forbidden, .set = StanzaCondition::forbidden});
    shard.hooks().roster_changed.push_back([this](User& user, const RosterItem& item) { push(user, item); });
  }

 private:
  void asked(IqRequest request);
  void get(IqRequest request, const xmpp::RosterQuery& query);
  void send_changes(IqRequest request, std::uint64_t since);
  void set(IqRequest request, xmpp::RosterQuery query);
  std::optional<StanzaError> fault_of(const RosterEntry& entry) const;
  void update(IqRequest request, RosterEntry entry, User& user, Rosters::Turn turn);
  void remove(IqRequest request, const std::string& jid, User& user, Rosters::Turn turn);
  void push(const User& user, const RosterItem& item);

  Shard* shard_ = nullptr;
};

void Roster::asked(IqRequest request) {
  if (!request.is_own_account()) return request.reply_error(StanzaCondition::forbidden);
  auto query = xmpp::RosterQuery::parse(request.payload);
  if (!query) return request.reply_error(StanzaCondition::bad_request);
  if (request.is_set()) return set(std::move(request), *std::move(query));
  get(std::move(request), *query);
}

// 2.6.3: an empty result when nothing changed; the changes as pushes when that is less; else the whole roster.
void Roster::get(IqRequest request, const xmpp::RosterQuery& query) {
  User& user = *request.user;
  request.session->is_interested = true;
  const auto since = parse_number<std::uint64_t>(query.version.value_or(""));
  std::size_t changes = 0, contacts = 0;
  for (const auto& [jid, item] : user.roster) {
    contacts += !item.is_removed;
    changes += since && item.version > *since;
  }
  if (since && *since >= user.roster_floor && *since <= user.roster_version && (changes == 0 || changes < contacts)) {
    return send_changes(std::move(request), *since);
  }
  std::string out;
  xml::Writer writer(out);
  writer.open("query", xmpp::ns::roster).attribute("ver", std::to_string(user.roster_version));
  for (const auto& [jid, item] : user.roster) {
    if (!item.is_removed) write_item(writer, item);
  }
  writer.close();
  request.reply(out);
}

void Roster::send_changes(IqRequest request, std::uint64_t since) {
  std::vector<const RosterItem*> changed;
  for (const auto& [jid, item] : request.user->roster) {
    if (item.version > since) changed.push_back(&item);
  }
  std::sort(changed.begin(), changed.end(), [](const auto* a, const auto* b) { return a->version < b->version; });
  Session& session = *request.session;
  request.reply();
  for (const auto* item : changed) shard_->send(session, push_to(session, *item), StanzaKind::iq);
}

void Roster::set(IqRequest request, xmpp::RosterQuery query) {
  // 2.3.3: exactly one item.
  if (query.entries.size() != 1) return request.reply_error(StanzaCondition::bad_request);
  auto entry = std::move(query.entries.front());
  const bool is_removal = entry.subscription == "remove";
  if (!is_removal) {
    if (const auto fault = fault_of(entry)) return request.reply_error(*fault);
  }
  const auto name = request.user->name;
  shard_->rosters().in_turn(name, [this, request = std::move(request), entry = std::move(entry), is_removal](
                                      User& user, Rosters::Turn turn) mutable {
    request.user = nullptr;
    request.session = nullptr;
    if (is_removal) return remove(std::move(request), entry.jid.text(), user, std::move(turn));
    update(std::move(request), std::move(entry), user, std::move(turn));
  });
}

// 2.3.3: what a roster set may not have.
std::optional<StanzaError> Roster::fault_of(const RosterEntry& entry) const {
  const auto& config = shard_->config();
  auto groups = entry.groups;
  std::sort(groups.begin(), groups.end());
  if (std::adjacent_find(groups.begin(), groups.end()) != groups.end()) {
    return StanzaError::of(StanzaCondition::bad_request, "A group is named twice.");
  }
  const bool has_bad_group = std::any_of(groups.begin(), groups.end(), [&](const std::string& group) {
    return group.empty() || group.size() > config.roster_name_bytes;
  });
  if (has_bad_group || groups.size() > config.roster_groups || entry.name.size() > config.roster_name_bytes) {
    return StanzaError::of(StanzaCondition::not_acceptable,
                           "A name or group is empty or too long, or there are too many.");
  }
  return std::nullopt;
}

void Roster::update(IqRequest request, RosterEntry entry, User& user, Rosters::Turn turn) {
  RosterItem item;
  if (const auto* known = user.contact(entry.jid.text())) {
    item = *known;  // 2.1.2.5: the subscription is not the client's to set
  } else if (!shard_->rosters().has_room(user)) {
    return request.reply_error(StanzaCondition::resource_constraint, "Too many contacts.");
  }
  item.jid = entry.jid.text();
  item.name = std::move(entry.name);
  item.groups = std::move(entry.groups);
  RosterChange change;
  change.put = std::move(item);
  shard_->rosters().change(std::move(turn), user, std::move(change),
                           [request = std::move(request)](Result<void> outcome, User&) mutable {
                             if (!outcome) return request.reply_error(outcome.error());
                             request.reply();
                           });
}

// 2.5: the subscriptions end with it, which is not our business but that of contact_removed.
void Roster::remove(IqRequest request, const std::string& jid, User& user, Rosters::Turn turn) {
  const auto* item = user.contact(jid);
  if (!item) return request.reply_error(StanzaCondition::item_not_found);
  RosterChange change;
  change.removed = jid;
  shard_->rosters().change(
      std::move(turn), user, std::move(change),
      [this, request = std::move(request), was = *item](Result<void> outcome, User& owner) mutable {
        if (!outcome) return request.reply_error(outcome.error());
        request.reply();
        for (const auto& hook : shard_->hooks().contact_removed) hook(owner, was);
      });
}

void Roster::push(const User& user, const RosterItem& item) {
  for (const auto& session : user.sessions) {
    if (session->is_interested) shard_->send(*session, push_to(*session, item), StanzaKind::iq);
  }
}

}  // namespace
}  // namespace queqiao::server

QUEQIAO_MODULE(roster, Roster)
