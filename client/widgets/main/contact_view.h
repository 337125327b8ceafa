#pragma once

#include <QPoint>
#include <QTreeView>

#include "client/core/account.h"
#include "client/models/contact_tree.h"

namespace queqiao::client {

// The friends' tab: groups that fold, friends in them, with menus, drag and drop, and a card over whom the mouse rests.
class ContactView final : public QTreeView {
  Q_OBJECT

 public:
  ContactView(Account& account, ContactTree& tree, QWidget* parent = nullptr);
  void add_group();  // asks for its name

 signals:
  void chat_wanted(const QString& jid);
  void profile_wanted(const QString& jid);
  void hovered(const QString& jid, const QRect& row);  // in global coordinates; an empty jid: nobody any more

 protected:
  void contextMenuEvent(QContextMenuEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void drawBranches(QPainter*, const QRect&, const QModelIndex&) const override {}

 private:
  void activate(const QModelIndex& index);
  void restore_open_groups();
  void remember_open_groups();
  void show_menu(const QModelIndex& index, const QPoint& place);
  void show_group_menu(const QModelIndex& index, const QPoint& place);
  void move_group(const QString& name, int by);
  void ask_remove_group(const QString& name);

  Account& account_;
  ContactTree& tree_;
  bool is_restoring_ = false;
  QString hovered_;
};

}  // namespace queqiao::client
