#pragma once

#include <QObject>

#include "client/core/account.h"
#include "client/widgets/main/notice.h"

namespace queqiao::client {

// A place that shows notices, one for each chat, and tells what the user did with them.
class NoticeBoard : public QObject {
  Q_OBJECT

 public:
  explicit NoticeBoard(Account& account, QObject* parent = nullptr) : QObject(parent), account_(account) {}
  virtual void show(const queqiao::client::Notice& notice) = 0;  // instead of what is shown of the same chat
  virtual void take_down(const QString& jid) = 0;

 signals:
  void chat_wanted(const QString& jid);
  void notices_wanted();
  void invitation_answered(const QString& jid, qint64 message, bool accepts);
  void reply_not_sent(const QString& jid, const QString& text);  // it could not be stored: it is still the user's

 protected:
  void open(const Notice& notice);
  void mark_read(const Notice& notice);
  QPixmap picture_of(const Notice& notice, int side) const;

  Account& account_;
};

}  // namespace queqiao::client
