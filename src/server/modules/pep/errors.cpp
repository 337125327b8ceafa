#include <utility>

#include "server/modules/pep/parts.h"
#include "xml/writer.h"
#include "xmpp/xep/pubsub.h"

namespace queqiao::server::pep {

using xmpp::AccessModel;
using xmpp::StanzaCondition;
using xmpp::StanzaError;

namespace {

constexpr std::size_t name_bytes = 1'023;  // of a node, as of a resource (XEP-0060 12.13)

}  // namespace

StanzaError error(StanzaCondition condition, std::string_view specific, std::string_view text,
                  std::string_view feature) {
  auto answer = StanzaError::of(condition, text);
  xml::Writer writer(answer.application);
  writer.open(specific, xmpp::pubsub::errors_ns);
  if (!feature.empty()) writer.attribute("feature", feature);
  writer.close();
  return answer;
}

StanzaError unsupported(std::string_view feature) {
  return error(StanzaCondition::feature_not_implemented, "unsupported", {}, feature);
}

// 6.1.3 and 6.5.9.
std::optional<StanzaError> refusal(const User& owner, const PersonalNode* node, const xmpp::Jid& who) {
  if (!node) return StanzaError::of(StanzaCondition::item_not_found);
  if (PersonalNodes::may_read(owner, *node, who)) return std::nullopt;
  switch (node->config.access) {
    case AccessModel::presence:
      return error(StanzaCondition::not_authorized, "presence-subscription-required");
    case AccessModel::roster:
      return error(StanzaCondition::not_authorized, "not-in-roster-group");
    default:
      return error(StanzaCondition::not_allowed, "closed-node");
  }
}

std::optional<std::string> node_name(IqRequest& request, const xml::Element& element) {
  std::string name(element.attribute("node"));
  if (!name.empty() && name.size() <= name_bytes) return name;
  request.reply_error(name.empty() ? error(StanzaCondition::bad_request, "nodeid-required")
                                   : StanzaError::of(StanzaCondition::not_acceptable, "The node's name is too long."));
  return std::nullopt;
}

std::optional<std::string> apply(xmpp::NodeConfig& config, const xmpp::DataForm& form, bool is_strict,
                                 const Config& limits) {
  auto changed = config;
  if (auto refused = changed.apply(form, is_strict)) return refused;
  if (changed.max_items != xmpp::NodeConfig::all_items && changed.max_items > limits.pep_items) {
    return "pubsub#max_items";
  }
  config = std::move(changed);
  return std::nullopt;
}

UniqueFunction<void(Result<void>)> answer_with(IqRequest request, std::string payload) {
  return [request = std::move(request), payload = std::move(payload)](Result<void> outcome) mutable {
    if (!outcome) return request.reply_error(outcome.error());
    request.reply(payload);
  };
}

}  // namespace queqiao::server::pep
