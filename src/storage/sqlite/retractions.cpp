#include "storage/sqlite/retractions.h"

#include "storage/message_text.h"
#include "storage/sqlite/time.h"
#include "storage/stanza_address.h"

namespace queqiao::storage::sqlite {
namespace {

// Where a message is only found to say that it is too old to be taken back, the walk soon ends.
constexpr std::size_t entries_passed_too_late = 5'000;
constexpr std::size_t messages_loaded_too_late = 1'000;

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
  archive_.walk_newest(account, entries_passed, [&](const FiledRow& row) {
    const bool is_in_time = row.id >= first_in_time;
    if (++passed > (is_in_time ? entries_passed : entries_passed_too_late)) return false;
    if (loaded >= (is_in_time ? messages_loaded : messages_loaded_too_late)) return false;
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
