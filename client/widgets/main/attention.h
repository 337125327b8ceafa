#pragma once

#include <QObject>
#include <functional>

#include "client/core/account.h"
#include "client/core/contact.h"
#include "client/core/message.h"
#include "client/models/recent_chats.h"

namespace queqiao::client {

// Decides what asks for the user's attention, and how: by sound, by a popup, by the flashing tray. Shows nothing
// itself. Muted chats do nothing; "do not disturb" and the tray's mute leave only the flashing.
class Attention final : public QObject {
  Q_OBJECT

 public:
  // `is_looked_at` says whether a chat is in front of the user right now.
  Attention(Account& account, RecentChats& chats, std::function<bool(const QString& jid)> is_looked_at,
            QObject* parent = nullptr);

  void set_muted(bool is_muted) { is_muted_ = is_muted; }
  bool is_muted() const { return is_muted_; }
  QString flashing_chat() const;  // whose newest unread message flashes; empty: nobody's
  int unread() const { return chats_.unread(); }
  bool has_requests() const;

 signals:
  void flashing_changed();
  void sound_wanted(const QString& name);
  void popup_wanted(const QString& jid, const QString& title, const QString& text);  // no jid: about a friend request
  void popup_done(const QString& jid);  // it has been read, here or elsewhere

 private:
  void take_message(const Message& message);
  void take_shake(const QString& jid);
  void take_request(const FriendRequest& request);
  void announce(const QString& sound, const QString& jid, const QString& title, const QString& text);
  bool is_chat_muted(const QString& jid) const;
  bool is_quiet() const;

  Account& account_;
  RecentChats& chats_;
  std::function<bool(const QString&)> is_looked_at_;
  bool is_muted_ = false;
};

}  // namespace queqiao::client
