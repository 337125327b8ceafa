#include "apps/queqiao/desktop.h"

#include <QApplication>
#include <QDir>
#include <QImage>
#include <QStandardPaths>
#include <QTimer>
#include <chrono>

#include "apps/queqiao/auto_start.h"
#include "apps/queqiao/windows.h"
#include "client/core/account_creation.h"
#include "client/core/profiles.h"
#include "client/core/settings.h"
#include "client/widgets/confirm.h"
#include "client/widgets/main/certificate_dialog.h"
#include "client/widgets/main/login_window.h"

namespace queqiao::app {

using namespace client;

namespace {

constexpr auto farewell_time = std::chrono::seconds(2);  // for telling the server, when the network is slow

}  // namespace

Desktop::Desktop(const Options& options, const QString& data_folder)
    : options_(options),
      data_folder_(data_folder),
      appearance_(options, QDir(data_folder).filePath("appearance.ini")),
      remembered_(data_folder) {}

Desktop::~Desktop() {
  windows_.reset();
  if (account_) account_->disconnect_from_server();
}

void Desktop::start() {
  show_login();
  login_->fill(options_.account, options_.password, {options_.domain, options_.host, options_.port});
  const bool is_told_to = !options_.account.isEmpty() && !options_.password.isEmpty();
  if (is_told_to || login_->wants_to_log_in_by_itself()) login_->log_in();
}

void Desktop::show_itself() {
  if (windows_) return windows_->main().bring_to_front();
  if (!login_) return;  // on the way out
  login_->show();
  login_->raise();
  login_->activateWindow();
}

void Desktop::show_login() {
  const LoginServices services{[] { return AccountCreation::create(); }, [] { return ConnectionTest::create(); },
                               options_.allows_plain_loopback};
  login_ = std::make_unique<LoginWindow>(remembered_, services);
  connect(login_.get(), &LoginWindow::login_wanted, this, &Desktop::begin);
  connect(login_.get(), &LoginWindow::cancelled, this, [this] { account_.reset(); });
  connect(login_.get(), &LoginWindow::language_chosen, &appearance_, &Appearance::choose_language);
  connect(login_.get(), &LoginWindow::closed, this, [this] {
    if (!windows_) qApp->quit();
  });
  login_->show();
}

void Desktop::begin(const LoginRequest& request) {
  request_ = request;
  auto settings = request.account;
  settings.allows_plain_loopback = options_.allows_plain_loopback;
  settings.data_folder = data_folder_;
  account_ = Account::create(settings);
  connect(account_.get(), &Account::state_changed, this, &Desktop::take_state);
  connect(account_.get(), &Account::login_failed, this, &Desktop::fail);
  connect(account_.get(), &Account::certificate_question, this, &Desktop::ask_about_certificate);
  connect(account_.get(), &Account::replaced, this,
          [this] { fail(QCoreApplication::translate("Desktop", "You have logged in from another place.")); });
  login_->show_waiting(QCoreApplication::translate("Desktop", "Connecting to %1…").arg(settings.jid.section('@', 1)));
  account_->connect_to_server(request.status);
}

void Desktop::take_state(ConnectionState state) {
  if (windows_ || !login_) return;
  if (state == ConnectionState::online) return finish_login();
  const QString text = account_->state_text();
  if (!text.isEmpty()) login_->show_waiting(text);
}

// Signals come from inside the account: it is deleted once they have returned.
void Desktop::fail(const QString& why) {
  QMetaObject::invokeMethod(
      this,
      [this, why] {
        windows_.reset();
        account_.reset();
        if (!login_) show_login();
        login_->show_failure(why);
      },
      Qt::QueuedConnection);
}

void Desktop::ask_about_certificate(const CertificateQuestion& question) {
  QWidget* parent = windows_ ? static_cast<QWidget*>(&windows_->main()) : login_.get();
  ask_certificate(parent, question, [this](bool is_accepted) {
    if (account_) account_->answer_certificate(is_accepted);
  });
}

void Desktop::finish_login() {
  appearance_.follow(account_->settings());
  follow_auto_start();
  remember(request_);
  windows_ = std::make_unique<Windows>(*account_, data_folder_);
  connect(windows_.get(), &Windows::log_out_wanted, this, &Desktop::log_out, Qt::QueuedConnection);
  connect(windows_.get(), &Windows::quit_wanted, this, &Desktop::quit, Qt::QueuedConnection);
  connect(
      windows_.get(), &Windows::account_closed, this,
      [this] {
        if (account_) remembered_.remove(account_->jid());
        log_out();
      },
      Qt::QueuedConnection);
  connect(windows_.get(), &Windows::password_changed, this, [this](const QString& password) {
    request_.account.password = password;
    remember(request_);
  });
  connect(&account_->profiles(), &Profiles::avatar_changed, this, [this](const QString& jid) {
    if (account_ && jid == account_->jid()) remember(request_);
  });
  windows_->show();
  login_.release()->deleteLater();  // its own signal may be on the stack
}

void Desktop::follow_auto_start() {
  auto& settings = account_->settings();
  connect(&settings, &Settings::changed, this, [&settings](const QString& key) {
    if (key != QLatin1String(setting::auto_start)) return;
    set_starts_with_desktop(settings.flag(setting::auto_start), QCoreApplication::applicationFilePath(),
                            QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation));
  });
}

void Desktop::remember(const LoginRequest& request) {
  RememberedAccount it;
  it.jid = account_->jid();
  it.host = request.account.host;
  it.port = request.account.port;
  it.remembers_password = request.remembers_password;
  it.logs_in_by_itself = request.logs_in_by_itself;
  it.status = request.status;
  it.last_used = QDateTime::currentDateTime();
  if (const auto profile = account_->profiles().profile(it.jid)) it.nickname = profile->nickname;
  if (const QImage avatar = account_->profiles().avatar(it.jid); !avatar.isNull()) {
    it.avatar_path = QDir(data_folder_).filePath(QStringLiteral("avatar-%1.png").arg(qHash(it.jid, 0), 0, 16));
    avatar.save(it.avatar_path);
  }
  remembered_.put(it);
  if (!it.remembers_password) return;
  remembered_.save_password(it.jid, request.account.password, [](const QString&) {});
}

void Desktop::log_out() {
  if (!account_) return;  // something else has ended it meanwhile
  windows_.reset();
  account_->disconnect_from_server();
  account_.reset();
  show_login();
}

void Desktop::quit() {
  windows_.reset();
  if (!account_ || account_->state() == ConnectionState::offline) return qApp->quit();
  connect(account_.get(), &Account::state_changed, qApp, [](ConnectionState state) {
    if (state == ConnectionState::offline) qApp->quit();
  });
  QTimer::singleShot(farewell_time, qApp, &QApplication::quit);
  account_->disconnect_from_server();
}

}  // namespace queqiao::app
