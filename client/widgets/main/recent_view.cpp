#include "client/widgets/main/recent_view.h"

#include <QContextMenuEvent>
#include <QMenu>

#include "client/core/history.h"
#include "client/core/messenger.h"
#include "client/widgets/icons.h"
#include "client/widgets/main/recent_delegate.h"

namespace queqiao::client {

RecentView::RecentView(Account& account, RecentChats& chats, QWidget* parent) : QListView(parent), account_(account) {
  setModel(&chats);
  setItemDelegate(new RecentDelegate(this));
  setMouseTracking(true);
  setUniformItemSizes(true);
  setVerticalScrollMode(ScrollPerPixel);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  connect(this, &QListView::doubleClicked, this,
          [this](const QModelIndex& index) { emit chat_wanted(index.data(jid_role).toString()); });
}

void RecentView::contextMenuEvent(QContextMenuEvent* event) {
  const bool is_by_key = event->reason() == QContextMenuEvent::Keyboard;
  const QModelIndex index = is_by_key ? currentIndex() : indexAt(event->pos());
  if (!index.isValid()) return;
  const QString jid = index.data(jid_role).toString();
  const bool is_pinned = index.data(is_pinned_role).toBool(), is_muted = index.data(is_muted_role).toBool();
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  menu->setDefaultAction(menu->addAction(icon("chat"), tr("Open"), this, [=, this] { emit chat_wanted(jid); }));
  menu->addAction(icon("person"), tr("View profile"), this, [=, this] { emit profile_wanted(jid); });
  menu->addSeparator();
  menu->addAction(icon("pin"), is_pinned ? tr("Unpin") : tr("Pin to the top"), this,
                  [=, this] { account_.history().set_pinned(jid, !is_pinned); });
  menu->addAction(icon(is_muted ? "bell" : "mute"), is_muted ? tr("Unmute") : tr("Mute"), this,
                  [=, this] { account_.history().set_muted(jid, !is_muted); });
  menu->addAction(icon("check"), tr("Mark as read"), this, [=, this] { account_.messenger().mark_read(jid); })
      ->setEnabled(index.data(unread_role).toInt() > 0);
  menu->addSeparator();
  menu->addAction(icon("close"), tr("Remove from this list"), this,
                  [=, this] { account_.history().remove_conversation(jid); });
  menu->popup(is_by_key ? viewport()->mapToGlobal(visualRect(index).center()) : event->globalPos());
}

void RecentView::keyPressEvent(QKeyEvent* event) {
  const QString jid = currentIndex().data(jid_role).toString();
  const bool is_enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
  if (is_enter && !jid.isEmpty()) return emit chat_wanted(jid);
  if (event->key() == Qt::Key_Delete && !jid.isEmpty()) return account_.history().remove_conversation(jid);
  // Typing starts a search in the main window's box.
  if (!event->text().isEmpty() && event->text()[0].isPrint()) return event->ignore();
  QListView::keyPressEvent(event);
}

}  // namespace queqiao::client
