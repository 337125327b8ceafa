#pragma once

#include <QHash>
#include <QObject>
#include <QString>
#include <limits>
#include <optional>
#include <vector>

#include "client/core/history/local_history.h"
#include "client/core/messages/message_intake.h"
#include "xml/element.h"
#include "xmpp/stream/iq_requests.h"
#include "xmpp/xep/archive.h"

namespace queqiao::client {

class Session;

// Keeps the history in step with the account's archive on the server (XEP-0313). In a new session it takes the newest
// page first, so that people see what was said last, and then goes back until the gap to what was known is closed; what
// is still missing is kept on disk, and a later session goes on with it. On a new machine the newest messages are all;
// older ones come when somebody scrolls there.
class ArchiveSync : public QObject {
  Q_OBJECT

 public:
  ArchiveSync(Session& session, LocalHistory& history, MessageIntake& intake, QObject* parent = nullptr);

  // True for a message that claims to be a result: it is taken when it answers a question of ours, and dropped when
  // not (CVE-2020-26547).
  bool take(const xml::Element& message);
  void load_older(const QString& chat);  // older_loaded() follows

 signals:
  void caught_up();  // or the server has no archive
  void gave_up();    // in this session
  void older_loaded(const QString& chat, bool is_complete);

 private:
  enum class Purpose : quint8 { newest, first, gap, older };
  struct Result {
    ArchivePlace place;
    std::optional<ReceivedMessage> received;  // nothing: no message of a chat
  };
  struct Query {
    Purpose purpose = Purpose::newest;
    QString chat;                 // of older
    ArchiveGap gap;               // of gap
    bool is_by_time = false;      // the archive has forgotten the id
    qint64 quiet_before = 0;      // of older, see ReceivedMessage
    std::vector<Result> results;  // of the page, oldest first
    // A message's id here (microseconds) that all of the page stands in front of, and afterwards the first of the page.
    qint64 bound = std::numeric_limits<qint64>::max();
    int contents = 0;  // messages to show, of this page and those before
    int pages = 1;     // asked for so far, of a first synchronisation
  };

  void begin();
  void ask(Query query, xmpp::ArchiveRequest request);
  void answered(Query query, const xmpp::IqAnswer& answer);
  void store(Query query, bool is_complete);
  void order(Query& query);
  bool finish(const Query& query, bool is_complete);
  void refused(Query query, const xmpp::IqAnswer& answer);
  bool finish_newest(const Query& query, bool is_complete);
  void finish_first(const Query& query, bool is_complete);
  bool finish_gap(const Query& query, bool is_complete);
  bool finish_older(const Query& query, bool is_complete);
  bool close_gap(qint64 gap);
  void ask_next_gap();
  void ask_gap_by_time(Query query);
  void ask_older(const QString& chat);

  Session& session_;
  LocalHistory& history_;
  MessageIntake& intake_;
  QHash<QString, Query> queries_;  // by query id
};

}  // namespace queqiao::client
