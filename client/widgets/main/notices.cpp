#include "client/widgets/main/notices.h"

#include "client/core/settings.h"

namespace queqiao::client {

Notices::Notices(Account& account, const QDBusConnection& bus, QObject* parent)
    : NoticeBoard(account, parent), desktop_(account, bus), popups_(account) {
  pass_on(desktop_);
  pass_on(popups_);
  connect(&desktop_, &DesktopNotices::refused, &popups_, &PopupStack::show);
}

void Notices::pass_on(NoticeBoard& board) {
  connect(&board, &NoticeBoard::chat_wanted, this, &NoticeBoard::chat_wanted);
  connect(&board, &NoticeBoard::notices_wanted, this, &NoticeBoard::notices_wanted);
  connect(&board, &NoticeBoard::invitation_answered, this, &NoticeBoard::invitation_answered);
  connect(&board, &NoticeBoard::reply_not_sent, this, &NoticeBoard::reply_not_sent);
}

void Notices::show(const Notice& notice) {
  const bool wants_desktop = account_.settings().flag(setting::desktop_notices);
  if (wants_desktop && desktop_.is_available()) return desktop_.show(notice);
  popups_.show(notice);
}

void Notices::take_down(const QString& jid) {
  desktop_.take_down(jid);
  popups_.take_down(jid);
}

}  // namespace queqiao::client
