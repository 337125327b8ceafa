#include "tests/client/fakes/fake_messenger.h"

#include <QFileInfo>
#include <QImageReader>
#include <functional>

namespace queqiao::client::test {
namespace {

constexpr auto own_jid = "me@example.org";

}  // namespace

qint64 FakeMessenger::receive(const QString& chat, const QString& text) {
  Message message;
  message.chat = message.sender = chat;
  message.text = text;
  message.time = QDateTime::currentDateTime();
  message.id = history_.add(message);
  emit received(*history_.find(message.id));
  return message.id;
}

qint64 FakeMessenger::add_outgoing(const QString& chat, MessageKind kind, const QString& text,
                                   std::optional<FileInfo> file) {
  Message message;
  message.chat = chat;
  message.sender = own_jid;
  message.is_outgoing = true;
  message.kind = kind;
  message.text = text;
  message.file = std::move(file);
  message.delivery = Delivery::sending;
  message.time = QDateTime::currentDateTime();
  return history_.add(message);
}

void FakeMessenger::change(qint64 id, const std::function<void(Message&)>& edit) {
  std::optional<Message> message = history_.find(id);
  if (!message) return;
  edit(*message);
  history_.change(*message);
}

qint64 FakeMessenger::send_text(const QString& chat, const QString& text, qint64 quoted) {
  if (stores_nothing) return 0;
  sent_texts << text;
  quoted_ids << quoted;
  const qint64 id = add_outgoing(chat, MessageKind::text, text);
  if (const auto original = history_.find(quoted)) {
    change(id, [&original](Message& message) {
      message.quote = Quote{original->wire_id, original->sender, original->text};
    });
  }
  return id;
}

qint64 FakeMessenger::send_file(const QString& chat, const QString& path) {
  sent_files << path;
  const QFileInfo on_disk(path);
  FileInfo file;
  file.name = on_disk.fileName();
  file.size = on_disk.size();
  file.local_path = path;
  file.picture_size = QImageReader(path).size();
  return add_outgoing(chat, MessageKind::file, {}, file);
}

qint64 FakeMessenger::send_game(const QString& chat, const QByteArray& payload, const QString& readable_text) {
  const qint64 id = add_outgoing(chat, MessageKind::game, readable_text);
  change(id, [&payload](Message& message) { message.game = payload; });
  return id;
}

void FakeMessenger::resend(qint64 id) {
  resent << id;
  change(id, [](Message& message) { message.delivery = Delivery::sending; });
}

void FakeMessenger::edit(qint64 id, const QString& text) {
  edited << id;
  change(id, [&text](Message& message) {
    message.text = text;
    message.is_edited = true;
  });
}

void FakeMessenger::recall(qint64 id) {
  recalled << id;
  change(id, [](Message& message) { message.kind = MessageKind::recalled; });
}

void FakeMessenger::react(qint64 id, const QStringList& emoji) {
  change(id, [&emoji](Message& message) {
    for (Reaction& reaction : message.reactions) reaction.people.removeAll(own_jid);
    for (const QString& one : emoji) message.reactions << Reaction{one, {own_jid}};
  });
}

void FakeMessenger::forward(const QList<qint64>& ids, const QString& chat) {
  for (const qint64 id : ids) forwarded << qMakePair(id, chat);
}

ShakeOutcome FakeMessenger::shake(const QString& chat) {
  if (shake_outcome == ShakeOutcome::sent) add_notice(chat, QStringLiteral("You shook the window."));
  return shake_outcome;
}

std::chrono::seconds FakeMessenger::until_next_shake(const QString&) const {
  return shake_wait;
}

void FakeMessenger::set_typing(const QString& chat, bool is_typing) {
  own_typing << chat + (is_typing ? QStringLiteral(" on") : QStringLiteral(" off"));
}

void FakeMessenger::mark_read(const QString& chat) {
  read_chats << chat;
  history_.set_unread(chat, 0);
}

void FakeMessenger::add_notice(const QString& chat, const QString& text) {
  Message message;
  message.chat = message.sender = chat;
  message.is_outgoing = true;  // nothing unread
  message.kind = MessageKind::notice;
  message.text = text;
  history_.add(message);
}

void FakeMessenger::load_older(const QString& chat) {
  older_wanted << chat;
  const int count = std::min(older_on_server, 50);
  older_on_server -= count;
  if (count > 0) history_.add_older(chat, count);
  emit older_loaded(chat, older_on_server == 0 && !older_fails);
}

}  // namespace queqiao::client::test
