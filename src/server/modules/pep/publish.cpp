// XEP-0060 7.1 and 7.2: an account's owner publishes items and takes them back; 6.5: readers retrieve them.
#include <algorithm>
#include <utility>

#include "base/crypto.h"
#include "server/modules/pep/parts.h"
#include "xmpp/xep/payload.h"
#include "xmpp/xep/pubsub.h"

namespace queqiao::server::pep {

using xmpp::StanzaCondition;
using xmpp::StanzaError;

namespace {

constexpr std::size_t id_bytes = 1'023;

std::optional<StanzaError> flaw_of(const xmpp::PubsubPublication& publication, const Config& config) {
  if (publication.items.empty()) return error(StanzaCondition::bad_request, "item-required");
  if (publication.items.size() > 1) return error(StanzaCondition::bad_request, "max-items-exceeded");
  const auto& item = publication.items.front();
  if (item.payload.empty()) {
    return error(StanzaCondition::bad_request, "payload-required",
                 "An item has one element with a namespace of its own.");
  }
  if (item.payload.size() > config.pep_item_bytes) return error(StanzaCondition::not_acceptable, "payload-too-big");
  if (item.id.size() > id_bytes) return StanzaError::of(StanzaCondition::not_acceptable, "The item's id is too long.");
  return std::nullopt;
}

// 7.1.5: what a client demands of the node. One that is made is made like that.
std::optional<StanzaError> meet(PersonalNode& node, bool is_new, const xmpp::DataForm& options, const Config& limits) {
  if (options.form_type() != xmpp::pubsub::publish_options_form || options.type() != xmpp::FormType::submit) {
    return StanzaError::of(StanzaCondition::bad_request, "These are no publish-options.");
  }
  const bool is_met = is_new ? !apply(node.config, options, true, limits) : node.config.meets(options);
  if (is_met) return std::nullopt;
  return error(StanzaCondition::conflict, "precondition-not-met");
}

std::string published_xml(const std::string& node, const std::string& id) {
  return xmpp::to_xml(xmpp::PubsubPublication{node, {{id, {}, {}, {}}}, {}});
}

}  // namespace

void publish(Shard& shard, IqRequest request) {
  auto publication = xmpp::PubsubPublication::parse(request.payload);
  if (!request.is_own_account()) return request.reply_error(StanzaCondition::forbidden);
  if (!publication) return request.reply_error(StanzaCondition::bad_request, "The publish-options cannot be read.");
  const auto name = node_name(request, request.payload.child("publish"));
  if (!name) return;
  if (const auto flaw = flaw_of(*publication, shard.config())) return request.reply_error(*flaw);

  User& owner = *request.user;
  const auto* there = PersonalNodes::find(owner, *name);
  if (!there && owner.nodes.size() >= shard.config().pep_nodes) {
    return request.reply_error(error(StanzaCondition::policy_violation, "max-nodes-exceeded"));
  }
  auto node = there ? *there : PersonalNode{.name = *name};
  if (publication->options) {
    const auto conflict = meet(node, !there, *publication->options, shard.config());
    if (conflict) return request.reply_error(*conflict);
  }
  auto& item = publication->items.front();
  if (item.id.empty()) item.id = random_id();
  auto answer = published_xml(*name, item.id);
  shard.nodes().publish(owner, std::move(node), {std::move(item.id), {}, std::move(item.payload)},
                        answer_with(std::move(request), std::move(answer)));
}

void retract(Shard& shard, IqRequest request) {
  const auto retraction = xmpp::PubsubRetraction::parse(request.payload);
  if (!request.is_own_account()) return request.reply_error(StanzaCondition::forbidden);
  const auto name = node_name(request, request.payload.child("retract"));
  if (!name) return;
  if (retraction->ids.size() != 1 || retraction->ids.front().empty()) {
    return request.reply_error(error(StanzaCondition::bad_request, "item-required", "One item has to be named."));
  }
  User& owner = *request.user;
  if (!PersonalNodes::find(owner, *name)) return request.reply_error(StanzaCondition::item_not_found);
  shard.nodes().retract(owner, *name, retraction->ids.front(), retraction->wants_notification,
                        answer_with(std::move(request)));
}

// 6.5.7: without pages the newest so many; 6.5.4: pages go from the oldest on.
storage::PubsubQuery page_query(const xmpp::ResultSetRequest& page, const Config& config) {
  storage::PubsubQuery query;
  query.page_after = page.after;
  const bool is_first_page = page.max && !page.before;
  if (page.before && !page.before->empty()) {
    query.page_before = page.before;
  } else {
    query.is_last_page = !page.after && !is_first_page;
  }
  query.limit = std::min(page.max.value_or(config.pep_items), config.pep_items);
  query.max_bytes = config.pep_answer_bytes;
  return query;
}

std::optional<xmpp::ResultSet> place_of(const storage::PubsubPage& page, const xmpp::ResultSetRequest& asked) {
  const bool is_paging = asked.max || asked.after || asked.before;
  if (!is_paging && page.is_complete) return std::nullopt;
  xmpp::ResultSet place;
  place.count = page.count;
  if (!page.items.empty()) {
    place.first = page.items.front().id;
    place.last = page.items.back().id;
    place.first_index = page.first_index;
  }
  return place;
}

namespace {

storage::PubsubQuery query_of(const xmpp::PubsubItemsRequest& asked, const Config& config) {
  auto query = page_query(asked.page, config);
  query.ids = asked.ids;
  if (!asked.page.max && asked.max_items) query.limit = std::min(*asked.max_items, config.pep_items);
  return query;
}

std::string answer_of(const std::string& node, storage::PubsubPage page, const xmpp::ResultSetRequest& asked) {
  xmpp::PubsubItems answer{node, {}, place_of(page, asked)};
  for (auto& item : page.items) answer.items.push_back({std::move(item.id), std::move(item.payload), {}, {}});
  return xmpp::to_xml(answer);
}

}  // namespace

void retrieve(Shard& shard, IqRequest request) {
  const auto asked = xmpp::PubsubItemsRequest::parse(request.payload);
  if (!asked) return request.reply_error(StanzaCondition::bad_request);
  const auto name = node_name(request, request.payload.child("items"));
  if (!name) return;
  const User& owner = *request.user;
  const auto* node = PersonalNodes::find(*request.user, *name);
  if (const auto refused = refusal(owner, node, request.from())) return request.reply_error(*refused);
  if (asked->page.index) return request.reply_error(StanzaCondition::feature_not_implemented);
  if (asked->ids.size() > shard.config().pep_items) return request.reply_error(StanzaCondition::policy_violation);
  auto then = [request = std::move(request), name = *name,
               page = asked->page](Result<storage::PubsubPage> items) mutable {
    if (!items) return request.reply_error(items.error());
    request.reply(answer_of(name, *std::move(items), page));
  };
  shard.store().get_items(owner.name, *name, query_of(*asked, shard.config()), {&shard.loop(), std::move(then)});
}

}  // namespace queqiao::server::pep
