#pragma once

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QWidget>

#include "client/core/remembered_accounts.h"
#include "client/widgets/main/login_types.h"
#include "client/widgets/toast.h"

namespace queqiao::client {

// The first page: account, password, status to start with.
class LoginPage final : public QWidget {
  Q_OBJECT

 public:
  explicit LoginPage(RememberedAccounts& accounts, QWidget* parent = nullptr);

  void set_server(const ServerChoice& server);
  const ServerChoice& server() const { return server_; }
  void fill(const QString& jid, const QString& password);
  void show_failure(const QString& why);
  void reload_accounts();
  bool wants_to_log_in_by_itself() const;
  void log_in();  // or says what is missing

 signals:
  void login_wanted(const queqiao::client::LoginRequest& request);
  void register_wanted();
  void server_wanted();
  void person_changed(const QString& jid, const QString& nickname, const QString& avatar_path);

 private:
  void make_fields();
  QLayout* make_links();
  void set_texts();
  void choose(const QString& jid);
  void forget_account();
  void explain_remembering();
  QString jid() const;
  QString missing() const;

  RememberedAccounts& accounts_;
  ServerChoice server_;
  QString password_of_;  // whose password was asked of the key ring last
  QComboBox *account_, *status_;
  QLineEdit* password_;
  QAction *forget_, *show_password_;
  QCheckBox *remembers_, *by_itself_;
  InlineNote* note_;
  QPushButton *log_in_, *register_, *server_link_;
};

}  // namespace queqiao::client
