#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "storage/store.h"
#include "xml/element.h"
#include "xmpp/jid.h"
#include "xmpp/stanza.h"

namespace queqiao::server {

// Where a stanza came from, so that the answer and the acknowledgement find back.
struct Origin {
  unsigned shard = 0;
  std::uint64_t session = 0;  // or the connection, before log-in; 0: made by the server itself, nobody waits for it
  std::uint32_t number = 0;   // of the stanza in its stream (XEP-0198); 0 when nobody counts
};

// A message on its way. It is read and checked on the sender's shard, handed over once, and stored and delivered from the
// recipient's shard (docs/architecture.md follows one).
struct Message {
  xmpp::Jid from;
  xmpp::Jid to;
  xmpp::MessageType type = xmpp::MessageType::normal;
  storage::Bytes stanza;  // <message from=… to=…>…</message>, addresses stamped by the server
  Origin origin;

  // Decided on the sender's shard while the elements are at hand (Phase::archive, Phase::copy).
  bool is_stored = false;          // belongs in the archives, and is committed before it is delivered
  bool is_sender_stored = true;    // with is_stored: the sender's own archive takes it as well
  bool is_recipient_stored = true; // with is_stored: so does the recipient's, who may not want that (Hooks::storing)
  bool is_repeated = false;        // a retry of what came before: acknowledged in its turn, and that is all
  bool is_for_offline = false;     // must reach the recipient later when nobody is there now
  bool is_copied = false;          // eligible for carbons (XEP-0280 6)
  bool is_held_back = false;       // may wait while a client is inactive (XEP-0352): chat states and the like
  std::uint64_t origin_hash = 0;   // of the origin-id (XEP-0359), 0 for none
  std::shared_ptr<const storage::Retraction> retraction;  // what it takes back (XEP-0424); usually nothing
};

// With the recipient, since an id is only as unique as the client makes it.
inline std::uint64_t origin_hash(const xmpp::Jid& to, std::string_view origin_id) {
  return stable_hash(std::string(to.bare_text()).append(1, ' ').append(origin_id));
}

// What hooks on the sender's shard see: the message with its elements, which are valid for the call only.
struct OutgoingMessage {
  Message& message;
  const xml::Element& element;
  std::vector<std::string_view> taken_out = {};  // namespaces of children that are for the server and go no further
};

}  // namespace queqiao::server
