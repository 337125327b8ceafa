// XEP-0224 Attention 1.0: messages that shake a window pass as others do, but not one after the other. One without a
// body is not kept for later, and one with a body that is delivered later shakes nothing (business rule 3: clients see
// the delay).
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "server/shard.h"
#include "xmpp/xep/message_signals.h"

namespace queqiao::server {
namespace {

using xmpp::StanzaCondition;
using xmpp::StanzaError;

constexpr std::size_t recipients_per_sender = 20;  // whom one account may shake within the interval

class Attention final : public Module {
 public:
  void attach(Shard& shard) override {
    shard_ = &shard;
    shard.hooks().validate.push_back([this](OutgoingMessage& outgoing) { return shake(outgoing); });
    shard.hooks().ended.push_back([this](Session& session) { forget_unless_recent(session.user().name); });
    shard.hooks().user_deleted.push_back([this](User& user) { shaken_.erase(user.name); });
  }

 private:
  struct Shake {
    std::string recipient;
    TimePoint when;
  };

  // Only accounts of this shard that were online within the interval have an entry, each a few: so this is bounded.
  std::optional<StanzaError> shake(const OutgoingMessage& outgoing) {
    const auto interval = shard_->config().attention_interval;
    const auto& message = outgoing.message;
    const bool is_for_person = message.type != xmpp::MessageType::error && message.type != xmpp::MessageType::groupchat;
    if (interval.count() == 0 || !is_for_person || !xmpp::wants_attention(outgoing.element)) return std::nullopt;
    const auto now = shard_->loop().now();
    auto& recent = shaken_[std::string(message.from.local())];
    std::erase_if(recent, [&](const Shake& shake) { return now - shake.when >= interval; });
    const auto same = std::find_if(recent.begin(), recent.end(),
                                   [&](const Shake& shake) { return shake.recipient == message.to.bare_text(); });
    if (same != recent.end()) return too_early(interval - (now - same->when));
    if (recent.size() >= recipients_per_sender) return too_early(interval - (now - recent.front().when));
    recent.push_back({std::string(message.to.bare_text()), now});
    return std::nullopt;
  }

  static StanzaError too_early(TimePoint::duration left) {
    const auto seconds = std::max<std::int64_t>(std::chrono::ceil<std::chrono::seconds>(left).count(), 1);
    auto error = StanzaError::of(StanzaCondition::policy_violation,
                                 "You can do this again in " + std::to_string(seconds) + " seconds.");
    error.type = xmpp::ErrorType::wait;
    return error;
  }

  // Logging in again must not be a way around the interval.
  void forget_unless_recent(const std::string& user) {
    const auto found = shaken_.find(user);
    if (found == shaken_.end()) return;
    shard_->loop().after(shard_->config().attention_interval, [this, user] {
      const auto there = shaken_.find(user);
      if (there == shaken_.end()) return;
      const auto now = shard_->loop().now();
      const auto interval = shard_->config().attention_interval;
      std::erase_if(there->second, [&](const Shake& shake) { return now - shake.when >= interval; });
      if (there->second.empty()) shaken_.erase(there);
    });
  }

  Shard* shard_ = nullptr;              // not owned
  TextMap<std::vector<Shake>> shaken_;  // by sender; oldest first
};

}  // namespace
}  // namespace queqiao::server

QUEQIAO_MODULE(attention, Attention)
