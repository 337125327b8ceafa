#pragma once

#include <QObject>
#include <QString>

#include "xmpp/stanza.h"
#include "xmpp/stream/client_events.h"
#include "xmpp/stream/iq_requests.h"

// What went wrong, in words for people.
namespace queqiao::client {

// The context of these texts for translators.
class Words : public QObject {
  Q_OBJECT
};

QString explain(const xmpp::StreamEnded& end);
QString explain(const xmpp::StanzaError& error);
QString explain(const xmpp::IqAnswer& answer);  // empty for a result

}  // namespace queqiao::client
