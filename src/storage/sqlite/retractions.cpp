#include "storage/sqlite/retractions.h"

#include "storage/message_text.h"
#include "storage/sqlite/time.h"
#include "storage/stanza_address.h"

namespace queqiao::storage::sqlite {
namespace {

// What one retraction may cost the writer. There is no index of messages by their ids: each message would pay for it,
// with a write at a random place of the file, and people take back what they have just sent. So the archive is walked
// from its newest entry on, as far as messages are young enough to be taken back. Further back, where a message is only
// found to say that it is too old, the walk soon ends.
struct Bounds {
  std::size_t entries;   // of the archive, passed over
  std::size_t messages;  // between the two, loaded
};
constexpr Bounds in_time{200'000, 50'000};
constexpr Bounds too_late{5'000, 1'000};

}  // namespace

Retractions::Outcome Retractions::apply(const ArchiveEntry& entry) {
  const Retraction& wanted = *entry.retraction;
  // One row is in both archives; the sender's may not have it when it is not archived there (XEP-0441).
  auto target = find(entry.sender, entry.recipient_jid, true, wanted);
  if (!target) target = find(entry.recipient, entry.sender_jid, false, wanted);
  if (!target) return Outcome::unknown;
  if (wanted.not_before && target->received < to_micros(*wanted.not_before)) return Outcome::too_old;
  search_.forget(target->id);
  replace_.run(with_content(target->stanza, wanted.tombstone), target->id);
  return Outcome::replaced;
}

// Only what the same account has sent to, or the recipient has from, the other side: nobody takes back another's words.
std::optional<Retractions::Target> Retractions::find(const User& owner, const std::string& peer_jid, bool is_sender,
                                                     const Retraction& wanted) {
  const AccountId account = owner.empty() ? 0 : archive_.account(owner);
  const PeerId peer = account ? archive_.find_peer(peer_jid) : 0;
  if (peer == 0) return std::nullopt;
  const ArchiveId first_in_time = wanted.not_before ? archive_.first_id_since(*wanted.not_before) : 0;
  std::optional<Target> found;
  std::size_t passed = 0, loaded = 0;
  archive_.walk_newest(account, in_time.entries, [&](const FiledRow& row) {
    const Bounds& bounds = row.id >= first_in_time ? in_time : too_late;
    if (++passed > bounds.entries || loaded >= bounds.messages) return false;
    const bool is_sent = (row.flags & outgoing) != 0;
    if (row.peer != peer || is_sent != is_sender) return true;
    ++loaded;
    found = load_if_meant(row.id, wanted);
    return !found;
  });
  return found;
}

std::optional<Retractions::Target> Retractions::load_if_meant(ArchiveId id, const Retraction& wanted) {
  Rows rows = message_.query(id);
  if (!rows.next()) return std::nullopt;
  const auto stanza = rows.text(2);
  const bool has_origin = wanted.target_origin != 0 && rows.id(1) == wanted.target_origin;
  if (!has_origin && stanza_attribute(stanza, "id") != wanted.target && std::to_string(id) != wanted.target) {
    return std::nullopt;
  }
  return Target{id, rows.integer(0), std::string(stanza)};
}

}  // namespace queqiao::storage::sqlite
