#include "client/core/messages/session_messenger.h"

#include <QCoreApplication>
#include <QTimer>

#include "base/assert.h"
#include "client/core/factories.h"
#include "client/core/messages/received_message.h"
#include "client/core/messages/stanza_writer.h"
#include "client/core/presences.h"
#include "client/core/qt_text.h"
#include "client/core/roster.h"
#include "client/core/session.h"
#include "client/core/settings.h"
#include "client/core/stream_end_text.h"
#include "client/core/transfers/http_transfers.h"
#include "xmpp/namespaces.h"
#include "xmpp/xep/archive.h"
#include "xmpp/xep/carbons.h"
#include "xmpp/xep/file_sharing.h"
#include "xmpp/xep/message_references.h"
#include "xmpp/xep/payload.h"

// What arrives, and what becomes of what was sent. Sending is in messenger_sending.cpp.
namespace queqiao::client {

std::unique_ptr<Messenger> make_messenger(Session& session, Presences& presences, History& history, Settings& settings,
                                          Roster& roster, Transfers& transfers) {
  auto* local = qobject_cast<LocalHistory*>(&history);
  auto* http = qobject_cast<HttpTransfers*>(&transfers);
  QUEQIAO_ASSERT(local && http);
  return std::make_unique<SessionMessenger>(session, presences, *local, settings, roster, *http);
}

SessionMessenger::SessionMessenger(Session& session, Presences& presences, LocalHistory& history, Settings& settings,
                                   Roster& roster, HttpTransfers& transfers)
    : session_(session),
      presences_(presences),
      history_(history),
      settings_(settings),
      roster_(roster),
      transfers_(transfers),
      clock_(session),
      intake_(history),
      sender_(session, history),
      sync_(session, history, intake_),
      marks_(session, history, sender_, settings, roster),
      typing_(session, presences, settings) {
  connect_parts();
  advertise();
  session_.on_message([this](const xml::Element& message) { return take(message); });
}

void SessionMessenger::connect_parts() {
  connect(&intake_, &MessageIntake::received, this, &Messenger::received);
  connect(&intake_, &MessageIntake::receipt_wanted, this, &SessionMessenger::send_receipt);
  connect(&intake_, &MessageIntake::shaken, this, &SessionMessenger::take_shake);
  connect(&intake_, &MessageIntake::state_heard, &typing_, &TypingNotices::heard);
  connect(&intake_, &MessageIntake::read_elsewhere, this, &Messenger::read_elsewhere);
  connect(&intake_, &MessageIntake::own_archived, &sender_, &OutboxSender::archived);
  connect(&intake_, &MessageIntake::returned, this,
          [this](const QString& from, const QString& id, const xmpp::StanzaError& error) {
            sender_.refuse(from, id, error);
          });
  connect(&sender_, &OutboxSender::settled, this, &SessionMessenger::settled);
  connect(&sender_, &OutboxSender::refused, this, &SessionMessenger::refused);
  connect(&sync_, &ArchiveSync::caught_up, &sender_, &OutboxSender::release);
  connect(&sync_, &ArchiveSync::gave_up, &sender_, &OutboxSender::release);
  connect(&sync_, &ArchiveSync::caught_up, this, &Messenger::caught_up);
  connect(&sync_, &ArchiveSync::older_loaded, this, &Messenger::older_loaded);
  connect(&clock_, &ServerClock::set, &history_, &LocalHistory::set_clock_ahead);
  connect(&marks_, &ReadMarks::read_elsewhere, this, &Messenger::read_elsewhere);
  connect(&history_, &History::message_added, &marks_, &ReadMarks::added);
  connect(&session_, &Session::acknowledged, this,
          [this](quint64 up_to) { intake_.put([this, up_to] { return sender_.acknowledged(up_to); }); });
  connect(&history_, &LocalHistory::write_failed, this, &SessionMessenger::tell_of_failed_write);
  connect(&intake_, &MessageIntake::full, this,
          [this] { session_.link().hold([] { return tr("Messages cannot be stored here"); }); });
  connect(&intake_, &MessageIntake::has_space, this, [this] { session_.link().release(); });
  connect(&typing_, &TypingNotices::changed, this, &Messenger::typing_changed);
  connect(&transfers_, &HttpTransfers::uploaded, this, &SessionMessenger::file_uploaded);
  connect(&session_, &Session::online, this, [this](bool is_resumed) {
    if (!is_resumed) enable_carbons();
  });
}

// Once: the attempts that follow are the program's own. And later, since a receiver may open a dialog.
void SessionMessenger::tell_of_failed_write() {
  if (intake_.is_retrying()) return;
  QTimer::singleShot(0, this,
                     [this] { emit failed({}, tr("This machine could not store messages. Is its disk full?")); });
}

void SessionMessenger::advertise() {
  for (const auto feature :
       {xmpp::ns::receipts, xmpp::ns::correction, xmpp::ns::retraction, xmpp::ns::reactions, xmpp::ns::replies,
        xmpp::ns::file_sharing, xmpp::ns::file_metadata, xmpp::ns::out_of_band}) {
    session_.advertise(feature);
  }
}

void SessionMessenger::enable_carbons() {
  std::string payload;
  xml::Writer writer(payload);
  xmpp::write_carbons_enable(writer);
  session_.request(xmpp::IqType::set, {}, payload, [](const xmpp::IqAnswer&) {});
}

bool SessionMessenger::take(const xml::Element& message) {
  if (sync_.take(message) || take_carbon(message)) return true;
  auto received = read_message(message, session_.account(), {.now = clock_.now()});
  if (!received) return false;
  intake_.put(*std::move(received));
  return true;
}

// XEP-0280 11: copies come from the own bare JID; whoever else sends one puts words into people's mouths
// (CVE-2017-5589). The stream checks that, too.
bool SessionMessenger::take_carbon(const xml::Element& message) {
  if (!xmpp::claims_carbon(message)) return false;
  const auto carbon = xmpp::read_carbon(message, session_.account());
  if (!carbon) return true;
  auto received = read_message(carbon->forwarded.stanza, session_.account(), {.way = Way::carbon, .now = clock_.now()});
  const bool is_sent = carbon->direction == xmpp::CarbonDirection::sent;
  if (received && (received->is_own || !is_sent)) intake_.put(*std::move(received));
  return true;
}

void SessionMessenger::settled(const OutboxEntry& entry) {
  if (entry.purpose == StanzaPurpose::message) history_.set_delivery(entry.message, Delivery::sent);
  if (entry.purpose != StanzaPurpose::recall) return;
  if (const auto message = history_.find(entry.message)) {
    history_.amend(entry.chat, {AmendmentKind::recall, message->wire_id, true, {}, history_.next_time(entry.chat)});
  }
}

void SessionMessenger::refused(const OutboxEntry& entry, const xmpp::StanzaError& error) {
  const auto why = refusal_text(error);
  const auto tell = [&](auto signal) { history_.after_commit(std::move(signal)); };
  switch (entry.purpose) {
    case StanzaPurpose::message:
      return history_.set_delivery(entry.message, Delivery::failed, why);
    case StanzaPurpose::correction:
      undo_correction(entry);
      break;
    case StanzaPurpose::recall:
      if (const auto message = history_.find(entry.message); message && message->kind == MessageKind::recalled) {
        undo_correction(entry);
      }
      return tell([this, id = entry.message, why] { emit recall_refused(id, why); });
    case StanzaPurpose::reaction:
      if (const auto message = history_.find(entry.message)) {
        history_.set_reactions(entry.chat, message->wire_id, bare(session_.account()),
                               entry.undo.split(' ', Qt::SkipEmptyParts), history_.next_time(entry.chat));
      }
      break;
    case StanzaPurpose::signal:
      return;  // a receipt, say: nobody waits for it
    case StanzaPurpose::shake:
      break;
  }
  tell([this, chat = entry.chat, why] { emit failed(chat, why); });
}

QString SessionMessenger::refusal_text(const xmpp::StanzaError& error) {
  switch (error.condition) {
    case xmpp::StanzaCondition::service_unavailable:
    case xmpp::StanzaCondition::recipient_unavailable:
      return tr("It cannot be delivered: there is no such account, or it takes nothing from you.");
    case xmpp::StanzaCondition::gone:
      return tr("The other side's account does not exist any more.");
    default:
      return explain(error);
  }
}

// `undo` is "1" or "0" for "was corrected before", and the text.
void SessionMessenger::undo_correction(const OutboxEntry& entry) {
  history_.restore(entry.message, entry.undo.mid(1), entry.undo.startsWith('1'));
}

void SessionMessenger::send_receipt(const QString& chat, const QString& wire_id) {
  // XEP-0184 6: a receipt shows that the user is there, so it is for those who may see that.
  const auto* contact = roster_.find(chat);
  if (!contact || !contact->is_friend) return;
  session_.send_message(receipt_stanza(chat, to_qt(session_.make_id()), wire_id));
}

void SessionMessenger::take_shake(const QString& chat) {
  const auto* contact = roster_.find(chat);
  const auto conversation = history_.conversation(chat);
  // Strangers shake nobody.
  if (!settings_.flag(setting::may_shake) || !contact || contact->is_blocked) return;
  if (conversation && conversation->is_muted) return;
  if (!shakes_.take(chat, Shakes::Clock::now())) return;
  add_notice(chat, tr("%1 shook your window.").arg(contact->display_name()));
  history_.after_commit([this, chat] { emit shaken(chat); });
}

}  // namespace queqiao::client
