#include "client/widgets/chat/forward_dialog.h"

#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>

#include "client/core/account.h"
#include "client/core/history.h"
#include "client/core/roster.h"
#include "client/widgets/chat/people.h"
#include "client/widgets/confirm.h"
#include "client/widgets/theme.h"

namespace queqiao::client {

ForwardDialog::ForwardDialog(Account& account, int message_count, QWidget* parent)
    : QDialog(parent),
      search_(new QLineEdit(this)),
      people_(new QListWidget(this)),
      nobody_(new QLabel(tr("Nobody of that name."), this)) {
  setWindowTitle(message_count == 1 ? tr("Forward the message") : tr("Forward %1 messages").arg(message_count));
  search_->setPlaceholderText(tr("Search friends"));
  search_->setAccessibleName(tr("Search friends"));
  search_->setClearButtonEnabled(true);
  set_kind(*search_, "search");
  people_->setIconSize({32, 32});
  people_->setAccessibleName(tr("Friends"));
  people_->setStyleSheet(QStringLiteral("QListWidget::item{padding:6px 8px;border-radius:6px}"
                                        "QListWidget::item:hover{background:%1}"
                                        "QListWidget::item:selected{background:%1;color:%2}")
                             .arg(look().hover.name(), look().text.name()));
  set_kind(*nobody_, "faint");
  nobody_->setAlignment(Qt::AlignCenter);
  auto* column = new QVBoxLayout(this);
  column->setSpacing(10);
  column->addWidget(search_);
  column->addWidget(people_, 1);
  column->addWidget(nobody_, 1);
  const Buttons buttons = add_buttons(this, tr("Forward"));
  send_ = buttons.yes;
  column->addWidget(buttons.box);
  fill(account);
  connect(search_, &QLineEdit::textChanged, this, &ForwardDialog::filter);
  connect(people_, &QListWidget::itemChanged, this, &ForwardDialog::update_button);
  connect(people_, &QListWidget::itemActivated, this, [](QListWidgetItem* item) {
    item->setCheckState(item->checkState() == Qt::Checked ? Qt::Unchecked : Qt::Checked);
  });
  filter({});
  update_button();
  resize(360, 480);
}

void ForwardDialog::fill(Account& account) {
  const People people(account);
  QStringList jids;
  for (const Conversation& conversation : account.history().conversations()) jids << conversation.jid;
  for (const Contact& contact : account.roster().contacts()) {
    if (!jids.contains(contact.jid)) jids << contact.jid;
  }
  for (const QString& jid : jids) {
    auto* item = new QListWidgetItem(QIcon(people.face(64, jid)), people.name(jid), people_);
    item->setData(Qt::UserRole, jid);
    item->setToolTip(jid);
    item->setFlags(Qt::ItemIsUserCheckable | Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    item->setCheckState(Qt::Unchecked);
  }
}

void ForwardDialog::filter(const QString& words) {
  int shown = 0;
  for (int i = 0; i < people_->count(); ++i) {
    QListWidgetItem* item = people_->item(i);
    const bool fits = item->text().contains(words.trimmed(), Qt::CaseInsensitive) ||
                      item->data(Qt::UserRole).toString().contains(words.trimmed(), Qt::CaseInsensitive);
    item->setHidden(!fits);
    shown += fits ? 1 : 0;
  }
  people_->setVisible(shown > 0);
  nobody_->setVisible(shown == 0);
}

void ForwardDialog::update_button() {
  const qsizetype count = chosen().size();
  send_->setEnabled(count > 0 && count <= most_people);
  send_->setToolTip(count > most_people ? tr("At most %1 people at once.").arg(most_people) : QString());
}

QStringList ForwardDialog::chosen() const {
  QStringList jids;
  for (int i = 0; i < people_->count(); ++i) {
    if (people_->item(i)->checkState() == Qt::Checked) jids << people_->item(i)->data(Qt::UserRole).toString();
  }
  return jids;
}

}  // namespace queqiao::client
