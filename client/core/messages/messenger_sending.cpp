#include <QDateTime>
#include <QFileInfo>
#include <QMimeDatabase>

#include "client/core/messages/session_messenger.h"
#include "client/core/messages/stanza_writer.h"
#include "client/core/presences.h"
#include "client/core/qt_text.h"
#include "client/core/roster.h"
#include "client/core/session.h"
#include "client/core/transfers/http_transfers.h"
#include "client/core/transfers/pictures.h"

// How SessionMessenger sends: the history and the outbox first, in one transaction that survives a power cut.
namespace queqiao::client {
namespace {

constexpr qsizetype quote_length = 200;  // characters of the quoted text that an answer brings along

}  // namespace

Message SessionMessenger::new_message(const QString& chat) const {
  Message message;
  message.chat = chat;
  message.sender = bare(session_.account());
  message.is_outgoing = true;
  message.id = history_.next_time(chat);
  message.time = QDateTime::fromMSecsSinceEpoch(message.id / 1000);
  message.wire_id = to_qt(session_.make_id());
  message.delivery = Delivery::sending;
  return message;
}

std::optional<Quote> SessionMessenger::quote_of(qint64 id) const {
  const auto quoted = id > 0 ? history_.find(id) : std::nullopt;
  if (!quoted || quoted->wire_id.isEmpty()) return std::nullopt;
  const auto text = quoted->file && quoted->text.isEmpty() ? quoted->file->name : quoted->text;
  return Quote{quoted->wire_id, quoted->sender, text.left(quote_length)};
}

void SessionMessenger::post(const Message& message) {
  sender_.put({.purpose = StanzaPurpose::message,
               .message = message.id,
               .chat = message.chat,
               .wire_id = message.wire_id,
               .stanza = to_qt(message_stanza(message))});
  typing_.message_sent(message.chat);
}

qint64 SessionMessenger::add_and_send(Message message) {
  LocalHistory::Batch batch(history_, Durability::power);
  message.id = history_.add(message, {});
  post(message);
  return batch.commit() ? message.id : 0;
}

qint64 SessionMessenger::send_text(const QString& chat, const QString& text, qint64 quoted) {
  auto message = new_message(chat);
  message.text = text;
  message.quote = quote_of(quoted);
  return add_and_send(std::move(message));
}

qint64 SessionMessenger::send_game(const QString& chat, const QByteArray& payload, const QString& readable_text) {
  auto message = new_message(chat);
  message.kind = MessageKind::game;
  message.text = readable_text;
  message.game = payload;
  return add_and_send(std::move(message));
}

qint64 SessionMessenger::send_file(const QString& chat, const QString& path) {
  const QFileInfo info(path);
  auto message = new_message(chat);
  message.kind = MessageKind::file;
  message.file = FileInfo{.name = info.fileName(), .size = info.size(), .local_path = info.absoluteFilePath()};
  message.file->media_type = QMimeDatabase().mimeTypeForFile(info).name();
  if (const auto picture = picture_info(path)) {
    message.file->picture_size = picture->size;
    message.file->thumbnail = picture->thumbnail;
  }
  LocalHistory::Batch batch(history_, Durability::power);
  const auto id = history_.add(message, {});
  transfers_.upload(id, info.absoluteFilePath());
  return batch.commit() ? id : 0;
}

// Within the transaction that notes where the file is now.
void SessionMessenger::file_uploaded(qint64 id) {
  const auto message = history_.find(id);
  if (message && message->is_outgoing && message->kind == MessageKind::file) post(*message);
}

void SessionMessenger::resend(qint64 id) {
  const auto message = history_.find(id);
  if (!message || !message->is_outgoing || message->delivery != Delivery::failed) return;
  LocalHistory::Batch batch(history_, Durability::power);
  history_.set_delivery(id, Delivery::sending);
  if (message->file && message->file->url.isEmpty()) return transfers_.retry(id);
  post(*message);
}

void SessionMessenger::post_about(const Message& message, StanzaPurpose purpose, const QString& id,
                                  const std::string& stanza, const QString& undo) {
  sender_.put({.purpose = purpose,
               .message = message.id,
               .chat = message.chat,
               .wire_id = id,
               .stanza = to_qt(stanza),
               .undo = undo});
}

void SessionMessenger::edit(qint64 id, const QString& text) {
  const auto message = history_.find(id);
  if (!message || !message->is_outgoing || message->kind != MessageKind::text || message->text == text) return;
  const auto wire_id = to_qt(session_.make_id());
  LocalHistory::Batch batch(history_, Durability::power);
  post_about(*message, StanzaPurpose::correction, wire_id,
             correction_stanza(message->chat, wire_id, message->wire_id, text),
             QString(message->is_edited ? '1' : '0') + message->text);
  history_.amend(message->chat,
                 {AmendmentKind::correction, message->wire_id, true, text, history_.next_time(message->chat)});
  typing_.message_sent(message->chat);
}

void SessionMessenger::recall(qint64 id) {
  const auto message = history_.find(id);
  if (!message || !message->is_outgoing || message->kind == MessageKind::recalled) return;
  const auto wire_id = to_qt(session_.make_id());
  LocalHistory::Batch batch(history_, Durability::power);
  // It shows as recalled when the server has taken the request: that may come too late.
  post_about(*message, StanzaPurpose::recall, wire_id,
             recall_stanza(message->chat, wire_id, message->wire_id, tr("A message was recalled here.")),
             QString(message->is_edited ? '1' : '0') + message->text);
}

void SessionMessenger::react(qint64 id, const QStringList& emoji) {
  const auto message = history_.find(id);
  if (!message || message->wire_id.isEmpty()) return;
  const auto wire_id = to_qt(session_.make_id());
  const auto me = bare(session_.account());
  LocalHistory::Batch batch(history_, Durability::power);
  post_about(*message, StanzaPurpose::reaction, wire_id,
             reaction_stanza(message->chat, wire_id, message->wire_id, emoji),
             history_.reactions(message->chat, message->wire_id, me).join(' '));
  history_.set_reactions(message->chat, message->wire_id, me, emoji, history_.next_time(message->chat));
}

void SessionMessenger::forward(const QList<qint64>& ids, const QString& chat) {
  for (const auto id : ids) {
    const auto original = history_.find(id);
    if (!original) continue;
    if (original->kind != MessageKind::text && original->kind != MessageKind::file) continue;
    auto message = new_message(chat);
    message.kind = original->kind;
    message.text = original->text;
    message.file = original->file;
    if (message.file && message.file->url.isEmpty()) {
      send_file(chat, message.file->local_path);
    } else {
      add_and_send(std::move(message));
    }
  }
}

ShakeOutcome SessionMessenger::shake(const QString& chat) {
  if (!session_.is_online()) return ShakeOutcome::not_connected;
  const auto now = Shakes::Clock::now();
  if (shakes_.until_next(chat, now).count() > 0) return ShakeOutcome::too_soon;
  const auto device = presences_.best(chat);
  if (!device) return ShakeOutcome::peer_offline;
  if (!presences_.has_feature(device->jid, xmpp::ns::attention).value_or(true)) return ShakeOutcome::peer_refuses;
  shakes_.sent(chat, now);
  const auto id = to_qt(session_.make_id());
  LocalHistory::Batch batch(history_);
  sender_.put(
      {.purpose = StanzaPurpose::shake, .chat = chat, .wire_id = id, .stanza = to_qt(attention_stanza(chat, id))});
  const auto* contact = roster_.find(chat);
  add_notice(chat, tr("You shook %1's window.").arg(contact ? contact->display_name() : chat));
  return ShakeOutcome::sent;
}

std::chrono::seconds SessionMessenger::until_next_shake(const QString& chat) const {
  return shakes_.until_next(chat, Shakes::Clock::now());
}

void SessionMessenger::set_typing(const QString& chat, bool is_typing) {
  typing_.set_typing(chat, is_typing);
}

void SessionMessenger::mark_read(const QString& chat) {
  marks_.mark_read(chat);
}

void SessionMessenger::add_notice(const QString& chat, const QString& text) {
  Message message;
  message.chat = chat;
  message.sender = bare(session_.account());
  message.kind = MessageKind::notice;
  message.id = history_.next_time(chat);
  message.text = text;
  history_.add(message, {});
}

void SessionMessenger::load_older(const QString& chat) {
  sync_.load_older(chat);
}

bool SessionMessenger::is_typing(const QString& chat) const {
  return typing_.is_typing(chat);
}

}  // namespace queqiao::client
