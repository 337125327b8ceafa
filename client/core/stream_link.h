#pragma once

#include <QDateTime>
#include <QList>
#include <QObject>
#include <QPointer>
#include <QString>
#include <QTimer>
#include <deque>
#include <functional>
#include <string>
#include <string_view>

#include "client/core/account.h"
#include "client/core/certificate_trust.h"
#include "client/core/connection.h"
#include "client/core/server_lookup.h"
#include "xmpp/stream/client_stream.h"

namespace queqiao::client {

struct LinkSettings {
  AccountSettings account;
  std::string resource;             // that is wished for; empty: the server chooses
  bool wants_registration = false;  // XEP-0077 before the log-in
  bool stays = true;                // connects again when the connection is lost
};

// Keeps one ClientStream connected: finds the server, decides whether to trust it, moves the bytes, and connects again,
// later and later, when the connection is lost. The only place that calls the stream, so that no handler is called from
// inside it: a handler may open a dialog, whose event loop brings further bytes.
class StreamLink : public QObject {
  Q_OBJECT

 public:
  using Problem = std::function<QString()>;  // in words for people, in the language of the moment
  using Answered = std::function<void(const xmpp::IqAnswer& answer)>;

  explicit StreamLink(LinkSettings settings, QObject* parent = nullptr);
  ~StreamLink() override;

  void start();
  void stop();       // ends the stream in order
  void retry_now();  // without waiting any longer
  // Takes the connection away without ending the session, until release(): the server keeps what it has for us.
  void hold(Problem why);
  void release();
  void answer_certificate(bool is_accepted);
  void set_password(const QString& password);  // for the next log-in
  // Comes every second from start() on; a gap in the wall clock's time tells that the machine slept.
  void second_passed(const QDateTime& now);

  ConnectionState state() const { return state_; }
  QString state_text() const;
  QString accepted_fingerprint() const { return pins_.find(domain_); }
  const xmpp::Jid& jid() const { return stream_.jid(); }
  bool is_online() const { return stream_.is_online(); }
  bool has_acknowledgements() const { return stream_.has_acknowledgements(); }

  std::uint64_t send_message(std::string message);
  void send_presence(std::string_view presence);
  void request(xmpp::IqType type, const xmpp::Jid& to, std::string_view payload, Answered then);
  void reply(std::string_view iq);
  void submit_registration(const xmpp::Registration& answer);

 signals:
  void state_changed(queqiao::client::ConnectionState state);  // or its text
  void online(bool is_resumed);
  void offline();
  void stanza_received(const queqiao::xml::Element& stanza);  // a copy, valid for the call
  void acknowledged(quint64 up_to);
  void registration_wanted(const queqiao::xmpp::Registration& question);
  void registered();
  void certificate_question(const queqiao::client::CertificateQuestion& question);
  void login_failed(const QString& why, queqiao::xmpp::StreamEnd reason);
  void replaced();

 private:
  struct Answer;

  void attempt();
  void try_endpoint();
  void opened();
  void secured();
  void received(const QByteArray& bytes);
  void closed(const QString& why);
  void pump();
  void deliver_answers();
  void flush();
  void arm_timer();
  void handle(const xmpp::ClientEvent& event);
  void handle_stanza(const xml::Element& stanza);
  void ended(const xmpp::StreamEnded& end);
  void ask(const CertificateQuestion& question);
  void note_lost();  // before drop_connection(), when it is not we who end the session
  void drop_connection();
  void wait_for_retry(Problem why);
  void give_up(Problem why, xmpp::StreamEnd reason);
  void set_state(ConnectionState state);
  void watch_network();

  LinkSettings settings_;
  QString domain_;
  CertificatePins pins_;
  xmpp::ClientStream stream_;
  ServerLookup lookup_;
  QList<Endpoint> endpoints_;
  qsizetype next_endpoint_ = 0;
  QPointer<Connection> connection_;
  bool is_direct_tls_ = false;
  bool has_heard_ = false;  // anything from this endpoint
  std::deque<Answer> answers_;
  std::optional<CertificateQuestion> question_;
  bool is_held_ = false;

  ConnectionState state_ = ConnectionState::offline;
  bool was_online_ = false;  // what was told last
  Problem problem_;          // why there is no connection
  std::chrono::seconds back_off_{1};
  std::chrono::steady_clock::time_point online_since_;
  QDateTime next_attempt_;
  QTimer stream_timer_, retry_timer_, second_timer_;
  QDateTime last_second_;
};

}  // namespace queqiao::client
