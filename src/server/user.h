#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "server/personal_node.h"
#include "server/session.h"
#include "storage/store.h"
#include "xmpp/jid.h"

namespace queqiao::server {

// The origin-ids (XEP-0359) of what a user sent last, as hashes, so that a retry after a lost connection is known.
class RecentOrigins {
 public:
  static constexpr std::size_t capacity = 256;

  bool contains(std::uint64_t origin) const { return std::find(ring_.begin(), ring_.end(), origin) != ring_.end(); }
  void add(std::uint64_t origin) {
    if (ring_.size() < capacity) {
      ring_.push_back(origin);
    } else {
      ring_[next_] = origin;
      next_ = (next_ + 1) % capacity;
    }
  }
  void forget(std::uint64_t origin) { std::replace(ring_.begin(), ring_.end(), origin, std::uint64_t{0}); }

  bool is_loaded = false;  // those of before are in it

 private:
  std::vector<std::uint64_t> ring_;
  std::size_t next_ = 0;  // the oldest, once it is full
};

// An account as its home shard knows it: loaded when somebody needs it, kept while a session is there. Everything here
// belongs to that shard's thread.
struct User {
  std::string name;  // localpart
  xmpp::Jid jid;     // bare

  // Tombstones of removed items included; see storage::RosterItem. Sorted by JID.
  std::map<std::string, storage::RosterItem, std::less<>> roster;
  std::uint64_t roster_version = 0;
  std::uint64_t roster_floor = 0;  // removals up to this version are forgotten
  std::vector<storage::SubscriptionRequest> requests;
  std::map<std::string, std::string, std::less<>> login_data;
  std::vector<PersonalNode> nodes;  // of publish-subscribe; changed by PersonalNodes alone
  storage::ArchiveId served_position = 0;
  bool is_serving_offline = false;  // the offline queue is being sent; new messages wait behind it in the archive
  bool has_unserved = true;         // the archive may hold messages after served_position that nobody took
  std::optional<WallTime> last_seen;
  RecentOrigins recent_origins;

  std::vector<std::unique_ptr<Session>> sessions;

  const storage::RosterItem* contact(std::string_view bare_jid) const {
    const auto item = roster.find(bare_jid);
    return item == roster.end() || item->second.is_removed ? nullptr : &item->second;
  }
  // The contact sees this user's presence.
  bool is_seen_by(std::string_view bare_jid) const {
    const auto* item = contact(bare_jid);
    return item && (static_cast<unsigned>(item->subscription) & static_cast<unsigned>(storage::Subscription::from));
  }
  // This user sees the contact's presence.
  bool sees(std::string_view bare_jid) const {
    const auto* item = contact(bare_jid);
    return item && (static_cast<unsigned>(item->subscription) & static_cast<unsigned>(storage::Subscription::to));
  }
  Session* session(std::string_view resource) const {
    for (const auto& session : sessions) {
      if (session->jid().resource() == resource) return session.get();
    }
    return nullptr;
  }
  // As others see it.
  bool is_online() const {
    for (const auto& session : sessions) {
      if (session->is_visible()) return true;
    }
    return false;
  }
};

}  // namespace queqiao::server
