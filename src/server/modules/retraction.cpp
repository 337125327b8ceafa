// XEP-0424 Message Retraction 0.4.2: what somebody takes back is replaced in both archives, and where it waits for
// somebody who is offline. The retraction itself is a message like others, which the archive keeps (rules.cpp).
#include <memory>

#include "server/shard.h"
#include "xmpp/xep/message_references.h"
#include "xmpp/xep/payload.h"

namespace queqiao::server {
namespace {

using xmpp::StanzaCondition;
using xmpp::StanzaError;

class Retraction final : public Module {
 public:
  void attach(Shard& shard) override {
    shard_ = &shard;
    for (const auto feature : {xmpp::ns::retraction, xmpp::ns::retraction_tombstone}) {
      shard.advertise(feature);
      shard.advertise_account(feature);
    }
    shard.hooks().validate.push_back([this](OutgoingMessage& outgoing) { return take_back(outgoing); });
  }

 private:
  std::optional<StanzaError> take_back(OutgoingMessage& outgoing) {
    auto& message = outgoing.message;
    const auto target = xmpp::retracted_id(outgoing.element);
    const bool is_chat = message.type == xmpp::MessageType::chat || message.type == xmpp::MessageType::normal;
    if (target.empty() || !is_chat) return std::nullopt;
    const auto& config = shard_->config();
    // Each makes the store look for the message.
    if (!made_.take(message.from.local(), config.retractions_per_hour, shard_->loop().now())) {
      auto error =
          StanzaError::of(StanzaCondition::policy_violation, "You have taken back too many messages this hour.");
      error.type = xmpp::ErrorType::wait;
      return error;
    }
    const auto now = shard_->loop().wall_time();
    auto retraction = std::make_shared<storage::Retraction>();
    retraction->target = target;
    retraction->target_origin = origin_hash(message.to, target);
    if (config.retraction_limit.count() > 0) retraction->not_before = now - config.retraction_limit;
    retraction->tombstone = xmpp::to_xml(xmpp::Tombstone{std::string(outgoing.element.attribute("id")), now});
    message.retraction = std::move(retraction);
    return std::nullopt;
  }

  Shard* shard_ = nullptr;  // not owned
  RateTable made_;          // by account
};

}  // namespace
}  // namespace queqiao::server

QUEQIAO_MODULE(retraction, Retraction)
