#include "client/widgets/main/blocked_people.h"

#include <QVBoxLayout>

#include "client/core/contact.h"
#include "client/core/roster.h"
#include "client/widgets/confirm.h"
#include "client/widgets/language.h"
#include "client/widgets/theme.h"
#include "client/widgets/toast.h"

namespace queqiao::client {

BlockedPeople::BlockedPeople(Account& account, QWidget* parent)
    : QWidget(parent), account_(account), list_(new QListWidget), block_(new QPushButton), unblock_(new QPushButton) {
  set_kind(*list_, "boxed");
  list_->setMinimumHeight(120);
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(block_);
  buttons->addWidget(unblock_);
  buttons->addStretch();
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(list_, 1);
  column->addLayout(buttons);
  connect(block_, &QPushButton::clicked, this, &BlockedPeople::ask_whom);
  connect(unblock_, &QPushButton::clicked, this, [this] {
    if (const auto* item = list_->currentItem()) {
      account_.roster().set_blocked(item->data(Qt::UserRole).toString(), false, toast_on_error(window()));
    }
  });
  connect(list_, &QListWidget::itemSelectionChanged, this,
          [this] { unblock_->setEnabled(!list_->selectedItems().isEmpty()); });
  connect(&account.roster(), &Roster::contact_changed, this, &BlockedPeople::refresh);
  connect(&account.roster(), &Roster::reset, this, &BlockedPeople::refresh);
  follow_language(this, [this] {
    block_->setText(tr("Block somebody…"));
    unblock_->setText(tr("Unblock"));
    list_->setAccessibleName(tr("Blocked people"));
    refresh();
  });
}

void BlockedPeople::refresh() {
  list_->clear();
  for (const QString& jid : account_.roster().blocked()) {
    const Contact* contact = account_.roster().find(jid);
    const QString name = contact ? contact->display_name() : QString();
    auto* item = new QListWidgetItem(name.isEmpty() || name == jid ? jid : name + "  " + jid);
    item->setData(Qt::UserRole, jid);
    list_->addItem(item);
  }
  if (list_->count() == 0) {
    auto* item = new QListWidgetItem(tr("Nobody is blocked."));
    item->setFlags(Qt::NoItemFlags);
    list_->addItem(item);
  }
  unblock_->setEnabled(false);
}

void BlockedPeople::ask_whom() {
  LineQuestion question{tr("Block somebody"), tr("Their address, for example 10001@example.org"), {}, tr("Block")};
  question.longest = 512;
  ask_line(window(), question, [this](const QString& jid) {
    account_.roster().set_blocked(jid.toLower(), true, toast_on_error(window()));
  });
}

}  // namespace queqiao::client
