#include "client/widgets/main/contact_view.h"

#include <QContextMenuEvent>
#include <QMenu>

#include "client/core/roster.h"
#include "client/core/settings.h"
#include "client/widgets/confirm.h"
#include "client/widgets/icons.h"
#include "client/widgets/main/contact_delegate.h"
#include "client/widgets/main/contact_menu.h"
#include "client/widgets/toast.h"

namespace queqiao::client {

ContactView::ContactView(Account& account, ContactTree& tree, QWidget* parent)
    : QTreeView(parent), account_(account), tree_(tree) {
  setModel(&tree);
  setItemDelegate(new ContactDelegate(this));
  setHeaderHidden(true);
  setIndentation(0);
  setRootIsDecorated(false);
  setExpandsOnDoubleClick(false);
  setMouseTracking(true);
  setUniformRowHeights(false);
  setVerticalScrollMode(ScrollPerPixel);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setEditTriggers(NoEditTriggers);
  setDragDropMode(DragDrop);
  setDefaultDropAction(Qt::MoveAction);
  connect(this, &QTreeView::clicked, this, [this](const QModelIndex& index) {
    if (index.data(is_group_role).toBool()) setExpanded(index, !isExpanded(index));
  });
  connect(this, &QTreeView::doubleClicked, this, [this](const QModelIndex& index) {
    if (!index.data(is_group_role).toBool()) activate(index);
  });
  connect(this, &QTreeView::expanded, this, &ContactView::remember_open_groups);
  connect(this, &QTreeView::collapsed, this, &ContactView::remember_open_groups);
  connect(&tree, &QAbstractItemModel::modelReset, this, &ContactView::restore_open_groups);
  connect(&tree, &ContactTree::change_failed, this, [this](const QString& why) { toast_on_error(window())(why); });
  restore_open_groups();
}

void ContactView::add_group() {
  const LineQuestion question{tr("New group"), tr("Name of the group"), {}, tr("Create")};
  ask_line(window(), question, [this](const QString& name) {
    if (account_.roster().groups().contains(name)) {
      toast_on_error(window())(tr("There is a group '%1' already.").arg(name));
    } else {
      account_.roster().add_group(name);
    }
  });
}

void ContactView::activate(const QModelIndex& index) {
  if (!index.isValid()) return;
  if (index.data(is_group_role).toBool()) {
    setExpanded(index, !isExpanded(index));
  } else {
    emit chat_wanted(index.data(jid_role).toString());
  }
}

// The folded ones are kept: a new group is open.
void ContactView::restore_open_groups() {
  const QStringList folded = account_.settings().value(setting::folded_groups).toStringList();
  is_restoring_ = true;
  for (int row = 0; row < tree_.rowCount(); ++row) {
    const QModelIndex group = tree_.index(row, 0);
    const QString name = group.data(group_name_role).toString();
    setExpanded(group, !folded.contains(name));
    // The group without a name is not worth a row while nobody is in it and there are others.
    setRowHidden(row, {}, name.isEmpty() && tree_.rowCount(group) == 0 && tree_.rowCount() > 1);
  }
  is_restoring_ = false;
}

void ContactView::remember_open_groups() {
  if (is_restoring_) return;
  QStringList folded;
  for (int row = 0; row < tree_.rowCount(); ++row) {
    const QModelIndex group = tree_.index(row, 0);
    if (!isExpanded(group)) folded << group.data(group_name_role).toString();
  }
  account_.settings().set_value(setting::folded_groups, folded);
}

void ContactView::contextMenuEvent(QContextMenuEvent* event) {
  const bool is_by_key = event->reason() == QContextMenuEvent::Keyboard;
  const QModelIndex index = is_by_key ? currentIndex() : indexAt(event->pos());
  const QPoint place = is_by_key ? viewport()->mapToGlobal(visualRect(index).center()) : event->globalPos();
  show_menu(index, place);
}

void ContactView::show_menu(const QModelIndex& index, const QPoint& place) {
  emit hovered({}, {});
  if (!index.isValid() || index.data(is_group_role).toBool()) return show_group_menu(index, place);
  auto* menu = new ContactMenu(account_, index.data(jid_role).toString(), window());
  connect(menu, &ContactMenu::chat_wanted, this, &ContactView::chat_wanted);
  connect(menu, &ContactMenu::profile_wanted, this, &ContactView::profile_wanted);
  menu->popup(place);
}

void ContactView::show_group_menu(const QModelIndex& index, const QPoint& place) {
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  menu->addAction(icon("plus"), tr("New group…"), this, &ContactView::add_group);
  const QString name = index.data(group_name_role).toString();
  if (!name.isEmpty()) {
    const auto groups = account_.roster().groups();
    menu->addAction(icon("edit"), tr("Rename"), this, [this, at = QPersistentModelIndex(index)] { edit(at); });
    menu->addAction(icon("arrow_up"), tr("Move up"), this, [=, this] { move_group(name, -1); })
        ->setEnabled(groups.indexOf(name) > 0);
    menu->addAction(icon("arrow_down"), tr("Move down"), this, [=, this] { move_group(name, 1); })
        ->setEnabled(groups.indexOf(name) < groups.size() - 1);
    menu->addSeparator();
    menu->addAction(icon("delete", Tint::danger), tr("Delete group…"), this, [=, this] { ask_remove_group(name); });
  }
  menu->popup(place);
}

void ContactView::move_group(const QString& name, int by) {
  account_.roster().move_group(name, int(account_.roster().groups().indexOf(name)) + by);
}

void ContactView::ask_remove_group(const QString& name) {
  const Question question{tr("Delete the group '%1'?").arg(name),
                          tr("The people in it stay your friends. They move to '%1'.").arg(shown_group_name({})),
                          tr("Delete group"), true};
  ask(window(), question, [this, name] { account_.roster().remove_group(name, toast_on_error(window())); });
}

void ContactView::keyPressEvent(QKeyEvent* event) {
  const bool is_group = currentIndex().data(is_group_role).toBool();
  if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) return activate(currentIndex());
  if (event->key() == Qt::Key_F2 && is_group) return void(edit(currentIndex()));
  // Typing starts a search in the main window's box: no letters for QTreeView's own.
  if (!event->text().isEmpty() && event->text()[0].isPrint()) return event->ignore();
  QTreeView::keyPressEvent(event);
}

void ContactView::mouseMoveEvent(QMouseEvent* event) {
  QTreeView::mouseMoveEvent(event);
  const QModelIndex index = indexAt(event->pos());
  const QString jid = event->buttons() == Qt::NoButton ? index.data(jid_role).toString() : QString();
  if (jid == hovered_) return;
  hovered_ = jid;
  const QRect row = visualRect(index);
  emit hovered(jid, QRect(viewport()->mapToGlobal(row.topLeft()), row.size()));
}

void ContactView::leaveEvent(QEvent* event) {
  QTreeView::leaveEvent(event);
  hovered_.clear();
  emit hovered({}, {});
}

}  // namespace queqiao::client
