#pragma once

#include <QListView>

#include "client/core/account.h"
#include "client/models/recent_chats.h"

namespace queqiao::client {

// The tab of recent chats.
class RecentView final : public QListView {
  Q_OBJECT

 public:
  RecentView(Account& account, RecentChats& chats, QWidget* parent = nullptr);

 signals:
  void chat_wanted(const QString& jid);
  void profile_wanted(const QString& jid);

 protected:
  void contextMenuEvent(QContextMenuEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  Account& account_;
};

}  // namespace queqiao::client
