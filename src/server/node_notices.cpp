// The half of PersonalNodes that tells people: XEP-0163 4.
#include <algorithm>
#include <utility>

#include "base/crypto.h"
#include "server/personal_nodes.h"
#include "server/shard.h"
#include "xmpp/xep/delay.h"
#include "xmpp/xep/payload.h"
#include "xmpp/xep/pubsub.h"

namespace queqiao::server {

using xmpp::Jid;
using xmpp::StanzaKind;

// One event on its way to everybody who reads it, on whatever shard.
struct PersonalNodes::Notice {
  Jid owner;
  std::string node;
  std::string content;  // of the message
  bool is_headline;

  std::string to(const Jid& reader) const {
    std::string stanza;
    // 4.3.1: from the owner's bare JID.
    const auto type = is_headline ? xmpp::name_of(xmpp::MessageType::headline) : std::string_view();
    xmpp::write_stanza_start(stanza, "message", owner.text(), reader.text(), type, random_id());
    return stanza.append(1, '>').append(content).append("</message>");
  }
};

struct PersonalNodes::Reader {
  std::string user;      // account of this server
  std::string resource;  // empty: every resource that asks for it
  bool is_subscribed;    // by itself, so it gets the event whatever its capabilities say
};

// A session that has come online, on its way to the shards of the contacts.
struct PersonalNodes::Newcomer {
  Jid jid;
  std::shared_ptr<const Interests> interests;
};

namespace {

bool wants(const Session& session, const std::string& node) {
  return session.is_available() && session.interests && session.interests->contains(node);
}

}  // namespace

// Contacts who see the owner's presence are subscribed by that (XEP-0060 9.1); others have done it themselves.
std::vector<PersonalNodes::Readers> PersonalNodes::readers_of(const User& owner, const PersonalNode& node) const {
  std::vector<Readers> by_shard(shard_.shards().count());
  const auto add = [&](const Jid& jid, bool is_subscribed) {
    // Only accounts of this server: nothing goes out to others yet.
    if (jid.domain() != shard_.domain() || jid.is_domain()) return;
    if (!may_read(owner, node, jid) || is_blocked(owner, jid)) return;
    by_shard[shard_.shards().home_of(jid.local())].push_back(
        {std::string(jid.local()), std::string(jid.resource()), is_subscribed});
  };
  for (const auto& text : node.subscribers) {
    if (const auto jid = Jid::parse(text)) add(*jid, true);
  }
  for (const auto& [text, item] : owner.roster) {
    const bool is_counted = std::find(node.subscribers.begin(), node.subscribers.end(), text) != node.subscribers.end();
    if (is_counted || !owner.is_seen_by(text)) continue;
    if (const auto jid = Jid::parse(text)) add(*jid, false);
  }
  return by_shard;
}

void PersonalNodes::notify(const User& owner, const PersonalNode& node, std::string event) {
  if (!node.config.delivers_notifications) return;
  const auto notice =
      std::make_shared<const Notice>(Notice{owner.jid, node.name, std::move(event), node.config.is_headline});
  for (const auto& session : owner.sessions) {
    if (wants(*session, node.name)) shard_.send(*session, notice->to(session->jid()), StanzaKind::message);
  }
  auto by_shard = readers_of(owner, node);
  for (unsigned i = 0; i < by_shard.size(); ++i) {
    if (by_shard[i].empty()) continue;
    if (i == shard_.index()) {
      tell(*notice, by_shard[i]);
      continue;
    }
    shard_.shards().post(
        i, [notice, readers = std::move(by_shard[i])](Shard& there) { there.nodes().tell(*notice, readers); });
  }
}

void PersonalNodes::tell(const Notice& notice, const Readers& readers) {
  for (const auto& reader : readers) {
    User* user = shard_.users().find(reader.user);
    if (user && !is_blocked(*user, notice.owner)) tell(notice, *user, reader);
  }
}

// XEP-0163 4.3.2: available resources with a priority that is not negative, and with an interest in the node.
void PersonalNodes::tell(const Notice& notice, User& user, const Reader& reader) {
  for (const auto& session : user.sessions) {
    if (!reader.resource.empty() && session->jid().resource() != reader.resource) continue;
    if (!session->takes_messages() || !(reader.is_subscribed || wants(*session, notice.node))) continue;
    shard_.send(*session, notice.to(session->jid()), StanzaKind::message);
  }
}

void PersonalNodes::greet(Session& session, std::shared_ptr<const Interests> wanted) {
  const User& user = session.user();
  const Newcomer newcomer{session.jid(), std::move(wanted)};
  greet_from(user, newcomer);
  if (!session.takes_messages()) return;
  std::vector<std::vector<std::string>> by_shard(shard_.shards().count());
  for (const auto& [text, item] : user.roster) {
    if (!user.sees(text)) continue;
    const auto contact = Jid::parse(text);
    if (!contact || contact->domain() != shard_.domain() || is_blocked(user, *contact)) continue;
    by_shard[shard_.shards().home_of(contact->local())].emplace_back(contact->local());
  }
  for (unsigned i = 0; i < by_shard.size(); ++i) {
    if (by_shard[i].empty()) continue;
    shard_.shards().post(i, [newcomer, owners = std::move(by_shard[i])](Shard& there) {
      for (const auto& name : owners) {
        there.users().with(name, [&there, newcomer](User* owner) {
          if (owner) there.nodes().greet_from(*owner, newcomer);
        });
      }
    });
  }
}

void PersonalNodes::welcome(const User& owner, const Jid& contact) {
  if (owner.nodes.empty() || contact.is_domain() || contact.domain() != shard_.domain()) return;
  shard_.shards().post(shard_.shards().home_of(contact.local()), [from = owner.jid, contact](Shard& there) {
    if (User* user = there.users().find(contact.local())) there.nodes().greet(*user, from);
  });
}

void PersonalNodes::greet(User& user, const Jid& owner) {
  if (owner.is_domain() || owner.domain() != shard_.domain() || is_blocked(user, owner)) return;
  for (const auto& session : user.sessions) {
    if (!session->takes_messages() || !session->interests || session->interests->empty()) continue;
    const auto greet_there = [owner, newcomer = Newcomer{session->jid(), session->interests}](Shard& there) {
      there.users().with(owner.local(), [&there, newcomer](User* found) {
        if (found) there.nodes().greet_from(*found, newcomer);
      });
    };
    shard_.shards().post(shard_.shards().home_of(owner.local()), greet_there);
  }
}

void PersonalNodes::greet_from(const User& owner, const Newcomer& newcomer) {
  for (const auto& node : owner.nodes) {
    if (node.config.send_last != xmpp::SendLast::on_subscribe_and_presence) continue;
    if (newcomer.interests->contains(node.name)) send_newest(owner, node, newcomer.jid);
  }
}

void PersonalNodes::greet_subscriber(const User& owner, const PersonalNode& node, const Jid& subscriber) {
  if (node.config.send_last != xmpp::SendLast::never) send_newest(owner, node, subscriber);
}

// What may be read is asked again when the store has answered: the owner may have changed it meanwhile.
void PersonalNodes::send_newest(const User& owner, const PersonalNode& node, const Jid& to) {
  const auto is_allowed = [this, to](const User& user, const PersonalNode& its) {
    return its.config.delivers_notifications && may_read(user, its, to) && !is_blocked(user, to);
  };
  if (!is_allowed(owner, node)) return;
  auto then = [this, is_allowed, user = owner.name, name = node.name, to](Result<storage::PubsubPage> page) {
    User* there = page && !page->items.empty() ? shard_.users().find(user) : nullptr;
    const auto* now = there ? find(*there, name) : nullptr;
    if (!now || !is_allowed(*there, *now)) return;
    const auto& item = page->items.front();
    xmpp::PubsubEvent event{xmpp::PubsubEvent::Kind::items, name, {{item.id, {}, {}, {}}}, {}};
    if (now->config.delivers_payloads) event.items[0].payload = item.payload;
    const auto content = xmpp::to_xml(event) + xmpp::to_xml(xmpp::Delay{item.published, {}, {}});
    const Notice notice{there->jid, name, content, now->config.is_headline};
    if (to.is_full()) return shard_.router().route_to_session(to, notice.to(to), StanzaKind::message);
    shard_.shards().post(shard_.shards().home_of(to.local()), [notice, to](Shard& home) {
      home.nodes().tell(notice, Readers{{std::string(to.local()), {}, true}});
    });
  };
  storage::PubsubQuery query;
  query.is_last_page = true;
  query.limit = 1;
  shard_.store().get_items(owner.name, node.name, std::move(query), {&shard_.loop(), std::move(then)});
}

}  // namespace queqiao::server
