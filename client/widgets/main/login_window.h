#pragma once

#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>
#include <QWidget>

#include "client/core/remembered_accounts.h"
#include "client/widgets/icon_button.h"
#include "client/widgets/main/login_types.h"
#include "client/widgets/wait_line.h"

namespace queqiao::client {

class LoginPage;
class RegisterPage;
class ServerPage;

// The first window: log in, make an account, choose the server. Connects to nothing itself: `login_wanted` asks for it,
// show_waiting() and show_failure() tell how it goes.
class LoginWindow final : public QWidget {
  Q_OBJECT

 public:
  LoginWindow(RememberedAccounts& accounts, LoginServices services, QWidget* parent = nullptr);

  // What the command line gave; empty parts are left as they are.
  void fill(const QString& jid, const QString& password, const ServerChoice& server);
  void log_in();
  bool wants_to_log_in_by_itself() const;
  void show_waiting(const QString& text);
  void show_failure(const QString& why);
  void show_login();
  void show_register();
  void show_server();

 signals:
  void login_wanted(const queqiao::client::LoginRequest& request);
  void cancelled();
  void language_chosen(const QString& language);
  void closed();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void closeEvent(QCloseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  QWidget* make_banner();
  QWidget* make_waiting();
  void show_page(QWidget* page);
  void set_person(const QString& jid, const QString& nickname, const QString& avatar_path);
  void leave_server_page();

  QWidget* banner_;
  QLabel *name_, *waiting_text_;
  IconButton* language_;
  QStackedWidget* pages_;
  LoginPage* login_;
  RegisterPage* register_;
  ServerPage* server_;
  QWidget* waiting_;
  WaitLine* wait_;
  QPushButton* cancel_;
  QPixmap avatar_;
  bool server_was_wanted_by_register_ = false;
};

}  // namespace queqiao::client
