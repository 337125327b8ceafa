#include "server/personal_nodes.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "server/shard.h"
#include "xmpp/xep/payload.h"
#include "xmpp/xep/pubsub.h"

namespace queqiao::server {

using xmpp::PubsubEvent;

// What is needed to take a change back.
struct PersonalNodes::Change {
  std::string owner;
  std::string node;
  std::optional<PersonalNode> before;
  std::uint64_t revision = 0;  // that the change made; another one since then stays
};

PersonalNode* PersonalNodes::find(User& owner, std::string_view name) {
  const auto place =
      std::find_if(owner.nodes.begin(), owner.nodes.end(), [&](const auto& node) { return node.name == name; });
  return place == owner.nodes.end() ? nullptr : &*place;
}

bool PersonalNodes::may_read(const User& owner, const PersonalNode& node, const xmpp::Jid& reader) {
  const auto bare = reader.bare_text();
  if (bare == owner.jid.text()) return true;
  switch (node.config.access) {
    case xmpp::AccessModel::open:
      return true;
    case xmpp::AccessModel::presence:
      return owner.is_seen_by(bare);
    case xmpp::AccessModel::whitelist:
      return std::find(node.members.begin(), node.members.end(), bare) != node.members.end();
    case xmpp::AccessModel::roster:
      break;
  }
  const auto* contact = owner.contact(bare);
  const auto& allowed = node.config.roster_groups;
  return contact && std::any_of(contact->groups.begin(), contact->groups.end(), [&](const auto& group) {
           return std::find(allowed.begin(), allowed.end(), group) != allowed.end();
         });
}

PersonalNodes::Change PersonalNodes::begin(User& owner, PersonalNode node) {
  node.revision = ++last_revision_;
  Change change{owner.name, node.name, std::nullopt, node.revision};
  if (auto* there = find(owner, node.name)) {
    change.before = std::exchange(*there, std::move(node));
  } else {
    owner.nodes.push_back(std::move(node));
  }
  return change;
}

void PersonalNodes::undo(User& owner, const Change& change) {
  auto* there = find(owner, change.node);
  if (there ? there->revision != change.revision : change.revision != 0) return;
  if (there && change.before) {
    *there = *change.before;
  } else if (there) {
    owner.nodes.erase(owner.nodes.begin() + (there - owner.nodes.data()));
  } else if (change.before) {
    owner.nodes.push_back(*change.before);
  }
}

bool PersonalNodes::settle(const Change& change, const Result<void>& outcome) {
  User* owner = outcome ? nullptr : shard_.users().find(change.owner);
  if (owner) undo(*owner, change);
  return outcome.has_value();
}

void PersonalNodes::put(User& owner, PersonalNode node, Done done) {
  const auto items = std::min(node.config.max_items, shard_.config().pep_items);
  auto stored = to_stored(node);
  auto change = begin(owner, std::move(node));
  auto then = [this, change = std::move(change), done = std::move(done)](Result<void> outcome) mutable {
    const bool is_durable = settle(change, outcome);
    done(std::move(outcome));
    User* there = is_durable ? shard_.users().find(change.owner) : nullptr;  // after `done`, which may change the nodes
    const auto* now = there ? find(*there, change.node) : nullptr;
    if (!now || !change.before) return;
    const auto& before = change.before->config;
    const bool is_read_by_others = now->config.access != before.access;
    if (now->config.notifies_config && now->config != before) {
      notify(*there, *now, xmpp::to_xml(PubsubEvent{PubsubEvent::Kind::configured, change.node, {}, {}}));
    }
    if (is_read_by_others) published(change.owner, change.node, nullptr);
  };
  shard_.store().put_node(owner.name, std::move(stored), items, {&shard_.loop(), std::move(then)});
}

void PersonalNodes::publish(User& owner, PersonalNode node, storage::PubsubItem item, Done done) {
  const auto& config = shard_.config();
  item.published = shard_.loop().wall_time();
  // 8.2.1 persist_items: an item that is not kept is told, and that is all.
  const bool is_kept = node.config.persists_items;
  const storage::PubsubLimits limits{std::min(node.config.max_items, config.pep_items), config.pep_bytes};
  auto stored = to_stored(node);
  auto change = begin(owner, std::move(node));
  auto then = [this, change = std::move(change), done = std::move(done), item](Result<void> outcome) mutable {
    const bool is_durable = settle(change, outcome);
    done(std::move(outcome));
    if (is_durable) item_stored(change, item);
  };
  storage::Reply<void> reply{&shard_.loop(), std::move(then)};
  if (!is_kept) return shard_.store().put_node(owner.name, std::move(stored), limits.items, std::move(reply));
  shard_.store().put_item(owner.name, std::move(stored), std::move(item), limits, std::move(reply));
}

// The item is durable: tells people, then modules.
void PersonalNodes::item_stored(const Change& change, const storage::PubsubItem& item) {
  User* owner = shard_.users().find(change.owner);
  const auto* node = owner ? find(*owner, change.node) : nullptr;
  if (!node) return;
  PubsubEvent event{PubsubEvent::Kind::items, node->name, {{item.id, {}, {}, {}}}, {}};
  if (node->config.delivers_payloads) event.items[0].payload = item.payload;
  notify(*owner, *node, xmpp::to_xml(event));
  published(change.owner, change.node, &item);
}

void PersonalNodes::published(const std::string& owner, const std::string& node, const storage::PubsubItem* item) {
  for (const auto& hook : shard_.hooks().published) {
    if (User* there = shard_.users().find(owner)) hook(*there, node, item);
  }
}

void PersonalNodes::retract(User& owner, std::string_view name, const std::string& id, bool is_told, Done done) {
  auto then = [this, user = owner.name, node = std::string(name), id, is_told,
               done = std::move(done)](Result<void> outcome) mutable {
    const bool is_gone = outcome.has_value();
    done(std::move(outcome));
    User* there = is_gone ? shard_.users().find(user) : nullptr;
    const auto* now = there ? find(*there, node) : nullptr;
    if (!now) return;
    if (is_told || now->config.notifies_retract) {
      notify(*there, *now, xmpp::to_xml(PubsubEvent{PubsubEvent::Kind::items, node, {}, {id}}));
    }
    published(user, node, nullptr);
  };
  shard_.store().remove_item(owner.name, std::string(name), id, {&shard_.loop(), std::move(then)});
}

void PersonalNodes::purge(User& owner, std::string_view name, Done done) {
  auto then = [this, user = owner.name, node = std::string(name),
               done = std::move(done)](Result<void> outcome) mutable {
    const bool is_done = outcome.has_value();
    done(std::move(outcome));
    User* there = is_done ? shard_.users().find(user) : nullptr;
    const auto* now = there ? find(*there, node) : nullptr;
    if (!now) return;
    if (now->config.notifies_retract) {
      notify(*there, *now, xmpp::to_xml(PubsubEvent{PubsubEvent::Kind::purged, node, {}, {}}));
    }
    published(user, node, nullptr);
  };
  shard_.store().remove_items(owner.name, std::string(name), {&shard_.loop(), std::move(then)});
}

void PersonalNodes::remove(User& owner, std::string_view name, Done done) {
  auto* there = find(owner, name);
  Change change{owner.name, std::string(name), std::move(*there), 0};
  owner.nodes.erase(owner.nodes.begin() + (there - owner.nodes.data()));
  auto then = [this, change, done = std::move(done)](Result<void> outcome) mutable {
    const bool is_durable = settle(change, outcome);
    done(std::move(outcome));
    User* user = is_durable ? shard_.users().find(change.owner) : nullptr;
    if (!user) return;
    if (change.before->config.notifies_delete) {
      notify(*user, *change.before, xmpp::to_xml(PubsubEvent{PubsubEvent::Kind::deleted, change.node, {}, {}}));
    }
    published(change.owner, change.node, nullptr);
  };
  shard_.store().remove_node(change.owner, change.node, {&shard_.loop(), std::move(then)});
}

bool PersonalNodes::is_blocked(const User& user, const xmpp::Jid& other) const {
  const auto& hooks = shard_.hooks().blocks;
  return std::any_of(hooks.begin(), hooks.end(), [&](const auto& blocks) { return blocks(user, other); });
}

}  // namespace queqiao::server
