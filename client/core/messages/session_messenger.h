#pragma once

#include <memory>

#include "client/core/messages/archive_sync.h"
#include "client/core/messages/message_intake.h"
#include "client/core/messages/outbox_sender.h"
#include "client/core/messages/read_marks.h"
#include "client/core/messages/server_clock.h"
#include "client/core/messages/shakes.h"
#include "client/core/messages/typing_notices.h"
#include "client/core/messenger.h"

namespace queqiao::client {

class HttpTransfers;
class Presences;
class Roster;
class Session;
class Settings;

// The Messenger of one account: joins the parts of this folder to each other and to the session.
class SessionMessenger final : public Messenger {
  Q_OBJECT

 public:
  SessionMessenger(Session& session, Presences& presences, LocalHistory& history, Settings& settings, Roster& roster,
                   HttpTransfers& transfers);

  qint64 send_text(const QString& chat, const QString& text, qint64 quoted) override;
  qint64 send_file(const QString& chat, const QString& path) override;
  qint64 send_game(const QString& chat, const QByteArray& payload, const QString& readable_text) override;
  void resend(qint64 id) override;
  void edit(qint64 id, const QString& text) override;
  void recall(qint64 id) override;
  void react(qint64 id, const QStringList& emoji) override;
  void forward(const QList<qint64>& ids, const QString& chat) override;
  ShakeOutcome shake(const QString& chat) override;
  std::chrono::seconds until_next_shake(const QString& chat) const override;
  void set_typing(const QString& chat, bool is_typing) override;
  void mark_read(const QString& chat) override;
  void add_notice(const QString& chat, const QString& text) override;
  void load_older(const QString& chat) override;
  bool is_typing(const QString& chat) const override;

 private:
  void connect_parts();
  void tell_of_failed_write();
  void advertise();
  bool take(const xml::Element& message);
  bool take_carbon(const xml::Element& message);
  void enable_carbons();
  Message new_message(const QString& chat) const;
  std::optional<Quote> quote_of(qint64 id) const;
  qint64 add_and_send(Message message);
  void post(const Message& message);  // within a batch
  void post_about(const Message& message, StanzaPurpose purpose, const QString& id, const std::string& stanza,
                  const QString& undo);
  void file_uploaded(qint64 id);
  void settled(const OutboxEntry& entry);
  void refused(const OutboxEntry& entry, const xmpp::StanzaError& error);
  static QString refusal_text(const xmpp::StanzaError& error);
  void undo_correction(const OutboxEntry& entry);
  void send_receipt(const QString& chat, const QString& wire_id);
  void take_shake(const QString& chat);

  Session& session_;
  Presences& presences_;
  LocalHistory& history_;
  Settings& settings_;
  Roster& roster_;
  HttpTransfers& transfers_;
  ServerClock clock_;
  MessageIntake intake_;
  OutboxSender sender_;
  ArchiveSync sync_;
  ReadMarks marks_;
  TypingNotices typing_;
  Shakes shakes_;
};

}  // namespace queqiao::client
