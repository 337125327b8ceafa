// XEP-0060 6.1 and 6.2: people subscribe by themselves where seeing the owner's presence does not do it for them; 5.6
// and 5.7: what they have.
#include <algorithm>
#include <cstddef>
#include <utility>

#include "server/modules/pep/parts.h"
#include "xmpp/xep/pubsub.h"

namespace queqiao::server::pep {

using xmpp::Jid;
using xmpp::StanzaCondition;
using xmpp::StanzaError;

namespace {

// One account shall not take the places of all others with its resources.
constexpr std::ptrdiff_t most_of_one_person = 5;

// 6.1.3.1: one subscribes oneself, by one's bare JID or one's present full one.
std::optional<Jid> subscriber_of(const IqRequest& request, const xml::Element& element) {
  auto jid = Jid::parse(element.attribute("jid"));
  const bool is_oneself =
      jid && jid->bare_text() == request.from().bare_text() && (jid->is_bare() || *jid == request.from());
  return is_oneself ? jid : std::nullopt;
}

void write_subscription(xml::Writer& writer, std::string_view node, std::string_view jid, std::string_view state) {
  writer.open("subscription").attribute("node", node).attribute("jid", jid).attribute("subscription", state).close();
}

bool is_of(std::string_view subscriber, const Jid& who) {
  const auto jid = Jid::parse(subscriber);
  return jid && jid->bare_text() == who.bare_text();
}

}  // namespace

bool is_subscriber(const PersonalNode& node, const Jid& who) {
  return std::any_of(node.subscribers.begin(), node.subscribers.end(),
                     [&](const auto& subscriber) { return is_of(subscriber, who); });
}

void subscribe(Shard& shard, IqRequest request) {
  const auto element = request.payload.child("subscribe");
  const auto name = node_name(request, element);
  if (!name) return;
  const auto jid = subscriber_of(request, element);
  if (!jid) return request.reply_error(error(StanzaCondition::bad_request, "invalid-jid"));
  auto& owner = *request.user;
  const auto* node = PersonalNodes::find(owner, *name);
  if (const auto refused = refusal(owner, node, request.from())) return request.reply_error(*refused);
  std::string answer;
  xml::Writer writer(answer);
  writer.open("pubsub", xmpp::pubsub::ns);
  write_subscription(writer, *name, jid->text(), "subscribed");
  writer.close();
  const auto& there = node->subscribers;
  if (std::find(there.begin(), there.end(), jid->text()) != there.end()) return request.reply(answer);
  const auto own = std::count_if(there.begin(), there.end(), [&](const auto& other) { return is_of(other, *jid); });
  if (own >= most_of_one_person || there.size() >= shard.config().pep_subscribers) {
    return request.reply_error(error(StanzaCondition::policy_violation, "too-many-subscriptions"));
  }
  auto changed = *node;
  changed.subscribers.push_back(jid->text());
  auto then = [&shard, user = owner.name, name = *name, jid = *jid,
               done = answer_with(std::move(request), std::move(answer))](Result<void> outcome) mutable {
    const bool is_subscribed = outcome.has_value();
    done(std::move(outcome));
    User* there_now = is_subscribed ? shard.users().find(user) : nullptr;
    const auto* now = there_now ? PersonalNodes::find(*there_now, name) : nullptr;
    if (now) shard.nodes().greet_subscriber(*there_now, *now, jid);
  };
  shard.nodes().put(owner, std::move(changed), std::move(then));
}

void unsubscribe(Shard& shard, IqRequest request) {
  const auto element = request.payload.child("unsubscribe");
  const auto name = node_name(request, element);
  if (!name) return;
  const auto jid = Jid::parse(element.attribute("jid"));
  if (!jid || jid->bare_text() != request.from().bare_text()) {
    return request.reply_error(error(StanzaCondition::bad_request, "invalid-jid"));
  }
  auto& owner = *request.user;
  const auto* node = PersonalNodes::find(owner, *name);
  if (!node) return request.reply_error(StanzaCondition::item_not_found);
  auto changed = *node;
  if (std::erase(changed.subscribers, jid->text()) == 0) {
    return request.reply_error(error(StanzaCondition::unexpected_request, "not-subscribed"));
  }
  shard.nodes().put(owner, std::move(changed), answer_with(std::move(request)));
}

void list_subscriptions(Shard&, IqRequest request) {
  const auto wanted = request.payload.child("subscriptions").attribute("node");
  std::string answer;
  {
    xml::Writer writer(answer);
    writer.open("pubsub", xmpp::pubsub::ns).open("subscriptions");
    for (const auto& node : request.user->nodes) {
      if (!wanted.empty() && node.name != wanted) continue;
      for (const auto& subscriber : node.subscribers) {
        if (is_of(subscriber, request.from())) write_subscription(writer, node.name, subscriber, "subscribed");
      }
    }
    writer.close().close();
  }
  request.reply(answer);
}

void list_affiliations(Shard&, IqRequest request) {
  const auto wanted = request.payload.child("affiliations").attribute("node");
  const auto bare = request.from().bare_text();
  std::string answer;
  {
    xml::Writer writer(answer);
    writer.open("pubsub", xmpp::pubsub::ns).open("affiliations");
    for (const auto& node : request.user->nodes) {
      if (!wanted.empty() && node.name != wanted) continue;
      const bool is_member = std::find(node.members.begin(), node.members.end(), bare) != node.members.end();
      if (!is_member && !request.is_own_account()) continue;
      writer.open("affiliation").attribute("node", node.name);
      writer.attribute("affiliation", request.is_own_account() ? "owner" : "member").close();
    }
    writer.close().close();
  }
  request.reply(answer);
}

}  // namespace queqiao::server::pep
