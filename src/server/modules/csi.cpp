// XEP-0352 Client State Indication 1.0: while nobody looks at a client, presence and typing notices wait, the latest of
// each sender only, until something comes that the person should hear of.
#include <map>
#include <unordered_map>

#include "server/client_connection.h"
#include "server/shard.h"
#include "storage/stanza_address.h"
#include "xmpp/namespaces.h"

namespace queqiao::server {
namespace {

using xmpp::StanzaKind;

// A presence may be as large as a stanza: this much waits, whatever the number.
constexpr std::size_t held_bytes = 256 * 1024;

struct Held {
  std::map<std::string, std::string> presences;  // by the sender's full JID
  std::map<std::string, std::string> notices;    // of typing, the same
  std::size_t bytes = 0;
};

class ClientState final : public Module {
 public:
  void attach(Shard& shard) override {
    shard_ = &shard;
    is_inactive_ = shard.new_session_flag();
    shard.add_stream_feature("<csi xmlns='urn:xmpp:csi:0'/>");
    shard.on_nonza("inactive", xmpp::ns::client_state,
                   [this](Session& session, const xml::Element&) { session.set(is_inactive_, true); });
    shard.on_nonza("active", xmpp::ns::client_state,
                   [this](Session& session, const xml::Element&) { activate(session); });
    shard.hooks().outbound.push_back(
        [this](Session& session, const Outbound& outbound) { return keep_back(session, outbound); });
    // 4.2: a stream begins in the active state, that of a resumption as well.
    shard.hooks().resumed.push_back([this](Session& session) { activate(session); });
    shard.hooks().ended.push_back([this](Session& session) { held_.erase(session.id()); });
  }

 private:
  void activate(Session& session) {
    session.set(is_inactive_, false);
    flush(session);
  }

  bool keep_back(Session& session, const Outbound& outbound) {
    if (!session.has(is_inactive_)) return false;
    auto* place = place_for(session, outbound);
    if (!place) {
      flush(session);  // in front of it: order stays
      return false;
    }
    auto& held = held_[session.id()];
    held.bytes += outbound.stanza.size() - place->size();
    place->assign(outbound.stanza);
    if (held.bytes > held_bytes || held.presences.size() + held.notices.size() >= shard_->config().held_stanzas) flush(session);
    return true;
  }

  // Where the stanza waits; null for what may not.
  std::string* place_for(Session& session, const Outbound& outbound) {
    if (outbound.kind == StanzaKind::iq) return nullptr;
    const bool is_presence = outbound.kind == StanzaKind::presence;
    if (!is_presence && (!outbound.is_held_back || outbound.position != 0)) return nullptr;
    if (is_presence) {
      // Requests and answers to them (RFC 6121 3) are for the person.
      const auto type = xmpp::presence_type(storage::stanza_attribute(outbound.stanza, "type"));
      if (type != xmpp::PresenceType::available && type != xmpp::PresenceType::unavailable) return nullptr;
    }
    auto& held = held_[session.id()];
    const auto from = outbound.from ? outbound.from->text() : storage::stanza_attribute(outbound.stanza, "from");
    return &(is_presence ? held.presences : held.notices)[from];
  }

  void flush(Session& session) {
    const auto place = held_.find(session.id());
    if (place == held_.end()) return;
    const auto held = std::move(place->second);
    held_.erase(place);
    for (const auto& [from, stanza] : held.presences) shard_->send_now(session, {stanza, StanzaKind::presence});
    for (const auto& [from, stanza] : held.notices) shard_->send_now(session, {stanza, StanzaKind::message});
  }

  Shard* shard_ = nullptr;  // not owned
  SessionFlag is_inactive_ = 0;
  std::unordered_map<std::uint64_t, Held> held_;  // by session
};

}  // namespace
}  // namespace queqiao::server

QUEQIAO_MODULE(csi, ClientState)
