#pragma once

#include <QDialog>
#include <QLineEdit>

#include "client/core/account.h"
#include "client/widgets/confirm.h"
#include "client/widgets/toast.h"

namespace queqiao::client {

// A new password, typed twice. Deletes itself.
class PasswordDialog final : public QDialog {
  Q_OBJECT

 public:
  PasswordDialog(Account& account, QWidget* parent);

 signals:
  void changed(const QString& password);  // the server has taken it

 private:
  void submit();

  Account& account_;
  QLineEdit *password_, *again_;
  InlineNote* note_;
  Buttons buttons_;
};

// Closing the account for good: the address has to be typed. Deletes itself.
class CloseAccountDialog final : public QDialog {
  Q_OBJECT

 public:
  CloseAccountDialog(Account& account, QWidget* parent);

 signals:
  void closed_for_good();

 private:
  void submit();

  Account& account_;
  QLineEdit* address_;
  InlineNote* note_;
  Buttons buttons_;
};

}  // namespace queqiao::client
