#include "client/widgets/main/account_dialogs.h"

#include <QLabel>
#include <QPointer>
#include <QVBoxLayout>

#include "client/widgets/theme.h"

namespace queqiao::client {

namespace {

constexpr int shortest_password = 6;

QLabel* words(const QString& text, const char* kind) {
  auto* label = new QLabel(text);
  label->setWordWrap(true);
  set_kind(*label, kind);
  return label;
}

}  // namespace

PasswordDialog::PasswordDialog(Account& account, QWidget* parent)
    : QDialog(parent), account_(account), password_(new QLineEdit), again_(new QLineEdit), note_(new InlineNote) {
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowTitle(tr("Change password"));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(24, 20, 24, 16);
  column->setSpacing(10);
  column->addWidget(words(tr("Change password"), "heading"));
  column->addWidget(words(tr("Your other devices have to log in with the new one."), "faint"));
  password_->setPlaceholderText(tr("New password"));
  again_->setPlaceholderText(tr("New password again"));
  for (auto* field : {password_, again_}) {
    field->setEchoMode(QLineEdit::Password);
    field->setAccessibleName(field->placeholderText());
    column->addWidget(field);
    connect(field, &QLineEdit::textEdited, note_, &InlineNote::clear);
  }
  column->addWidget(note_);
  buttons_ = add_buttons(this, tr("Change"));
  disconnect(buttons_.box, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons_.box, &QDialogButtonBox::accepted, this, &PasswordDialog::submit);
  column->addWidget(buttons_.box);
  setMinimumWidth(340);
  fit_height(this);
}

void PasswordDialog::submit() {
  const QString password = password_->text();
  if (password.size() < shortest_password) {
    return note_->show_error(tr("The password needs %1 characters or more.").arg(shortest_password));
  }
  if (password != again_->text()) return note_->show_error(tr("The two passwords differ."));
  buttons_.yes->setEnabled(false);
  account_.change_password(password, [guard = QPointer<PasswordDialog>(this), password](const QString& error) {
    if (!guard) return;
    guard->buttons_.yes->setEnabled(true);
    if (!error.isEmpty()) return guard->note_->show_error(error);
    emit guard->changed(password);
    guard->accept();
  });
}

CloseAccountDialog::CloseAccountDialog(Account& account, QWidget* parent)
    : QDialog(parent), account_(account), address_(new QLineEdit), note_(new InlineNote) {
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowTitle(tr("Close the account"));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(24, 20, 24, 16);
  column->setSpacing(10);
  column->addWidget(words(tr("Close the account %1 for good?").arg(account.jid()), "heading"));
  column->addWidget(
      words(tr("The server deletes your friends, your profile and your messages. Nobody can undo it. Type "
               "your address to go on."),
            "faint"));
  address_->setPlaceholderText(account.jid());
  address_->setAccessibleName(tr("Your address"));
  column->addWidget(address_);
  column->addWidget(note_);
  buttons_ = add_buttons(this, tr("Close the account"));
  set_kind(*buttons_.yes, "danger");
  buttons_.yes->setEnabled(false);
  disconnect(buttons_.box, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons_.box, &QDialogButtonBox::accepted, this, &CloseAccountDialog::submit);
  connect(address_, &QLineEdit::textChanged, this,
          [this](const QString& text) { buttons_.yes->setEnabled(text.trimmed() == account_.jid()); });
  column->addWidget(buttons_.box);
  setMinimumWidth(380);
  fit_height(this);
}

void CloseAccountDialog::submit() {
  buttons_.yes->setEnabled(false);
  account_.close_account([guard = QPointer<CloseAccountDialog>(this)](const QString& error) {
    if (!guard) return;
    if (error.isEmpty()) {
      emit guard->closed_for_good();
      return guard->accept();
    }
    guard->buttons_.yes->setEnabled(true);
    guard->note_->show_error(error);
  });
}

}  // namespace queqiao::client
