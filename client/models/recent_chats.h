#pragma once

#include <QAbstractListModel>
#include <QList>

#include "client/core/account.h"
#include "client/core/history.h"
#include "client/models/contact_roles.h"

namespace queqiao::client {

// The chats of late: pinned ones, then the newest first. Roles are in contact_roles.h.
class RecentChats final : public QAbstractListModel {
  Q_OBJECT

 public:
  explicit RecentChats(Account& account, QObject* parent = nullptr);

  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QModelIndex find(const QString& jid) const;

  int unread() const;             // of chats that are not muted
  QString newest_unread() const;  // the chat that the next key press or click on the tray opens; empty: none

 signals:
  void unread_changed();

 private:
  void reload();
  void update_chat(const QString& jid);
  void repaint(const QString& jid);
  int row_of(const QString& jid) const;
  QString preview(const Conversation& chat) const;

  Roster& roster_;
  History& history_;
  Messenger& messenger_;
  Profiles& profiles_;
  QList<Conversation> chats_;
};

}  // namespace queqiao::client
