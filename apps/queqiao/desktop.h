#pragma once

#include <QObject>
#include <memory>

#include "apps/queqiao/appearance.h"
#include "apps/queqiao/options.h"
#include "client/core/account.h"
#include "client/core/remembered_accounts.h"
#include "client/widgets/main/login_types.h"

namespace queqiao::client {
class LoginWindow;
}

namespace queqiao::app {

class Windows;

// The program: from the log-in window to the windows of an account that is logged in, and back.
class Desktop final : public QObject {
  Q_OBJECT

 public:
  Desktop(const Options& options, const QString& data_folder);
  ~Desktop() override;
  void start();
  void show_itself();  // somebody started the program again

 private:
  void show_login();
  void begin(const client::LoginRequest& request);
  void take_state(client::ConnectionState state);
  void fail(const QString& why);
  void ask_about_certificate(const client::CertificateQuestion& question);
  void finish_login();
  void follow_auto_start();
  void remember(const client::LoginRequest& request);
  void log_out();
  void quit();

  Options options_;
  QString data_folder_;
  Appearance appearance_;
  client::RememberedAccounts remembered_;
  client::LoginRequest request_;
  std::unique_ptr<client::Account> account_;
  std::unique_ptr<Windows> windows_;  // null until the first log-in has worked
  std::unique_ptr<client::LoginWindow> login_;
};

}  // namespace queqiao::app
