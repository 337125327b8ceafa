// XEP-0186 Invisible Command 0.14.0: a client takes messages, requests and presence like an available one, and nobody
// sees that it is there. What it sends, directed presence included, goes out as ever.
#include "server/shard.h"

namespace queqiao::server {
namespace {

constexpr std::string_view ns = "urn:xmpp:invisible:1";

class Invisible final : public Module {
 public:
  void attach(Shard& shard) override {
    shard_ = &shard;
    shard.advertise(ns);
    constexpr auto all = iq_target::own_account | iq_target::other_account | iq_target::server;
    shard.on_iq(all, "invisible", ns, [this](IqRequest request) {
      if (!is_for_us(request)) return request.reply_error(xmpp::StanzaCondition::not_allowed);
      hide(std::move(request));
    });
    shard.on_iq(all, "visible", ns, [this](IqRequest request) {
      if (!is_for_us(request)) return request.reply_error(xmpp::StanzaCondition::not_allowed);
      show(std::move(request));
    });
  }

 private:
  static bool is_for_us(const IqRequest& request) { return request.is_set() && request.is_own_account(); }

  // 3.1.
  void hide(IqRequest request) {
    Session& session = *request.session;
    const auto probe = request.payload.attribute("probe");
    if (!session.is_invisible) vanish(session);
    if (!session.is_available()) become_available(session);
    if (probe == "true" || probe == "1") {
      for (const auto& hook : shard_->hooks().probing) hook(session);
    }
    request.reply();
  }

  void vanish(Session& session) {
    User& user = session.user();
    const bool was_visible = session.is_visible();
    for (const auto& hook : shard_->hooks().vanishing) hook(session);
    session.is_invisible = true;
    // 3.1.1: asked since when the user is away, the server says: since then.
    if (was_visible && !user.is_online()) shard_->set_last_seen(user);
  }

  // 3.1.1: presence and messages are delivered to it, also when it has sent no presence before.
  void become_available(Session& session) {
    session.set_presence(plain_presence(session.jid(), {}, xmpp::PresenceType::available).stanza, 0);
    for (const auto& hook : shard_->hooks().available) hook(session);
  }

  // 3.2: as before initial presence, but those who had directed presence are still told when it leaves.
  void show(IqRequest request) {
    Session& session = *request.session;
    if (session.is_invisible) {
      session.is_invisible = false;
      session.set_presence({}, 0);
      for (const auto& hook : shard_->hooks().unavailable) hook(session);
    }
    request.reply();
  }

  Shard* shard_ = nullptr;  // not owned
};

}  // namespace
}  // namespace queqiao::server

QUEQIAO_MODULE(invisible, Invisible)
