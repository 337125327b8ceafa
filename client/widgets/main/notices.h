#pragma once

#include "client/widgets/main/desktop_notices.h"
#include "client/widgets/main/popup.h"

namespace queqiao::client {

// Shows notices by the desktop's own means where there are any and setting::desktop_notices wants them, else as popups
// of ours.
class Notices final : public NoticeBoard {
  Q_OBJECT

 public:
  Notices(Account& account, const QDBusConnection& bus, QObject* parent = nullptr);
  void show(const queqiao::client::Notice& notice) override;
  void take_down(const QString& jid) override;
  const DesktopNotices& desktop() const { return desktop_; }

 private:
  void pass_on(NoticeBoard& board);

  DesktopNotices desktop_;
  PopupStack popups_;
};

}  // namespace queqiao::client
