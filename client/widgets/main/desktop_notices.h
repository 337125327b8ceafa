#pragma once

#include <QDBusConnection>
#include <QHash>
#include <QStringList>

#include "client/widgets/main/notice_board.h"

class QDBusPendingCallWatcher;

namespace queqiao::client {

// Notices that the desktop shows (freedesktop.org's Desktop Notifications 1.2), with a field for the answer where the
// service has one (`inline-reply`). What the service does not take comes back by refused().
class DesktopNotices final : public NoticeBoard {
  Q_OBJECT

 public:
  DesktopNotices(Account& account, const QDBusConnection& bus, QObject* parent = nullptr);
  ~DesktopNotices() override;
  bool is_available() const { return is_available_; }  // false until the service has answered
  void show(const Notice& notice) override;
  void take_down(const QString& jid) override;

 signals:
  void availability_changed();
  void refused(const queqiao::client::Notice& notice);

 private slots:  // of the service's signals
  void takeAction(uint id, const QString& action);
  void takeReply(uint id, const QString& text);
  void takeClosed(uint id, uint reason);

 private:
  // One chat's notice, from the call on that shows it.
  struct Shown {
    Notice notice;
    uint id = 0;                                       // of the service; 0: it has not answered yet
    const QDBusPendingCallWatcher* awaited = nullptr;  // that answer, while it is on its way
    bool is_outdated = false, is_unwanted = false;     // what to do when it is there
    bool is_waiting() const { return awaited != nullptr; }
  };

  void take_owner(const QString& owner);
  void ask_capabilities();
  void send(Shown& shown);
  void take_answer(const QString& jid, QDBusPendingCallWatcher& answer);
  void take_id(const QString& jid, uint id);
  QStringList actions_of(const Notice& notice) const;
  QVariantMap hints_of(const Notice& notice) const;
  QDBusMessage call(const QString& method) const;
  Shown* find(uint id);
  void close(uint id);
  void send_reply(const Notice& notice, const QString& text);

  QDBusConnection bus_;
  QStringList capabilities_;
  bool is_available_ = false;
  QHash<QString, Shown> shown_;  // by chat
};

}  // namespace queqiao::client
