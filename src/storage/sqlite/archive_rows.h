#pragma once

#include "storage/sqlite/recent_rows.h"

namespace queqiao::storage::sqlite {

// A row of `message` as far as the rows of `archive` that it stands for need it. An owner of 0 is none.
struct MessageSides {
  ArchiveId id = 0;
  AccountId sender = 0;
  PeerId sender_peer = 0;
  AccountId recipient = 0;
  PeerId recipient_peer = 0;
  std::uint8_t flags = 0;  // for_offline and queued_only alone
  bool has_origin = false;
};

// Adds the one or two rows. A message to oneself has one, which is both.
inline void add_rows(const MessageSides& message, std::vector<FiledRow>& rows) {
  const auto sent = static_cast<std::uint8_t>(outgoing | (message.has_origin ? has_origin : 0));
  if (message.sender != 0 && message.sender == message.recipient) {
    const auto both = static_cast<std::uint8_t>(message.flags | sent);
    rows.push_back({message.sender, message.id, message.sender_peer, both});
    return;
  }
  if (message.recipient != 0) rows.push_back({message.recipient, message.id, message.recipient_peer, message.flags});
  if (message.sender != 0) rows.push_back({message.sender, message.id, message.sender_peer, sent});
}

}  // namespace queqiao::storage::sqlite
