#include "client/widgets/main/login_window.h"

#include <QCloseEvent>
#include <QImage>
#include <QMenu>
#include <QPainter>
#include <QVBoxLayout>

#include "client/widgets/avatar.h"
#include "client/widgets/language.h"
#include "client/widgets/main/login_page.h"
#include "client/widgets/main/own_header.h"
#include "client/widgets/main/register_page.h"
#include "client/widgets/main/server_page.h"
#include "client/widgets/theme.h"

namespace queqiao::client {

namespace {

constexpr QSize window_size(390, 500);
constexpr int banner_height = 150, avatar_side = 84;

}  // namespace

LoginWindow::LoginWindow(RememberedAccounts& accounts, LoginServices services, QWidget* parent)
    : QWidget(parent, Qt::Window),
      pages_(new QStackedWidget),
      login_(new LoginPage(accounts)),
      register_(new RegisterPage(services)),
      server_(new ServerPage(services)) {
  setObjectName("login_window");
  setWindowIcon(program_icon());
  resize(scaled(window_size.width()), scaled(window_size.height()));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  banner_ = make_banner();
  waiting_ = make_waiting();
  column->addWidget(banner_);
  column->addWidget(pages_, 1);
  for (QWidget* page : QList<QWidget*>{login_, waiting_, register_, server_}) pages_->addWidget(page);
  connect(login_, &LoginPage::login_wanted, this, &LoginWindow::login_wanted);
  connect(login_, &LoginPage::register_wanted, this, &LoginWindow::show_register);
  connect(login_, &LoginPage::server_wanted, this, &LoginWindow::show_server);
  connect(login_, &LoginPage::person_changed, this, &LoginWindow::set_person);
  connect(register_, &RegisterPage::back_wanted, this, &LoginWindow::show_login);
  connect(register_, &RegisterPage::server_wanted, this, [this] {
    show_server();
    server_was_wanted_by_register_ = true;
  });
  connect(register_, &RegisterPage::created, this, [this](const QString& jid, const QString& password) {
    login_->fill(jid, password);
    show_login();
    show_toast(this, tr("Your account is %1. Write it down!").arg(jid), ToastKind::good);
  });
  connect(server_, &ServerPage::finished, this, &LoginWindow::leave_server_page);
  set_person({}, {}, {});
  login_->reload_accounts();
  show_page(login_);
  login_->setFocus();
  follow_language(this, [this] {
    setWindowTitle(tr("Queqiao"));
    name_->setText(tr("Queqiao"));
    language_->set_name(tr("Language"));
    cancel_->setText(tr("Cancel"));
  });
}

QWidget* LoginWindow::make_banner() {
  auto* banner = new QWidget;
  banner->setFixedHeight(banner_height + avatar_side / 2 + 8);
  name_ = new QLabel;
  set_kind(*name_, "banner_title");
  auto* picture = new QLabel;
  picture->setPixmap(program_icon().pixmap(28, 28));
  language_ = new IconButton("globe", {}, nullptr, Tint::on_accent);
  set_kind(*language_, "on_banner");
  auto* menu = new QMenu(language_);
  menu->addAction(QStringLiteral("中文"), this, [this] { emit language_chosen("zh_CN"); });
  menu->addAction(QStringLiteral("English"), this, [this] { emit language_chosen("en"); });
  language_->setMenu(menu);
  language_->setPopupMode(QToolButton::InstantPopup);
  auto* row = new QHBoxLayout;
  row->setContentsMargins(16, 12, 12, 0);
  row->addWidget(picture);
  row->addWidget(name_, 1);
  row->addWidget(language_);
  auto* column = new QVBoxLayout(banner);
  column->setContentsMargins(0, 0, 0, 0);
  column->addLayout(row);
  column->addStretch();
  return banner;
}

QWidget* LoginWindow::make_waiting() {
  auto* page = new QWidget;
  waiting_text_ = new QLabel;
  waiting_text_->setAlignment(Qt::AlignCenter);
  waiting_text_->setWordWrap(true);
  wait_ = new WaitLine;
  cancel_ = new QPushButton;
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(60, 24, 60, 24);
  column->setSpacing(16);
  column->addWidget(waiting_text_);
  column->addWidget(wait_);
  column->addSpacing(8);
  column->addWidget(cancel_, 0, Qt::AlignHCenter);
  column->addStretch();
  connect(cancel_, &QPushButton::clicked, this, [this] {
    show_login();
    emit cancelled();
  });
  return page;
}

void LoginWindow::fill(const QString& jid, const QString& password, const ServerChoice& server) {
  if (!jid.isEmpty()) login_->fill(jid, password);
  if (server.domain.isEmpty() && server.host.isEmpty()) return;
  ServerChoice choice = server;
  if (choice.domain.isEmpty()) choice.domain = jid.section('@', 1);
  login_->set_server(choice);
}

void LoginWindow::log_in() {
  login_->log_in();
}

bool LoginWindow::wants_to_log_in_by_itself() const {
  return login_->wants_to_log_in_by_itself();
}

void LoginWindow::show_waiting(const QString& text) {
  waiting_text_->setText(text);
  wait_->set_waiting(true);
  show_page(waiting_);
  cancel_->setFocus();
}

void LoginWindow::show_failure(const QString& why) {
  show_login();
  login_->show_failure(why);
}

void LoginWindow::show_login() {
  wait_->set_waiting(false);
  show_page(login_);
}

void LoginWindow::show_register() {
  show_page(register_);
  register_->begin(login_->server());
}

void LoginWindow::show_server() {
  server_was_wanted_by_register_ = false;
  server_->set_server(login_->server());
  show_page(server_);
}

void LoginWindow::leave_server_page() {
  login_->set_server(server_->server());
  server_was_wanted_by_register_ ? show_register() : show_login();
}

// The banner is for the pages about oneself.
void LoginWindow::show_page(QWidget* page) {
  banner_->setVisible(page == login_ || page == waiting_);
  for (int i = 0; i < pages_->count(); ++i) {
    // The pages behind do not make this one higher.
    const auto policy = pages_->widget(i) == page ? QSizePolicy::Preferred : QSizePolicy::Ignored;
    pages_->widget(i)->setSizePolicy(QSizePolicy::Preferred, policy);
  }
  pages_->setCurrentWidget(page);
  if (page == login_) login_->setFocus();
  update();
}

void LoginWindow::set_person(const QString& jid, const QString& nickname, const QString& avatar_path) {
  const auto picture = avatar_path.isEmpty() ? QImage() : QImage(avatar_path);
  if (jid.isEmpty() || (nickname.isEmpty() && picture.isNull())) {
    avatar_ = program_icon().pixmap(QSize(avatar_side, avatar_side), devicePixelRatioF());
  } else {
    avatar_ = avatar_pixmap(avatar_side, picture, jid, nickname, Status::online);
  }
  update();
}

void LoginWindow::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.fillRect(rect(), look().panel);
  if (!banner_->isVisible()) return;
  paint_banner(painter, QRect(0, 0, width(), banner_height));
  const QRect place((width() - avatar_side) / 2, banner_height - avatar_side / 2, avatar_side, avatar_side);
  painter.setPen(Qt::NoPen);
  painter.setBrush(look().panel);
  painter.drawEllipse(place.adjusted(-4, -4, 4, 4));
  painter.drawPixmap(place, avatar_);
}

void LoginWindow::keyPressEvent(QKeyEvent* event) {
  if (event->key() != Qt::Key_Escape) return QWidget::keyPressEvent(event);
  if (pages_->currentWidget() == waiting_) return cancel_->click();
  pages_->currentWidget() == login_ ? void(close()) : show_login();
}

void LoginWindow::closeEvent(QCloseEvent* event) {
  event->accept();
  emit closed();
}

}  // namespace queqiao::client
