#include "client/widgets/main/contact_menu.h"

#include <QApplication>
#include <QClipboard>

#include "client/core/contact.h"
#include "client/core/roster.h"
#include "client/models/contact_tree.h"
#include "client/widgets/confirm.h"
#include "client/widgets/icons.h"
#include "client/widgets/toast.h"

namespace queqiao::client {

namespace {

QString name_of(Account& account, const QString& jid) {
  const Contact* contact = account.roster().find(jid);
  return contact ? contact->display_name() : jid;
}

}  // namespace

ContactMenu::ContactMenu(Account& account, const QString& jid, QWidget* window)
    : QMenu(window), account_(account), jid_(jid), window_(window) {
  setAttribute(Qt::WA_DeleteOnClose);
  const Contact* contact = account.roster().find(jid);
  auto* chat = addAction(client::icon("chat"), tr("Send message"), this, [this] { emit chat_wanted(jid_); });
  setDefaultAction(chat);
  addAction(client::icon("person"), tr("View profile"), this, [this] { emit profile_wanted(jid_); });
  addAction(client::icon("copy"), tr("Copy address"), this, [this] { QApplication::clipboard()->setText(jid_); });
  if (!contact) return;
  addSeparator();
  addAction(client::icon("edit"), tr("Set remark…"), this, &ContactMenu::ask_remark);
  add_group_menu();
  addSeparator();
  if (contact->is_blocked) {
    addAction(client::icon("block"), tr("Unblock"), this,
              [this] { account_.roster().set_blocked(jid_, false, toast_on_error(window_)); });
  } else {
    addAction(client::icon("block"), tr("Block…"), this, &ContactMenu::ask_block);
  }
  addAction(client::icon("delete", Tint::danger), tr("Delete friend…"), this,
            [this] { ask_remove_friend(account_, jid_, window_); });
}

void ContactMenu::add_group_menu() {
  auto* groups = addMenu(client::icon("folder"), tr("Move to group"));
  const QStringList present = account_.roster().find(jid_)->groups;
  for (const QString& name : QStringList(QString()) + account_.roster().groups()) {
    if (name.isEmpty() && !groups->isEmpty()) continue;
    auto* action = groups->addAction(shown_group_name(name).replace('&', "&&"));
    action->setCheckable(true);
    action->setChecked(name.isEmpty() ? present.isEmpty() : present.contains(name));
    connect(action, &QAction::triggered, this, [this, name] {
      const QStringList wanted = name.isEmpty() ? QStringList() : QStringList(name);
      account_.roster().set_groups(jid_, wanted, toast_on_error(window_));
    });
  }
}

void ContactMenu::ask_remark() {
  LineQuestion question{tr("Remark"), tr("What do you call %1? Only you see it.").arg(name_of(account_, jid_)),
                        account_.roster().find(jid_)->remark, tr("Save")};
  question.may_be_empty = true;
  ask_line(window_, question, [&account = account_, jid = jid_, window = window_](const QString& remark) {
    account.roster().set_remark(jid, remark, toast_on_error(window));
  });
}

void ContactMenu::ask_block() {
  const Question question{tr("Block %1?").arg(name_of(account_, jid_)),
                          tr("They cannot write to you nor see whether you are online. They are not told. You can undo "
                             "it under Settings, Privacy."),
                          tr("Block"), true};
  ask(window_, question, [&account = account_, jid = jid_, window = window_] {
    account.roster().set_blocked(jid, true, toast_on_error(window));
  });
}

void ask_remove_friend(Account& account, const QString& jid, QWidget* window) {
  const Question question{ContactMenu::tr("Delete %1 from your friends?").arg(name_of(account, jid)),
                          ContactMenu::tr("You disappear from their list as well. The messages on this computer stay."),
                          ContactMenu::tr("Delete friend"), true};
  ask(window, question, [&account, jid, window] { account.roster().remove(jid, toast_on_error(window)); });
}

}  // namespace queqiao::client
