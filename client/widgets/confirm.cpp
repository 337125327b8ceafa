#include "client/widgets/confirm.h"

#include <QCoreApplication>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

#include "client/widgets/icons.h"
#include "client/widgets/language.h"
#include "client/widgets/theme.h"

namespace queqiao::client {

namespace {

QLabel* wrapped(const QString& text, const char* kind) {
  auto* label = new QLabel(text);
  label->setWordWrap(true);
  label->setTextFormat(Qt::PlainText);
  set_kind(*label, kind);
  return label;
}

}  // namespace

QDialog* ask(QWidget* parent, const Question& question, std::function<void()> when_yes) {
  auto* dialog = new QDialog(parent);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setWindowTitle(question.title);
  dialog->setAccessibleDescription(question.text);
  auto* row = new QHBoxLayout;
  auto* picture = new QLabel;
  picture->setPixmap(
      icon(question.is_dangerous ? "warning" : "help", question.is_dangerous ? Tint::danger : Tint::accent)
          .pixmap(32, 32));
  auto* words = new QVBoxLayout;
  words->addWidget(wrapped(question.title, "heading"));
  words->addWidget(wrapped(question.text, "faint"));
  row->addWidget(picture, 0, Qt::AlignTop);
  row->addSpacing(8);
  row->addLayout(words, 1);
  auto* column = new QVBoxLayout(dialog);
  column->setContentsMargins(24, 20, 24, 16);
  column->setSpacing(16);
  column->addLayout(row);
  auto buttons = add_buttons(dialog, question.yes);
  column->addWidget(buttons.box);
  if (question.is_dangerous) {
    set_kind(*buttons.yes, "danger");
    buttons.cancel->setDefault(true);
    buttons.cancel->setFocus();
  }
  dialog->setMinimumWidth(340);
  QObject::connect(dialog, &QDialog::accepted, dialog, std::move(when_yes));
  fit_height(dialog);
  dialog->open();
  return dialog;
}

QDialog* ask_line(QWidget* parent, const LineQuestion& question, std::function<void(const QString&)> when_given) {
  auto* dialog = new QDialog(parent);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setWindowTitle(question.title);
  auto* label = wrapped(question.label, "");
  auto* line = new QLineEdit(question.text);
  line->setMaxLength(question.longest);
  line->setAccessibleName(question.label);
  line->selectAll();
  auto* column = new QVBoxLayout(dialog);
  column->setContentsMargins(24, 20, 24, 16);
  column->addWidget(label);
  column->addWidget(line);
  column->addSpacing(8);
  auto buttons = add_buttons(dialog, question.yes);
  column->addWidget(buttons.box);
  const auto refresh = [=, may_be_empty = question.may_be_empty] {
    buttons.yes->setEnabled(may_be_empty || !line->text().trimmed().isEmpty());
  };
  refresh();
  QObject::connect(line, &QLineEdit::textChanged, dialog, refresh);
  QObject::connect(dialog, &QDialog::accepted, dialog, [=] { when_given(line->text().trimmed()); });
  dialog->setMinimumWidth(320);
  fit_height(dialog);
  line->setFocus();
  dialog->open();
  return dialog;
}

void fit_height(QDialog* dialog) {
  const int width = qMax(dialog->minimumWidth(), dialog->sizeHint().width());
  dialog->resize(width, qMax(dialog->sizeHint().height(), dialog->layout()->totalHeightForWidth(width)));
}

Buttons add_buttons(QDialog* dialog, const QString& yes) {
  auto* box = new QDialogButtonBox(dialog);
  auto* accept = box->addButton(yes, QDialogButtonBox::AcceptRole);
  auto* cancel = box->addButton(QString(), QDialogButtonBox::RejectRole);
  for (auto* button : {accept, cancel}) button->setIcon({});
  set_kind(*accept, "primary");
  accept->setDefault(true);
  QObject::connect(box, &QDialogButtonBox::accepted, dialog, &QDialog::accept);
  QObject::connect(box, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
  follow_language(cancel, [cancel] { cancel->setText(QCoreApplication::translate("Buttons", "Cancel")); });
  return {box, accept, cancel};
}

}  // namespace queqiao::client
