#pragma once

#include <functional>

#include "client/core/messenger.h"
#include "tests/client/fakes/fake_history.h"

namespace queqiao::client::test {

// Puts what is sent into the history and keeps a list of calls that tests look at.
class FakeMessenger : public Messenger {
 public:
  explicit FakeMessenger(FakeHistory& history) : history_(history) {}

  // Somebody writes. Received and stored as messages are.
  qint64 receive(const QString& chat, const QString& text);

  qint64 send_text(const QString& chat, const QString& text, qint64 quoted = 0) override;
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
  bool is_typing(const QString& chat) const override { return typing_people.contains(chat); }

  QStringList sent_texts, sent_files, read_chats, own_typing;  // in order; own_typing: "jid on", "jid off"
  QList<qint64> quoted_ids, resent, recalled, edited;
  QStringList typing_people, older_wanted;
  QList<QPair<qint64, QString>> forwarded;  // message, to whom
  ShakeOutcome shake_outcome = ShakeOutcome::sent;
  std::chrono::seconds shake_wait{0};
  bool older_fails = false;     // load_older() brings nothing and is not complete
  bool stores_nothing = false;  // send_text() fails, as on a full disk
  int older_on_server = 0;      // what load_older() finds

 private:
  qint64 add_outgoing(const QString& chat, MessageKind kind, const QString& text, std::optional<FileInfo> file = {});
  void change(qint64 id, const std::function<void(Message&)>& edit);

  FakeHistory& history_;
};

}  // namespace queqiao::client::test
