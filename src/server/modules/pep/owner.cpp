// XEP-0060 8: what an account's owner does with its nodes.
#include <algorithm>
#include <utility>

#include "server/modules/pep/parts.h"
#include "xmpp/xep/payload.h"
#include "xmpp/xep/pubsub.h"

namespace queqiao::server::pep {

using xmpp::Jid;
using xmpp::StanzaCondition;
using xmpp::StanzaError;

namespace {

// The node that `element` names, for its owner; an answer with the error is sent when that is not possible.
PersonalNode* owned_node(IqRequest& request, const xml::Element& element) {
  if (!request.is_own_account()) {
    request.reply_error(StanzaCondition::forbidden);
    return nullptr;
  }
  const auto name = node_name(request, element);
  if (!name) return nullptr;
  auto* node = PersonalNodes::find(*request.user, *name);
  if (!node) request.reply_error(StanzaCondition::item_not_found);
  return node;
}

StanzaError not_acceptable(const std::string& field) {
  return StanzaError::of(StanzaCondition::not_acceptable, "This server cannot have '" + field + "' like that.");
}

std::string form_xml(std::string_view element, std::string_view node, const xmpp::NodeConfig& config) {
  std::string xml;
  xml::Writer writer(xml);
  writer.open("pubsub", xmpp::pubsub::owner_ns).open(element);
  if (!node.empty()) writer.attribute("node", node);
  config.form(xmpp::FormType::form).write(writer);
  writer.close().close();
  return xml;
}

}  // namespace

// 8.1, with the configuration in the same request (8.1.3).
void create(Shard& shard, IqRequest request) {
  if (!request.is_own_account()) return request.reply_error(StanzaCondition::forbidden);
  auto& owner = *request.user;
  const auto name = node_name(request, request.payload.child("create"));
  if (!name) return;
  if (PersonalNodes::find(owner, *name)) return request.reply_error(StanzaCondition::conflict);
  if (owner.nodes.size() >= shard.config().pep_nodes) {
    return request.reply_error(error(StanzaCondition::policy_violation, "max-nodes-exceeded"));
  }
  PersonalNode node{.name = *name};
  if (const auto configure = request.payload.child("configure"); configure.first_child()) {
    const auto form = xmpp::DataForm::find(configure);
    if (!form) return request.reply_error(StanzaCondition::bad_request);
    if (const auto refused = apply(node.config, *form, false, shard.config())) {
      return request.reply_error(not_acceptable(*refused));
    }
  }
  shard.nodes().put(owner, std::move(node), answer_with(std::move(request)));
}

// 8.2.
void configure(Shard& shard, IqRequest request) {
  const auto element = request.payload.child("configure");
  const auto* node = owned_node(request, element);
  if (!node) return;
  if (!request.is_set()) return request.reply(form_xml("configure", node->name, node->config));
  const auto form = xmpp::DataForm::find(element);
  if (!form) return request.reply_error(StanzaCondition::bad_request);
  if (form->type() == xmpp::FormType::cancel) return request.reply();
  auto changed = *node;
  if (const auto refused = apply(changed.config, *form, false, shard.config())) {
    return request.reply_error(not_acceptable(*refused));
  }
  auto& owner = *request.user;
  shard.nodes().put(owner, std::move(changed), answer_with(std::move(request)));
}

// 8.3.
void show_default(Shard&, IqRequest request) {
  if (!request.is_own_account()) return request.reply_error(StanzaCondition::forbidden);
  request.reply(form_xml("default", {}, {}));
}

// 8.4.
void remove(Shard& shard, IqRequest request) {
  const auto* node = owned_node(request, request.payload.child("delete"));
  if (!node) return;
  auto& owner = *request.user;
  const auto name = node->name;
  shard.nodes().remove(owner, name, answer_with(std::move(request)));
}

// 8.5.
void purge(Shard& shard, IqRequest request) {
  const auto* node = owned_node(request, request.payload.child("purge"));
  if (!node) return;
  if (!node->config.persists_items) return request.reply_error(unsupported("persistent-items"));
  auto& owner = *request.user;
  const auto name = node->name;
  shard.nodes().purge(owner, name, answer_with(std::move(request)));
}

namespace {

// One line of a list that the owner sends: whom it is about, bare.
std::optional<Jid> subject(const xml::Element& line, const User& owner) {
  const auto jid = Jid::parse(line.attribute("jid"));
  if (!jid || jid->is_domain() || jid->bare_text() == owner.jid.text()) return std::nullopt;
  return jid;
}

void put_in(std::vector<std::string>& list, const std::string& jid) {
  if (std::find(list.begin(), list.end(), jid) == list.end()) list.push_back(jid);
}

std::string list_xml(std::string_view list, std::string_view line, std::string_view attribute, std::string_view value,
                     const PersonalNode& node, const std::vector<std::string>& jids, std::string_view owner) {
  std::string xml;
  xml::Writer writer(xml);
  writer.open("pubsub", xmpp::pubsub::owner_ns).open(list).attribute("node", node.name);
  if (!owner.empty()) writer.open(line).attribute("jid", owner).attribute(attribute, "owner").close();
  for (const auto& jid : jids) writer.open(line).attribute("jid", jid).attribute(attribute, value).close();
  writer.close().close();
  return xml;
}

// Every line of `list` changes `node` by `change`, which says why it cannot; all of them, or none.
template <class Change>
void manage(Shard& shard, IqRequest request, const PersonalNode& node, const xml::Element& list, Change change) {
  auto changed = node;
  for (const auto line : list.children()) {
    const auto jid = subject(line, *request.user);
    if (!jid) return request.reply_error(StanzaCondition::not_acceptable);
    if (const auto refused = change(changed, line, *jid)) return request.reply_error(*refused);
  }
  const auto limit = shard.config().pep_subscribers;
  if (changed.members.size() > limit || changed.subscribers.size() > limit) {
    return request.reply_error(
        StanzaError::of(StanzaCondition::policy_violation, "That is more than a node may have."));
  }
  auto& owner = *request.user;
  shard.nodes().put(owner, std::move(changed), answer_with(std::move(request)));
}

}  // namespace

// 8.9: the whitelist. There is one owner, and nobody else publishes (XEP-0163 2.2).
void manage_affiliations(Shard& shard, IqRequest request) {
  const auto list = request.payload.child("affiliations");
  const auto* node = owned_node(request, list);
  if (!node) return;
  if (!request.is_set()) {
    return request.reply(list_xml("affiliations", "affiliation", "affiliation", "member", *node, node->members,
                                  request.user->jid.text()));
  }
  manage(shard, std::move(request), *node, list, [](PersonalNode& changed, const xml::Element& line, const Jid& jid) {
    const auto wanted = line.attribute("affiliation");
    const std::string bare(jid.bare_text());
    if (wanted == "member") put_in(changed.members, bare);
    if (wanted == "none") std::erase(changed.members, bare);
    return wanted == "member" || wanted == "none" ? std::nullopt : std::optional(StanzaCondition::not_acceptable);
  });
}

// 8.8. Nobody is subscribed but by itself: events could else be sent to people who never asked for them.
void manage_subscriptions(Shard& shard, IqRequest request) {
  const auto list = request.payload.child("subscriptions");
  const auto* node = owned_node(request, list);
  if (!node) return;
  if (!request.is_set()) {
    return request.reply(
        list_xml("subscriptions", "subscription", "subscription", "subscribed", *node, node->subscribers, {}));
  }
  manage(shard, std::move(request), *node, list, [](PersonalNode& changed, const xml::Element& line, const Jid& jid) {
    const auto wanted = line.attribute("subscription");
    const auto there = std::find(changed.subscribers.begin(), changed.subscribers.end(), jid.text());
    const bool is_there = there != changed.subscribers.end();
    if (wanted == "none" && is_there) changed.subscribers.erase(there);
    if (wanted == "subscribed" && !is_there) return std::optional(StanzaCondition::not_allowed);
    return wanted == "subscribed" || wanted == "none" ? std::nullopt : std::optional(StanzaCondition::not_acceptable);
  });
}

}  // namespace queqiao::server::pep
