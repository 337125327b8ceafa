#pragma once

#include <QString>
#include <QStringList>
#include <string>

#include "client/core/message.h"
#include "xmpp/xep/message_signals.h"

// The stanzas that carry a chat of two. `to` is a bare JID, `id` a new and unpredictable id, which is the origin-id as
// well (XEP-0359), so that a repetition is known for what it is. Pure functions: any thread.
namespace queqiao::client {

// A message to show: text with its quote, a file that has its address, or a step of a game.
std::string message_stanza(const Message& message);
std::string correction_stanza(const QString& to, const QString& id, const QString& corrected, const QString& text);
// `fallback` is for clients that know no retraction.
std::string recall_stanza(const QString& to, const QString& id, const QString& recalled, const QString& fallback);
std::string reaction_stanza(const QString& to, const QString& id, const QString& target, const QStringList& emoji);
std::string receipt_stanza(const QString& to, const QString& id, const QString& received);
std::string displayed_stanza(const QString& to, const QString& id, const QString& displayed);
std::string chat_state_stanza(const QString& to, const QString& id, xmpp::ChatState state);
std::string attention_stanza(const QString& to, const QString& id);

// The part of a body that quotes `quote` for clients that know no replies: "> …" lines (XEP-0461 3).
QString quote_fallback(const Quote& quote);

}  // namespace queqiao::client
