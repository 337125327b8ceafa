#include "client/widgets/main/certificate_dialog.h"

#include <QCoreApplication>
#include <QFontDatabase>
#include <QGridLayout>
#include <QLabel>

#include "client/widgets/confirm.h"
#include "client/widgets/icons.h"
#include "client/widgets/theme.h"

namespace queqiao::client {

namespace {

QLabel* words(const QString& text, const char* kind) {
  auto* label = new QLabel(text);
  label->setTextFormat(Qt::PlainText);
  label->setWordWrap(true);
  label->setTextInteractionFlags(Qt::TextSelectableByMouse);
  set_kind(*label, kind);
  return label;
}

QLayout* details_of(const CertificateQuestion& question) {
  auto* grid = new QGridLayout;
  grid->setHorizontalSpacing(16);
  grid->setColumnStretch(1, 1);
  const auto add = [grid](const QString& name, const QString& value, bool is_code) {
    if (value.isEmpty()) return;
    const int row = grid->rowCount();
    auto* shown = words(value, "");
    shown->setWordWrap(!is_code);
    if (is_code) shown->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    auto* shown_name = words(name, "faint");
    shown_name->setWordWrap(false);
    grid->addWidget(shown_name, row, 0, Qt::AlignTop);
    grid->addWidget(shown, row, 1);
  };
  add(QCoreApplication::translate("CertificateDialog", "Server"), question.host, false);
  add(QCoreApplication::translate("CertificateDialog", "Issued to"), question.subject, false);
  add(QCoreApplication::translate("CertificateDialog", "Issued by"), question.issuer, false);
  add(QCoreApplication::translate("CertificateDialog", "Fingerprint (SHA-256)"), question.fingerprint, true);
  add(QCoreApplication::translate("CertificateDialog", "Fingerprint before"), question.previous_fingerprint, true);
  return grid;
}

QString explanation(bool has_changed) {
  return has_changed
             ? QCoreApplication::translate("CertificateDialog",
                                           "This server showed another certificate before. Its operator may have "
                                           "replaced it, or somebody is between you and the server. Ask the operator "
                                           "and compare the fingerprint before you trust it.")
             : QCoreApplication::translate("CertificateDialog",
                                           "No authority vouches for this server. That is usual for a server of one's "
                                           "own: compare the fingerprint with the one that its operator gave you.");
}

}  // namespace

void ask_certificate(QWidget* parent, const CertificateQuestion& question, std::function<void(bool)> answered) {
  const bool has_changed = !question.previous_fingerprint.isEmpty();
  auto* dialog = new QDialog(parent);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  const QString title = has_changed
                            ? QCoreApplication::translate("CertificateDialog", "The server's certificate has changed")
                            : QCoreApplication::translate("CertificateDialog", "Trust this server?");
  dialog->setWindowTitle(title);
  auto* head = new QHBoxLayout;
  auto* picture = new QLabel;
  picture->setPixmap(icon(has_changed ? "warning" : "lock", has_changed ? Tint::danger : Tint::accent).pixmap(32, 32));
  auto* texts = new QVBoxLayout;
  texts->addWidget(words(title, "heading"));
  texts->addWidget(words(explanation(has_changed), "faint"));
  if (!question.problem.isEmpty()) texts->addWidget(words(question.problem, "error"));
  texts->addStretch();
  head->addWidget(picture, 0, Qt::AlignTop);
  head->addSpacing(8);
  head->addLayout(texts, 1);
  auto* column = new QVBoxLayout(dialog);
  column->setContentsMargins(24, 20, 24, 16);
  column->setSpacing(16);
  column->addLayout(head);
  column->addLayout(details_of(question));
  auto buttons = add_buttons(dialog, QCoreApplication::translate("CertificateDialog", "Trust this certificate"));
  if (has_changed) set_kind(*buttons.yes, "danger");
  buttons.cancel->setDefault(true);
  buttons.cancel->setFocus();
  column->addWidget(buttons.box);
  dialog->setFixedWidth(qMax(520, dialog->sizeHint().width()));
  fit_height(dialog);
  QObject::connect(dialog, &QDialog::finished, dialog,
                   [answered = std::move(answered)](int result) { answered(result == QDialog::Accepted); });
  dialog->open();
}

}  // namespace queqiao::client
