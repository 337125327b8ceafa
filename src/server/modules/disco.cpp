// XEP-0030 Service Discovery 2.5 of the server and of accounts, and XEP-0115 Entity Capabilities 1.6 in the stream's
// features.
#include <algorithm>

#include "server/shard.h"
#include "xmpp/namespaces.h"
#include "xmpp/xep/disco.h"
#include "xmpp/xep/payload.h"

namespace queqiao::server {
namespace {

using xmpp::StanzaCondition;

constexpr std::string_view caps_node = "urn:queqiao:server";

void add_features(xmpp::DiscoInfo& info, const std::vector<std::string>& features) {
  info.features = features;
  for (const auto ns : {xmpp::ns::disco_info, xmpp::ns::disco_items}) info.features.emplace_back(ns);
  // XEP-0115 5.4: one that is named twice makes the whole answer ill-formed.
  std::sort(info.features.begin(), info.features.end());
  info.features.erase(std::unique(info.features.begin(), info.features.end()), info.features.end());
}

class Disco final : public Module {
 public:
  void attach(Shard& shard) override {
    shard_ = &shard;
    constexpr auto all = iq_target::server | iq_target::own_account | iq_target::other_account;
    shard.on_iq(all, "query", xmpp::ns::disco_info, [this](IqRequest request) { answer_info(std::move(request)); },
                {.get = std::nullopt});
    shard.on_iq(all, "query", xmpp::ns::disco_items, [this](IqRequest request) { answer_items(std::move(request)); },
                {.get = std::nullopt});
    // Once every module has said what it can do.
    shard.loop().post([this] { announce_capabilities(); });
  }

 private:
  xmpp::DiscoInfo server_info() const {
    xmpp::DiscoInfo info;
    info.identities = shard_->identities();
    info.identities.push_back({"server", "im", "Queqiao", {}});
    info.forms = shard_->forms();
    add_features(info, shard_->features());
    return info;
  }

  xmpp::DiscoInfo account_info() const {
    xmpp::DiscoInfo info;
    info.identities = shard_->account_identities();
    info.identities.push_back({"account", "registered", {}, {}});
    add_features(info, shard_->account_features());
    return info;
  }

  void announce_capabilities() {
    const auto version = xmpp::capabilities_version(server_info());
    if (!version) return;
    version_node_ = std::string(caps_node).append(1, '#').append(*version);
    shard_->add_stream_feature(xmpp::to_xml(xmpp::Capabilities{std::string(caps_node), *version}));
  }

  // XEP-0030 8: whether there is such an account, only those learn who may see its presence.
  static bool may_ask(const IqRequest& request) {
    return request.is_own_account() || request.to().is_domain() || request.user->is_seen_by(request.from().bare_text());
  }

  static bool is_account(const IqRequest& request) { return request.to().empty() || !request.to().is_domain(); }

  // Whatever may be seen by people who do not see the account's presence decides the hook.
  static bool is_taken(IqRequest& request, const std::vector<AccountHook>& hooks) {
    if (!is_account(request)) return false;
    return std::any_of(hooks.begin(), hooks.end(), [&](const auto& hook) { return hook(request); });
  }

  void answer_info(IqRequest request) {
    if (request.is_set()) return request.reply_error(StanzaCondition::not_allowed);
    const bool has_node = request.payload.has_attribute("node");
    if (has_node && is_taken(request, shard_->hooks().disco_node)) return;
    if (!may_ask(request)) return request.reply_error(StanzaCondition::service_unavailable);
    const bool is_server = request.to().is_domain() && !request.to().empty();
    const std::string node(request.payload.attribute("node"));
    if (!node.empty() && !(is_server && node == version_node_))
      return request.reply_error(StanzaCondition::item_not_found);
    auto info = is_server ? server_info() : account_info();
    info.node = node;
    request.reply(xmpp::to_xml(info));
  }

  void answer_items(IqRequest request) {
    if (request.is_set()) return request.reply_error(StanzaCondition::not_allowed);
    if (is_taken(request, shard_->hooks().disco_items)) return;
    if (!may_ask(request)) return request.reply_error(StanzaCondition::service_unavailable);
    if (request.payload.has_attribute("node")) return request.reply_error(StanzaCondition::item_not_found);
    request.reply(xmpp::to_xml(xmpp::DiscoItems{}));
  }

  Shard* shard_ = nullptr;  // not owned
  std::string version_node_;
};

}  // namespace
}  // namespace queqiao::server

QUEQIAO_MODULE(disco, Disco)
