#include "client/widgets/main/notice_board.h"

#include "client/core/messenger.h"
#include "client/core/profiles.h"
#include "client/widgets/avatar.h"
#include "client/widgets/icons.h"

namespace queqiao::client {

void NoticeBoard::open(const Notice& notice) {
  if (notice.about == Notice::About::friend_request) return emit notices_wanted();
  emit chat_wanted(notice.jid);
}

void NoticeBoard::mark_read(const Notice& notice) {
  account_.messenger().mark_read(notice.jid);
}

QPixmap NoticeBoard::picture_of(const Notice& notice, int side) const {
  if (notice.about == Notice::About::friend_request) return icon("add_friend", Tint::accent).pixmap(side, side);
  return avatar_pixmap(side, account_.profiles().avatar(notice.jid), notice.jid, notice.title, Status::online);
}

}  // namespace queqiao::client
