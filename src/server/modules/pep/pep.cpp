// XEP-0163 Personal Eventing Protocol 1.2.2: every account is a service of publish-subscribe (XEP-0060 1.26), whose
// nodes its owner alone publishes to. With whitelists and publish-options it is the private store of XEP-0223, and with
// open nodes the public one of XEP-0222.
#include <array>
#include <utility>

#include "server/modules/pep/parts.h"
#include "xmpp/namespaces.h"
#include "xmpp/xep/disco.h"
#include "xmpp/xep/payload.h"
#include "xmpp/xep/pubsub.h"

namespace queqiao::server {
namespace pep {
namespace {

constexpr std::array<std::string_view, 31> features{"access-open",
                                                    "access-presence",
                                                    "access-roster",
                                                    "access-whitelist",
                                                    "auto-create",
                                                    "auto-subscribe",
                                                    "config-node",
                                                    "config-node-max",
                                                    "create-and-configure",
                                                    "create-nodes",
                                                    "delete-items",
                                                    "delete-nodes",
                                                    "filtered-notifications",
                                                    "item-ids",
                                                    "last-published",
                                                    "manage-subscriptions",
                                                    "member-affiliation",
                                                    "modify-affiliations",
                                                    "multi-items",
                                                    "persistent-items",
                                                    "presence-subscribe",
                                                    "publish",
                                                    "publish-options",
                                                    "purge-nodes",
                                                    "retract-items",
                                                    "retrieve-affiliations",
                                                    "retrieve-default",
                                                    "retrieve-items",
                                                    "retrieve-subscriptions",
                                                    "rsm",
                                                    "subscribe"};

// What a request asks for says the first child of <pubsub/> that is known.
enum class Verb : unsigned char { get, set, either };
struct Action {
  std::string_view name;
  Verb verb;
  void (*run)(Shard&, IqRequest);
};
constexpr std::array<Action, 8> actions{{
    {"publish", Verb::set, publish},
    {"retract", Verb::set, retract},
    {"items", Verb::get, retrieve},
    {"create", Verb::set, create},
    {"subscribe", Verb::set, subscribe},
    {"unsubscribe", Verb::set, unsubscribe},
    {"subscriptions", Verb::get, list_subscriptions},
    {"affiliations", Verb::get, list_affiliations},
}};
constexpr std::array<Action, 6> owner_actions{{
    {"configure", Verb::either, configure},
    {"default", Verb::get, show_default},
    {"delete", Verb::set, remove},
    {"purge", Verb::set, purge},
    {"affiliations", Verb::either, manage_affiliations},
    {"subscriptions", Verb::either, manage_subscriptions},
}};

// Whether the asker may know that the account is there: it sees the owner's presence or has to do with the node.
bool may_know(const IqRequest& request, std::string_view node_name) {
  if (request.is_own_account() || request.user->is_seen_by(request.from().bare_text())) return true;
  const auto* node = PersonalNodes::find(*request.user, node_name);
  return node &&
         (PersonalNodes::may_read(*request.user, *node, request.from()) || is_subscriber(*node, request.from()));
}

template <std::size_t N>
void run(Shard& shard, IqRequest request, const std::array<Action, N>& known) {
  for (const auto& action : known) {
    const auto asked = request.payload.child(action.name);
    if (!asked) continue;
    if (!may_know(request, asked.attribute("node"))) {
      return request.reply_error(xmpp::StanzaCondition::service_unavailable);
    }
    const bool is_right = action.verb == Verb::either || (action.verb == Verb::set) == request.is_set();
    if (!is_right) return request.reply_error(xmpp::StanzaCondition::bad_request);
    return action.run(shard, std::move(request));
  }
  const auto asked = request.payload.first_child();
  if (!may_know(request, {})) return request.reply_error(xmpp::StanzaCondition::service_unavailable);
  if (!asked) return request.reply_error(xmpp::StanzaCondition::bad_request);
  request.reply_error(unsupported(asked.name() == "options" ? "subscription-options" : asked.name()));
}

}  // namespace

bool show_node(IqRequest& request) {
  const auto* node = PersonalNodes::find(*request.user, request.payload.attribute("node"));
  if (!node || !PersonalNodes::may_read(*request.user, *node, request.from())) return false;
  xmpp::DiscoInfo info;
  info.node = node->name;
  info.identities.push_back({"pubsub", "leaf", node->config.title, {}});
  info.features.emplace_back(xmpp::pubsub::ns);
  auto metadata = node->config.form(xmpp::FormType::result, "http://jabber.org/protocol/pubsub#meta-data");
  // Whom the owner has in which group is for the owner alone.
  if (!request.is_own_account()) {
    std::erase_if(metadata.fields, [](const auto& field) { return field.name == "pubsub#roster_groups_allowed"; });
  }
  metadata.add("pubsub#owner", request.user->jid.text());
  info.forms.push_back(std::move(metadata));
  request.reply(xmpp::to_xml(info));
  return true;
}

namespace {

bool list_all(IqRequest& request) {
  const User& owner = *request.user;
  xmpp::DiscoItems answer;
  for (const auto& node : owner.nodes) {
    if (!PersonalNodes::may_read(owner, node, request.from())) continue;
    answer.items.push_back({owner.jid.text(), node.name, node.config.title});
  }
  if (answer.items.empty()) return false;
  request.reply(xmpp::to_xml(answer));
  return true;
}

// XEP-0060 5.5: items have their ids as names.
void list_items(Shard& shard, IqRequest request, const std::string& node) {
  const auto page = xmpp::ResultSetRequest::find(request.payload);
  if (!page) return request.reply_error(xmpp::StanzaCondition::bad_request);
  if (page->index) return request.reply_error(xmpp::StanzaCondition::feature_not_implemented);
  const User& owner = *request.user;
  auto then = [request = std::move(request), page = *page, node,
               jid = owner.jid.text()](Result<storage::PubsubPage> found) mutable {
    if (!found) return request.reply_error(found.error());
    xmpp::DiscoItems answer{node, {}, place_of(*found, page)};
    for (auto& item : found->items) answer.items.push_back({jid, {}, std::move(item.id)});
    request.reply(xmpp::to_xml(answer));
  };
  shard.store().get_items(owner.name, node, page_query(*page, shard.config()), {&shard.loop(), std::move(then)});
}

}  // namespace

bool list_nodes(Shard& shard, IqRequest& request) {
  const std::string name(request.payload.attribute("node"));
  if (name.empty()) return list_all(request);
  const auto* node = PersonalNodes::find(*request.user, name);
  if (!node || !PersonalNodes::may_read(*request.user, *node, request.from())) return false;
  list_items(shard, std::move(request), name);
  return true;
}

}  // namespace pep

namespace {

class PersonalEventing final : public Module {
 public:
  void attach(Shard& shard) override {
    capabilities_ = std::make_unique<pep::ClientCapabilities>(shard);
    shard.advertise_account(xmpp::DiscoIdentity{"pubsub", "pep", {}, {}});
    shard.advertise_account(xmpp::pubsub::ns);
    for (const auto feature : pep::features) {
      shard.advertise_account(std::string(xmpp::pubsub::ns).append(1, '#').append(feature));
    }
    constexpr auto accounts = iq_target::own_account | iq_target::other_account;
    // Strangers may read open nodes, and find out nothing else.
    shard.on_iq(accounts, "pubsub", xmpp::pubsub::ns,
                [&shard](IqRequest request) { pep::run(shard, std::move(request), pep::actions); },
                {.get = std::nullopt, .set = std::nullopt});
    shard.on_iq(accounts, "pubsub", xmpp::pubsub::owner_ns,
                [&shard](IqRequest request) { pep::run(shard, std::move(request), pep::owner_actions); });
    auto& hooks = shard.hooks();
    hooks.disco_node.push_back([](IqRequest& request) { return pep::show_node(request); });
    hooks.disco_items.push_back([&shard](IqRequest& request) { return pep::list_nodes(shard, request); });
    hooks.shown.push_back([&shard](User& owner, const xmpp::Jid& contact) { shard.nodes().welcome(owner, contact); });
    hooks.sees.push_back([&shard](User& user, const xmpp::Jid& contact) { shard.nodes().greet(user, contact); });
    attach_capabilities(hooks);
  }

 private:
  void attach_capabilities(Hooks& hooks) {
    hooks.presence.push_back([this](Session& session, const xml::Element& element, xmpp::PresenceType type,
                                    const std::optional<xmpp::Jid>& to) {
      if (!to && type == xmpp::PresenceType::available) capabilities_->announced(session, element);
      return false;
    });
    hooks.answered.push_back(
        [this](Session& session, const xml::Element& iq) { return capabilities_->answered(session, iq); });
    hooks.unavailable.push_back([this](Session& session) { capabilities_->left(session); });
    hooks.ended.push_back([this](Session& session) { capabilities_->ended(session); });
  }

  std::unique_ptr<pep::ClientCapabilities> capabilities_;
};

}  // namespace
}  // namespace queqiao::server

QUEQIAO_MODULE(pep, PersonalEventing)
