#pragma once

#include <QList>
#include <QObject>
#include <QString>
#include <QStringList>
#include <chrono>

#include "client/core/message.h"

namespace queqiao::client {

enum class ShakeOutcome : quint8 { sent, too_soon, peer_offline, peer_refuses, not_connected };

// The life of messages: sends what the user says, takes what arrives, keeps the local history in step with the server's
// archive. What is to be sent is in the history (Delivery::sending) before it goes out, and goes out again after a
// restart with the same id.
class Messenger : public QObject {
  Q_OBJECT

 public:
  using QObject::QObject;

  // The answer is the new message's id in the history.
  virtual qint64 send_text(const QString& chat, const QString& text, qint64 quoted = 0) = 0;
  virtual qint64 send_file(const QString& chat, const QString& path) = 0;  // see Transfers for its progress
  virtual qint64 send_game(const QString& chat, const QByteArray& payload, const QString& readable_text) = 0;
  virtual void resend(qint64 id) = 0;
  virtual void edit(qint64 id, const QString& text) = 0;        // XEP-0308
  virtual void recall(qint64 id) = 0;                           // XEP-0424; recall_refused() when the server does not
  virtual void react(qint64 id, const QStringList& emoji) = 0;  // XEP-0444: one's whole set for this message
  virtual void forward(const QList<qint64>& ids, const QString& chat) = 0;
  virtual ShakeOutcome shake(const QString& chat) = 0;                           // XEP-0224
  virtual std::chrono::seconds until_next_shake(const QString& chat) const = 0;  // 0: now
  virtual void set_typing(const QString& chat, bool is_typing) = 0;  // XEP-0085; goes out when it makes a difference
  virtual void mark_read(const QString& chat) = 0;                   // XEP-0333 and 0490
  virtual void add_notice(const QString& chat, const QString& text) = 0;  // on this machine only
  // Asks the server for messages before the oldest that is here; older_loaded() follows, at once when there are none.
  virtual void load_older(const QString& chat) = 0;
  virtual bool is_typing(const QString& chat) const = 0;

 signals:
  void received(const queqiao::client::Message& message);  // new, from somebody, by whatever way; not one's own
  void shaken(const QString& chat);
  void typing_changed(const QString& chat, bool is_typing);
  void read_elsewhere(const QString& chat);  // on another device of ours: stop flashing
  void older_loaded(const QString& chat, bool is_complete);
  void recall_refused(qint64 id, const QString& why);
  void failed(const QString& chat, const QString& why);  // of what has no message to show it on: shake, reaction
  void caught_up();                                      // the history has all that the archive has, newest page first
};

}  // namespace queqiao::client
