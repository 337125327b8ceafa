#pragma once

#include <QString>
#include <QStringList>
#include <optional>
#include <string_view>

#include "client/core/history/message_table.h"
#include "client/core/message.h"
#include "xml/element.h"
#include "xmpp/jid.h"
#include "xmpp/stanza.h"
#include "xmpp/xep/message_signals.h"

namespace queqiao::client {

// How a message came here.
enum class Way : quint8 {
  live,     // to this device
  carbon,   // a copy of what another device of ours got or sent (XEP-0280)
  archive,  // found while closing a gap to what was known
  older     // a page of old messages that the user scrolled to, or the first page on a new machine
};

// A message stanza as plain values: what it says, and what it says about other messages. It is read at once and applied
// to the history later, since a stanza is valid for the moment only.
struct ReceivedMessage {
  Way way = Way::live;
  bool is_own = false;      // the user said it, on whatever device
  bool is_late = false;     // delayed or archived: nothing of the moment
  qint64 quiet_before = 0;  // Way::older: what is older than this is announced as a page, see History::older_added()
  qint64 time = 0;          // microseconds
  std::string from;         // full JID, to answer

  bool has_content = false;  // `message` is one to show; else only its chat and ids count
  Message message;
  MessageTraits traits;

  QString corrected;  // wire ids of the messages that these are about; empty: none
  QString recalled;
  QString receipt_of;
  QString displayed;
  std::optional<QString> reacted_to;
  QStringList reactions;
  bool asks_for_receipt = false;
  bool wants_attention = false;
  std::optional<xmpp::ChatState> state;
  std::optional<xmpp::StanzaError> error;  // it came back
};

// Where a stanza comes from, which decides whom it is believed.
struct Origin {
  Way way = Way::live;
  std::string_view archive_id;     // of an archive's result; of others it is in the stanza
  std::optional<qint64> archived;  // microseconds
  qint64 now = 0;                  // microseconds: when it came, by the server's clock
};

// Nothing for what is no part of a chat of two: group chats, events, and stanzas that `account` has no part in.
std::optional<ReceivedMessage> read_message(const xml::Element& stanza, const xmpp::Jid& account, const Origin& origin);

}  // namespace queqiao::client
