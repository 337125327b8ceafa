#pragma once

#include <QObject>
#include <QString>
#include <functional>
#include <memory>

namespace queqiao::client {

class Account;
struct Message;

// All open chats of one account, as tabs of one window or as windows of their own (setting::chat_windows). Opens them,
// finds the one of a person, saves drafts and places. The account outlives it.
class ChatWindows : public QObject {
  Q_OBJECT

 public:
  // `is_invitation` says of a message whether it invites to a game and waits for the user's answer.
  explicit ChatWindows(Account& account, std::function<bool(const Message&)> is_invitation = {});
  ~ChatWindows() override;

  void open(const QString& jid);                                 // or brings it to the front
  void open_at(const QString& jid, qint64 message);              // and shows that message of the history
  void open_with_text(const QString& jid, const QString& text);  // in the input, behind what is there
  bool is_shown_active(const QString& jid) const;  // its window has the focus and this chat is the one in front
  void show_history(const QString& jid);           // the history window, of one chat or, when empty, of all
  void refresh_games(const QString& jid);          // its invitations may have their answer now
  void close_all();                                // drafts are saved

 signals:
  void profile_wanted(const QString& jid);
  void unread_seen(const QString& jid);                  // what was unread there is on the screen now
  void game_wanted(const QString& jid, qint64 message);  // 0: a new game; else the step of one that goes on
  void invitation_answered(const QString& jid, qint64 message, bool accepts);
  void sound_wanted(const QString& name);  // "shake", for one's own; see Messenger::shaken for others'

 private:
  class Frames;
  std::unique_ptr<Frames> frames_;
};

}  // namespace queqiao::client
