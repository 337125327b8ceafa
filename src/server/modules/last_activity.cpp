// XEP-0012 Last Activity 1.2: how long the server has been up, and how long a contact has been away.
#include <algorithm>
#include <chrono>
#include <utility>

#include "server/shard.h"

namespace queqiao::server {
namespace {

constexpr std::string_view ns = "jabber:iq:last";

class LastActivity final : public Module {
 public:
  void attach(Shard& shard) override {
    shard_ = &shard;
    started_ = shard.loop().now();
    shard.advertise(ns);
    shard.advertise_account(ns);
    shard.on_iq(iq_target::server | iq_target::own_account | iq_target::other_account, "query", ns,
                [this](IqRequest request) { asked(std::move(request)); },
                // Section 4: only those who may see the user's presence may know.
                {.get = xmpp::StanzaCondition::forbidden, .set = xmpp::StanzaCondition::forbidden});
  }

 private:
  void asked(IqRequest request);
  void reply(IqRequest request, std::chrono::seconds seconds) {
    const auto count = std::max<std::int64_t>(seconds.count(), 0);
    request.reply("<query xmlns='jabber:iq:last' seconds='" + std::to_string(count) + "'/>");
  }

  Shard* shard_ = nullptr;
  TimePoint started_{};
};

void LastActivity::asked(IqRequest request) {
  if (request.is_set()) return request.reply_error(xmpp::StanzaCondition::bad_request);
  if (!request.to().empty() && request.to().is_domain()) {
    return reply(std::move(request), std::chrono::duration_cast<std::chrono::seconds>(shard_->loop().now() - started_));
  }
  const User& user = *request.user;
  if (user.is_online()) return reply(std::move(request), {});
  // Never logged in: nothing to tell.
  if (!user.last_seen) return request.reply_error(xmpp::StanzaCondition::item_not_found);
  const auto away = shard_->loop().wall_time() - *user.last_seen;
  reply(std::move(request), std::chrono::duration_cast<std::chrono::seconds>(away));
}

}  // namespace
}  // namespace queqiao::server

QUEQIAO_MODULE(last_activity, LastActivity)
