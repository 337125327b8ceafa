#pragma once

#include <QHash>
#include <QObject>
#include <QString>
#include <deque>
#include <map>

#include "client/core/history/local_history.h"
#include "xmpp/stanza.h"

namespace queqiao::client {

class Session;

// Brings the outbox to the server: each stanza in its order, once, and kept until the server has acknowledged it.
// Within one run the stream itself repeats what a lost connection swallowed. What an earlier run left goes out only
// after release(): the archive may have it already.
class OutboxSender : public QObject {
  Q_OBJECT

 public:
  OutboxSender(Session& session, LocalHistory& history, QObject* parent = nullptr);

  // Within the batch that stores what it is about; goes out when that is durable.
  void put(const OutboxEntry& entry);
  void release();
  // By the stream (XEP-0198). False: that could not be stored, and is to be told again.
  bool acknowledged(quint64 up_to);
  // Within a batch: it has arrived, as the archive shows.
  void archived(const QString& wire_id);

  // An error that came back. False: for none of ours.
  bool refuse(const QString& from, const QString& wire_id, const xmpp::StanzaError& error);

 signals:
  // Within a batch: the server has it.
  void settled(const queqiao::client::OutboxEntry& entry);
  // Within a batch: it came back. It may have been settled before.
  void refused(const queqiao::client::OutboxEntry& entry, const queqiao::xmpp::StanzaError& error);

 private:
  void pump();
  void settle(qint64 id);
  std::optional<OutboxEntry> find(const QString& wire_id);
  void remember(const OutboxEntry& entry);

  Session& session_;
  LocalHistory& history_;
  std::deque<qint64> waiting_;           // to go out
  std::map<quint64, qint64> in_flight_;  // by the stream's number
  QHash<QString, qint64> unsettled_;     // by wire id
  QHash<QString, OutboxEntry> recent_;   // settled ones, by wire id, whose refusal may still come
  std::deque<QString> recent_order_;
  bool is_held_;
};

}  // namespace queqiao::client
