#include "client/widgets/main/login_page.h"

#include <QHBoxLayout>
#include <QImage>
#include <QPointer>

#include "client/models/contact_tree.h"
#include "client/widgets/avatar.h"
#include "client/widgets/confirm.h"
#include "client/widgets/icons.h"
#include "client/widgets/language.h"
#include "client/widgets/main/status_menu.h"
#include "client/widgets/theme.h"

namespace queqiao::client {

QString shown_server(const ServerChoice& server) {
  if (server.host.isEmpty() || server.host == server.domain) return server.domain;
  const QString port = server.port == 0 ? QString() : ':' + QString::number(server.port);
  return LoginPage::tr("%1 at %2").arg(server.domain, server.host + port);
}

LoginPage::LoginPage(RememberedAccounts& accounts, QWidget* parent)
    : QWidget(parent),
      accounts_(accounts),
      account_(new QComboBox),
      status_(new QComboBox),
      password_(new QLineEdit),
      remembers_(new QCheckBox),
      by_itself_(new QCheckBox),
      note_(new InlineNote),
      log_in_(new QPushButton),
      register_(new QPushButton),
      server_link_(new QPushButton) {
  make_fields();
  auto* choices = new QHBoxLayout;
  choices->addWidget(remembers_);
  choices->addStretch();
  choices->addWidget(by_itself_);
  auto* go = new QHBoxLayout;
  go->addWidget(status_);
  go->addWidget(log_in_, 1);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(36, 8, 36, 12);
  column->setSpacing(10);
  column->addWidget(account_);
  column->addWidget(password_);
  column->addLayout(choices);
  column->addWidget(note_);
  column->addLayout(go);
  column->addStretch();
  column->addLayout(make_links());
  follow_language(this, [this] { set_texts(); });
  setFocusProxy(password_);
  reload_accounts();
}

void LoginPage::make_fields() {
  account_->setObjectName("account");
  password_->setObjectName("password");
  account_->setEditable(true);
  account_->setInsertPolicy(QComboBox::NoInsert);
  account_->setIconSize({24, 24});
  account_->setMinimumHeight(38);
  forget_ = account_->lineEdit()->addAction(icon("close", Tint::faint), QLineEdit::TrailingPosition);
  password_->setEchoMode(QLineEdit::Password);
  password_->setMinimumHeight(38);
  show_password_ = password_->addAction(icon("eye", Tint::faint), QLineEdit::TrailingPosition);
  show_password_->setCheckable(true);
  log_in_->setMinimumHeight(38);
  status_->setMinimumHeight(38);
  set_kind(*log_in_, "primary");
  log_in_->setDefault(true);
  log_in_->setAutoDefault(true);
  connect(show_password_, &QAction::toggled, this, [this](bool is_shown) {
    password_->setEchoMode(is_shown ? QLineEdit::Normal : QLineEdit::Password);
    show_password_->setIcon(icon(is_shown ? "eye_off" : "eye", Tint::faint));
  });
  connect(forget_, &QAction::triggered, this, &LoginPage::forget_account);
  connect(account_, &QComboBox::activated, this, [this](int row) { choose(account_->itemData(row).toString()); });
  connect(account_, &QComboBox::editTextChanged, this, [this] {
    choose(jid());
    note_->clear();
  });
  connect(password_, &QLineEdit::textEdited, this, [this] { note_->clear(); });
  connect(password_, &QLineEdit::returnPressed, this, &LoginPage::log_in);
  connect(account_->lineEdit(), &QLineEdit::returnPressed, password_, qOverload<>(&QWidget::setFocus));
  connect(log_in_, &QPushButton::clicked, this, &LoginPage::log_in);
  connect(by_itself_, &QCheckBox::clicked, this, [this](bool is_on) {
    if (is_on) remembers_->setChecked(true);
    if (is_on) explain_remembering();
  });
  connect(remembers_, &QCheckBox::clicked, this, [this](bool is_on) {
    if (!is_on) by_itself_->setChecked(false);
    if (is_on) explain_remembering();
  });
}

QLayout* LoginPage::make_links() {
  auto* links = new QHBoxLayout;
  for (auto* link : {register_, server_link_}) {
    set_kind(*link, "link");
    link->setCursor(Qt::PointingHandCursor);
    link->setAutoDefault(false);
  }
  links->addWidget(register_);
  links->addStretch();
  links->addWidget(server_link_);
  connect(register_, &QPushButton::clicked, this, &LoginPage::register_wanted);
  connect(server_link_, &QPushButton::clicked, this, &LoginPage::server_wanted);
  return links;
}

void LoginPage::set_texts() {
  account_->lineEdit()->setPlaceholderText(tr("Number or address"));
  account_->setAccessibleName(tr("Account"));
  account_->lineEdit()->setAccessibleName(tr("Account"));
  password_->setPlaceholderText(tr("Password"));
  password_->setAccessibleName(tr("Password"));
  forget_->setText(tr("Forget this account"));
  show_password_->setText(tr("Show the password"));
  remembers_->setText(tr("Remember password"));
  by_itself_->setText(tr("Automatic log-in"));
  log_in_->setText(tr("Log in"));
  register_->setText(tr("New account"));
  status_->setAccessibleName(tr("Status to start with"));
  status_->setToolTip(tr("Status to start with"));
  const int chosen = qMax(0, status_->currentIndex());
  status_->clear();
  for (const auto status : {Status::online, Status::away, Status::busy, Status::invisible}) {
    status_->addItem(status_icon(status), status_name(status), int(status));
  }
  status_->setCurrentIndex(chosen);
  set_server(server_);
}

void LoginPage::set_server(const ServerChoice& server) {
  server_ = server;
  const QString shown = shown_server(server);
  server_link_->setToolTip(shown);
  const QString text = server.domain.isEmpty() ? tr("Choose a server") : tr("Server: %1").arg(shown);
  server_link_->setText(fontMetrics().elidedText(text, Qt::ElideRight, 190));
}

void LoginPage::reload_accounts() {
  const QString typed = account_->currentText();
  account_->clear();
  for (const auto& account : accounts_.all()) {
    const QString name = account.nickname.isEmpty() ? account.jid.section('@', 0, 0) : account.nickname;
    const auto picture = account.avatar_path.isEmpty() ? QImage() : QImage(account.avatar_path);
    account_->addItem(QIcon(avatar_pixmap(24, picture, account.jid, name, Status::online)), account.jid, account.jid);
    account_->setItemData(account_->count() - 1, name, Qt::ToolTipRole);
  }
  if (!typed.isEmpty()) account_->setCurrentText(typed);
  choose(jid());
}

// Fills in what is remembered of that account, if it is one that is.
void LoginPage::choose(const QString& jid) {
  const auto all = accounts_.all();
  const auto known = std::find_if(all.begin(), all.end(), [&](const RememberedAccount& one) { return one.jid == jid; });
  forget_->setVisible(known != all.end());
  if (known == all.end()) {
    if (!password_of_.isEmpty()) password_->clear();  // of the account that was chosen before
    password_of_.clear();
    emit person_changed(jid, {}, {});
    return;
  }
  emit person_changed(jid, known->nickname, known->avatar_path);
  if (password_of_ == jid) return;
  password_of_ = jid;
  remembers_->setChecked(known->remembers_password);
  by_itself_->setChecked(known->logs_in_by_itself);
  status_->setCurrentIndex(qMax(0, status_->findData(int(known->status))));
  set_server({jid.section('@', 1), known->host, known->port});
  password_->clear();
  if (!known->remembers_password) return;
  accounts_.load_password(jid, [guard = QPointer<LoginPage>(this), jid](const QString& password) {
    if (guard && guard->password_of_ == jid && guard->password_->text().isEmpty()) guard->password_->setText(password);
  });
}

void LoginPage::fill(const QString& jid, const QString& password) {
  account_->setCurrentText(jid);
  choose(jid);
  password_->setText(password);
}

bool LoginPage::wants_to_log_in_by_itself() const {
  return by_itself_->isChecked() && remembers_->isChecked();
}

// With the address alone ("10001") the server is the one that was chosen.
QString LoginPage::jid() const {
  const QString text = account_->currentText().trimmed().toLower();
  if (text.isEmpty() || text.contains('@') || server_.domain.isEmpty()) return text;
  return text + '@' + server_.domain;
}

QString LoginPage::missing() const {
  const QString address = jid();
  if (address.isEmpty()) return tr("Enter your number or address.");
  if (!address.contains('@')) return tr("Choose a server, or enter the whole address, as in 10001@example.org.");
  if (address.startsWith('@') || address.endsWith('@')) return tr("This is not an address, as in 10001@example.org.");
  if (password_->text().isEmpty()) return tr("Enter your password.");
  return {};
}

void LoginPage::log_in() {
  if (const QString what = missing(); !what.isEmpty()) {
    note_->show_error(what);
    (jid().contains('@') ? static_cast<QWidget*>(password_) : account_)->setFocus();
    return;
  }
  note_->clear();
  LoginRequest request;
  request.account.jid = jid();
  request.account.password = password_->text();
  if (server_.domain == jid().section('@', 1)) {
    request.account.host = server_.host;
    request.account.port = server_.port;
  }
  request.status = Status(status_->currentData().toInt());
  request.remembers_password = remembers_->isChecked();
  request.logs_in_by_itself = by_itself_->isChecked();
  emit login_wanted(request);
}

void LoginPage::show_failure(const QString& why) {
  note_->show_error(why);
  password_->setFocus();
  password_->selectAll();
}

void LoginPage::forget_account() {
  const QString address = jid();
  const Question question{tr("Forget %1 on this computer?").arg(address),
                          tr("Its password is forgotten as well. The account itself and its messages stay."),
                          tr("Forget"), true};
  ask(window(), question, [this, address] {
    accounts_.remove(address);
    account_->clearEditText();
    password_->clear();
    reload_accounts();
  });
}

// Without a key ring the password lies in a file: people may want to know before.
void LoginPage::explain_remembering() {
  if (accounts_.has_key_ring()) return;
  note_->show_error(tr("This desktop has no key ring: the password will be in a file that only your user can read."));
}

}  // namespace queqiao::client
