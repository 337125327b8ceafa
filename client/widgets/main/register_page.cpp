#include "client/widgets/main/register_page.h"

#include <QHBoxLayout>
#include <QRegularExpression>

#include "client/widgets/language.h"
#include "client/widgets/main/certificate_dialog.h"
#include "client/widgets/theme.h"

namespace queqiao::client {

namespace {

constexpr int shortest_password = 6;

}  // namespace

RegisterPage::RegisterPage(LoginServices services, QWidget* parent)
    : QWidget(parent),
      services_(std::move(services)),
      back_(new IconButton("back", {})),
      title_(new QLabel),
      instructions_(new QLabel),
      takes_number_(new QRadioButton),
      own_name_(new QRadioButton),
      name_(new QLineEdit),
      password_(new QLineEdit),
      again_(new QLineEdit),
      submit_(new QPushButton),
      server_link_(new QPushButton),
      note_(new InlineNote),
      wait_(new WaitLine) {
  set_kind(*title_, "title");
  set_kind(*instructions_, "faint");
  set_kind(*submit_, "primary");
  set_kind(*server_link_, "link");
  instructions_->setWordWrap(true);
  instructions_->setTextFormat(Qt::PlainText);
  auto* head = new QHBoxLayout;
  head->addWidget(back_);
  head->addWidget(title_, 1);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(24, 16, 24, 16);
  column->setSpacing(10);
  column->addLayout(head);
  column->addWidget(wait_);
  column->addWidget(instructions_);
  column->addLayout(make_fields());
  column->addWidget(note_);
  auto* submit_row = new QHBoxLayout;
  submit_row->setContentsMargins(16, 0, 16, 0);
  submit_row->addWidget(submit_);
  column->addLayout(submit_row);
  column->addStretch();
  column->addWidget(server_link_, 0, Qt::AlignHCenter);
  connect(back_, &IconButton::clicked, this, [this] {
    if (creation_) creation_->cancel();
    creation_.reset();
    emit back_wanted();
  });
  connect(server_link_, &QPushButton::clicked, this, &RegisterPage::server_wanted);
  connect(submit_, &QPushButton::clicked, this, &RegisterPage::submit);
  follow_language(this, [this] { set_texts(); });
}

QLayout* RegisterPage::make_fields() {
  for (auto* field : {password_, again_}) field->setEchoMode(QLineEdit::Password);
  auto* column = new QVBoxLayout;
  column->setContentsMargins(16, 4, 16, 4);
  column->setSpacing(10);
  for (QWidget* widget : QList<QWidget*>{takes_number_, own_name_, name_, password_, again_}) column->addWidget(widget);
  for (auto* field : {name_, password_, again_}) {
    field->setMinimumHeight(36);
    connect(field, &QLineEdit::returnPressed, this, &RegisterPage::submit);
    connect(field, &QLineEdit::textEdited, this, [this] { note_->clear(); });
  }
  connect(own_name_, &QRadioButton::toggled, this, &RegisterPage::refresh);
  return column;
}

void RegisterPage::set_texts() {
  back_->set_name(tr("Back"));
  title_->setText(tr("New account"));
  takes_number_->setText(number_.isEmpty() ? tr("A number from the server") : tr("Take the number %1").arg(number_));
  own_name_->setText(tr("Choose a name of my own"));
  name_->setPlaceholderText(tr("Name, for example zhangwei"));
  name_->setAccessibleName(tr("Name"));
  password_->setPlaceholderText(tr("Password"));
  password_->setAccessibleName(tr("Password"));
  again_->setPlaceholderText(tr("Password again"));
  again_->setAccessibleName(tr("Password again"));
  submit_->setText(tr("Create the account"));
  server_link_->setText(tr("Server: %1").arg(shown_server(server_)));
}

void RegisterPage::begin(const ServerChoice& server) {
  server_ = server;
  number_.clear();
  is_offered_ = false;
  instructions_->clear();
  instructions_->hide();
  note_->clear();
  set_texts();
  if (server.domain.isEmpty()) {
    set_busy(false);
    return note_->show_error(tr("Choose a server first."));
  }
  creation_ = services_.account_creation();
  auto* creation = creation_.get();
  connect(creation, &AccountCreation::offered, this, &RegisterPage::take_offer);
  connect(creation, &AccountCreation::created, this, &RegisterPage::finish);
  const auto fail = [this](const QString& why) {
    set_busy(false);
    note_->show_error(why);
  };
  connect(creation, &AccountCreation::refused, this, fail);
  connect(creation, &AccountCreation::failed, this, [this, fail](const QString& why) {
    is_offered_ = false;
    fail(why);
  });
  connect(creation, &AccountCreation::certificate_question, this, [this](const CertificateQuestion& question) {
    ask_certificate(window(), question, [this](bool is_accepted) {
      if (creation_) creation_->answer_certificate(is_accepted);
    });
  });
  set_busy(true);
  AccountSettings settings;
  settings.allows_plain_loopback = services_.allows_plain_loopback;
  settings.jid = server.domain;
  settings.host = server.host;
  settings.port = server.port;
  creation->begin(settings);
}

void RegisterPage::take_offer(const QString& number, const QString& instructions) {
  number_ = number;
  is_offered_ = true;
  instructions_->setText(instructions);
  instructions_->setVisible(!instructions.isEmpty());
  (number.isEmpty() ? own_name_ : takes_number_)->setChecked(true);
  set_texts();
  set_busy(false);
  (number.isEmpty() ? name_ : password_)->setFocus();
}

void RegisterPage::refresh() {
  const bool can_type = is_offered_ && !is_busy_;
  takes_number_->setVisible(!number_.isEmpty());
  own_name_->setVisible(!number_.isEmpty());
  name_->setVisible(own_name_->isChecked() || number_.isEmpty());
  for (QWidget* widget : QList<QWidget*>{takes_number_, own_name_, name_, password_, again_, submit_}) {
    widget->setEnabled(can_type);
  }
}

void RegisterPage::set_busy(bool is_busy) {
  is_busy_ = is_busy;
  wait_->set_waiting(is_busy);
  refresh();
}

QString RegisterPage::mistake() const {
  const bool has_own_name = name_->isVisibleTo(this);
  const QString name = name_->text().trimmed();
  if (has_own_name && name.isEmpty()) return tr("Enter a name.");
  if (has_own_name && name.contains(QRegularExpression(R"([\s"&'/:<>@])"))) {
    return tr("A name has no spaces and none of \" & ' / : < > @.");
  }
  if (password_->text().size() < shortest_password) {
    return tr("The password needs %1 characters or more.").arg(shortest_password);
  }
  if (password_->text() != again_->text()) return tr("The two passwords differ.");
  return {};
}

void RegisterPage::submit() {
  if (!is_offered_ || is_busy_) return;
  if (const QString what = mistake(); !what.isEmpty()) return note_->show_error(what);
  note_->clear();
  set_busy(true);
  creation_->submit(name_->isVisibleTo(this) ? name_->text().trimmed() : number_, password_->text());
}

void RegisterPage::finish(const QString& jid) {
  const QString password = password_->text();
  set_busy(false);
  password_->clear();
  again_->clear();
  emit created(jid, password);
}

}  // namespace queqiao::client
