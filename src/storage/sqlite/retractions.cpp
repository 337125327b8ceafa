#include "storage/sqlite/retractions.h"

#include "storage/message_text.h"
#include "storage/sqlite/time.h"
#include "storage/stanza_address.h"

namespace queqiao::storage::sqlite {
namespace {

// People take back what they have just sent. Bounds what one retraction costs the writer: entries of an archive that
// are passed over, and messages that are loaded.
constexpr std::size_t entries_looked_at = 5'000;
constexpr std::size_t messages_looked_at = 1'000;

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
  std::optional<Target> found;
  std::size_t loaded = 0;
  archive_.walk_newest(account, entries_looked_at, [&](const FiledRow& row) {
    const bool is_sent = (row.flags & outgoing) != 0;
    if (row.peer != peer || is_sent != is_sender) return true;
    found = load_if_meant(row.id, wanted);
    return !found && ++loaded < messages_looked_at;
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
