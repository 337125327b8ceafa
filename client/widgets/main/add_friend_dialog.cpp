#include "client/widgets/main/add_friend_dialog.h"

#include <QFormLayout>
#include <QLabel>
#include <QPointer>
#include <QVBoxLayout>

#include "client/core/profiles.h"
#include "client/core/roster.h"
#include "client/models/contact_tree.h"
#include "client/widgets/avatar.h"
#include "client/widgets/theme.h"

namespace queqiao::client {

namespace {

constexpr int longest_greeting = 200, longest_name = 64;

QString own_name(Account& account) {
  const auto profile = account.profiles().profile(account.jid());
  return profile && !profile->nickname.isEmpty() ? profile->nickname : account.jid().section('@', 0, 0);
}

}  // namespace

AddFriendDialog::AddFriendDialog(Account& account, const QString& jid, const QString& nickname, QWidget* parent)
    : AddFriendDialog(account, jid, nickname, false, parent) {
  setWindowTitle(tr("Add a friend"));
}

AddFriendDialog::AddFriendDialog(Account& account, const FriendRequest& request, QWidget* parent)
    : AddFriendDialog(account, request.jid, request.nickname, true, parent) {
  setWindowTitle(tr("Accept a friend"));
}

AddFriendDialog::AddFriendDialog(Account& account, const QString& jid, const QString& nickname, bool is_answer,
                                 QWidget* parent)
    : QDialog(parent),
      account_(account),
      jid_(jid),
      is_answer_(is_answer),
      greeting_(new QLineEdit),
      remark_(new QLineEdit),
      group_(new QComboBox),
      note_(new InlineNote) {
  setAttribute(Qt::WA_DeleteOnClose);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(24, 20, 24, 16);
  column->setSpacing(14);
  column->addLayout(make_head(nickname));
  column->addLayout(make_fields(nickname));
  column->addWidget(note_);
  buttons_ = add_buttons(this, is_answer ? tr("Accept") : tr("Send request"));
  disconnect(buttons_.box, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons_.box, &QDialogButtonBox::accepted, this, &AddFriendDialog::finish);
  column->addWidget(buttons_.box);
  setMinimumWidth(380);
  fit_height(this);
  (is_answer ? remark_ : greeting_)->setFocus();
}

QLayout* AddFriendDialog::make_head(const QString& nickname) {
  const QString name = nickname.isEmpty() ? jid_.section('@', 0, 0) : nickname;
  auto* head = new QHBoxLayout;
  auto* avatar = new QLabel;
  avatar->setPixmap(avatar_pixmap(56, account_.profiles().avatar(jid_), jid_, name, Status::online));
  auto* words = new QVBoxLayout;
  auto* name_label = new QLabel(name);
  auto* address = new QLabel(jid_);
  for (auto* label : {name_label, address}) label->setTextFormat(Qt::PlainText);
  set_kind(*name_label, "heading");
  set_kind(*address, "faint");
  words->setSpacing(2);
  words->addStretch();
  words->addWidget(name_label);
  words->addWidget(address);
  words->addStretch();
  head->addWidget(avatar);
  head->addSpacing(6);
  head->addLayout(words, 1);
  return head;
}

QLayout* AddFriendDialog::make_fields(const QString& nickname) {
  auto* form = new QFormLayout;
  form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
  form->setHorizontalSpacing(14);
  form->setVerticalSpacing(10);
  greeting_->setMaxLength(longest_greeting);
  remark_->setMaxLength(longest_name);
  remark_->setPlaceholderText(nickname);
  group_->setEditable(true);
  group_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  group_->lineEdit()->setMaxLength(longest_name);
  group_->addItem(shown_group_name({}), QString());
  for (const QString& name : account_.roster().groups()) {
    if (!name.isEmpty()) group_->addItem(name, name);
  }
  if (is_answer_) {
    greeting_->hide();
  } else {
    greeting_->setText(tr("Hello, I am %1.").arg(own_name(account_)));
    greeting_->setAccessibleName(tr("Greeting"));
    form->addRow(tr("Greeting"), greeting_);
  }
  form->addRow(tr("Remark"), remark_);
  form->addRow(tr("Group"), group_);
  return form;
}

QString AddFriendDialog::group() const {
  const QString text = group_->currentText().trimmed();
  return text == shown_group_name({}) ? QString() : text;
}

void AddFriendDialog::finish() {
  if (is_answer_) {
    account_.roster().accept(jid_, remark_->text().trimmed(), group());
    return accept();
  }
  buttons_.yes->setEnabled(false);
  account_.roster().add(jid_, remark_->text().trimmed(), group(), greeting_->text().trimmed(),
                        [guard = QPointer<AddFriendDialog>(this)](const QString& error) {
                          if (!guard) return;
                          guard->buttons_.yes->setEnabled(true);
                          if (!error.isEmpty()) return guard->note_->show_error(error);
                          emit guard->asked(guard->jid_);
                          guard->accept();
                        });
}

}  // namespace queqiao::client
