// XEP-0313 Message Archive Management 1.1 with XEP-0441 preferences and the search of XEP-0431; XEP-0160 offline messages and the retries of
// XEP-0359 come from the same archive.
#include <memory>

#include "base/log.h"
#include "base/text.h"
#include "server/client_connection.h"
#include "server/modules/archive/parts.h"
#include "xmpp/namespaces.h"
#include "xmpp/xep/archive.h"

namespace queqiao::server {
namespace {

class Archive final : public Module {
 public:
  void attach(Shard& shard) override {
    offline_ = std::make_unique<archive::OfflineQueue>(shard);
    attach_rules(shard);
    attach_offline(shard);
    shard.hooks().bound.push_back([&shard](Session& session) { load_origins(shard, session); });
    if (shard.index() == 0) expire_later(shard, std::chrono::minutes(1));
    if (shard.config().has_archive) attach_queries(shard);
  }

 private:
  void attach_rules(Shard& shard) {
    shard.hooks().archive.push_back([&shard](OutgoingMessage& outgoing) -> std::optional<xmpp::StanzaError> {
      archive::decide(outgoing, shard.users().find(outgoing.message.from.local()), shard.config().has_archive);
      return std::nullopt;
    });
    shard.hooks().storing.push_back([](User& recipient, Message& message) {
      if (message.is_stored && !archive::wants_archived(recipient, message.from)) message.is_recipient_stored = false;
    });
  }

  void attach_offline(Shard& shard) {
    auto& hooks = shard.hooks();
    // Before the presence makes the session take messages, so that none overtakes those that wait.
    hooks.presence.push_back([this](Session& session, const xml::Element& presence, xmpp::PresenceType type,
                                    const std::optional<xmpp::Jid>& to) {
      const auto priority = parse_number<int>(trim(presence.child("priority").text())).value_or(0);
      if (type == xmpp::PresenceType::available && !to && priority >= 0) offline_->start(session);
      return false;
    });
    hooks.available.push_back([this](Session& session) {
      if (session.takes_messages()) offline_->start(session);
    });
    hooks.acknowledged.push_back([this](Session& session) { offline_->go_on(session); });
    hooks.ended.push_back([this](Session& session) { offline_->session_ended(session); });
  }

  static void attach_queries(Shard& shard) {
    for (const auto feature : {xmpp::ns::archive, xmpp::archive_extended_feature, xmpp::ns::stanza_ids}) {
      shard.advertise_account(feature);
    }
    if (shard.config().has_archive_search) shard.advertise_account(xmpp::archive_text_feature);
    constexpr auto accounts = iq_target::own_account | iq_target::other_account;
    const auto on = [&](std::string_view name, void (*answer)(Shard&, IqRequest)) {
      shard.on_iq(accounts, name, xmpp::ns::archive,
                  [&shard, answer](IqRequest request) { answer(shard, std::move(request)); },
                  {.get = xmpp::StanzaCondition::forbidden, .set = xmpp::StanzaCondition::forbidden});
    };
    on("query", archive::answer_query);
    on("metadata", archive::answer_metadata);
    on("prefs", archive::answer_preferences);
  }

  // A client that comes back sends again what was not acknowledged: its stanzas wait until the retries can be told.
  static void load_origins(Shard& shard, Session& session) {
    User& user = session.user();
    if (!shard.config().has_archive || user.recent_origins.is_loaded) return;
    session.is_loading = true;
    using Origins = std::vector<std::pair<std::uint64_t, storage::ArchiveId>>;
    auto then = [&shard, name = user.name](Result<Origins> origins) {
      if (!origins) log::warning("cannot read what {} sent last: {}", name, origins.error().message);
      User* there = shard.users().find(name);
      if (!there) return;
      if (origins && !there->recent_origins.is_loaded) {
        for (auto origin = origins->rbegin(); origin != origins->rend(); ++origin)
          there->recent_origins.add(origin->first);
        there->recent_origins.is_loaded = true;
      }
      for (const auto& waiting : there->sessions) {
        waiting->is_loading = false;
        if (waiting->connection()) waiting->connection()->go_on_later();
      }
    };
    shard.store().recent_origins(user.name, RecentOrigins::capacity, {&shard.loop(), std::move(then)});
  }

  static void expire_later(Shard& shard, std::chrono::minutes delay) {
    shard.loop().after(delay, [&shard] {
      const auto& config = shard.config();
      // Without an archive nothing is kept longer than it takes to serve it.
      const auto pause = config.has_archive ? std::chrono::minutes(60) : std::chrono::minutes(1);
      auto then = [&shard, pause](Result<std::uint64_t> removed) {
        if (!removed) log::error("cannot shorten the archives: {}", removed.error().message);
        if (removed && *removed) log::info("the archives lost {} entries that were old or too many", *removed);
        expire_later(shard, pause);
      };
      shard.store().expire({config.archive_keep, config.archive_messages_per_user}, {&shard.loop(), std::move(then)});
    });
  }

  std::unique_ptr<archive::OfflineQueue> offline_;
};

}  // namespace
}  // namespace queqiao::server

QUEQIAO_MODULE(archive, Archive)
