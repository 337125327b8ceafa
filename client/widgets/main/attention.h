#pragma once

#include <QObject>
#include <functional>

#include "client/core/account.h"
#include "client/core/contact.h"
#include "client/core/message.h"
#include "client/models/recent_chats.h"
#include "client/widgets/main/notice.h"

namespace queqiao::client {

// Decides what asks for the user's attention, and how: by sound, by a popup, by the flashing tray. Shows nothing
// itself. Muted chats do nothing; "do not disturb" and the tray's mute leave only the flashing.
class Attention final : public QObject {
  Q_OBJECT

 public:
  // `is_looked_at` says whether a chat is in front of the user right now; `invitation_of` what an invitation to a game
  // says, empty for every other message.
  Attention(Account& account, RecentChats& chats, std::function<bool(const QString& jid)> is_looked_at,
            std::function<QString(const Message&)> invitation_of = {}, QObject* parent = nullptr);

  void set_muted(bool is_muted) { is_muted_ = is_muted; }
  bool is_muted() const { return is_muted_; }
  QString flashing_chat() const;  // whose newest unread message flashes; empty: nobody's
  int unread() const { return chats_.unread(); }
  bool has_requests() const;

 signals:
  void flashing_changed();
  void sound_wanted(const QString& name);
  void popup_wanted(const queqiao::client::Notice& notice);
  void popup_done(const QString& jid);  // it has been read, here or elsewhere

 private:
  void take_message(const Message& message);
  void take_shake(const QString& jid);
  void take_request(const FriendRequest& request);
  QString text_of(const Message& message) const;
  void announce(const QString& sound, const Notice& notice);
  bool is_chat_muted(const QString& jid) const;
  bool shows_text() const;
  bool is_quiet() const;

  Account& account_;
  RecentChats& chats_;
  std::function<bool(const QString&)> is_looked_at_;
  std::function<QString(const Message&)> invitation_of_;
  bool is_muted_ = false;
};

}  // namespace queqiao::client
