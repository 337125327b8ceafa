#pragma once

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QWidget>

#include "client/widgets/icon_button.h"
#include "client/widgets/main/login_types.h"
#include "client/widgets/toast.h"
#include "client/widgets/wait_line.h"

namespace queqiao::client {

// Makes an account: with the number that the server gives, or with a name of one's own.
class RegisterPage final : public QWidget {
  Q_OBJECT

 public:
  explicit RegisterPage(LoginServices services, QWidget* parent = nullptr);
  void begin(const ServerChoice& server);

 signals:
  void back_wanted();
  void server_wanted();
  void created(const QString& jid, const QString& password);

 private:
  QLayout* make_fields();
  void set_texts();
  void refresh();
  void take_offer(const QString& number, const QString& instructions);
  void submit();
  void finish(const QString& jid);
  void set_busy(bool is_busy);
  QString mistake() const;

  LoginServices services_;
  ServerChoice server_;
  std::unique_ptr<AccountCreation> creation_;
  QString number_;
  bool is_offered_ = false, is_busy_ = false;
  IconButton* back_;
  QLabel *title_, *instructions_;
  QRadioButton *takes_number_, *own_name_;
  QLineEdit *name_, *password_, *again_;
  QPushButton *submit_, *server_link_;
  InlineNote* note_;
  WaitLine* wait_;
};

}  // namespace queqiao::client
