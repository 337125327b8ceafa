#pragma once

#include <QComboBox>
#include <QDialog>
#include <QLineEdit>

#include "client/core/account.h"
#include "client/core/contact.h"
#include "client/widgets/confirm.h"
#include "client/widgets/toast.h"

namespace queqiao::client {

// Before somebody becomes a friend: what one says to them, the remark and the group. For asking (add) and for accepting
// somebody's request, which is why there are two constructors. Deletes itself.
class AddFriendDialog final : public QDialog {
  Q_OBJECT

 public:
  AddFriendDialog(Account& account, const QString& jid, const QString& nickname, QWidget* parent);
  AddFriendDialog(Account& account, const FriendRequest& request, QWidget* parent);

 signals:
  void asked(const QString& jid);

 private:
  AddFriendDialog(Account& account, const QString& jid, const QString& nickname, bool is_answer, QWidget* parent);
  QLayout* make_head(const QString& nickname);
  QLayout* make_fields(const QString& nickname);
  void finish();
  QString group() const;

  Account& account_;
  QString jid_;
  bool is_answer_;
  QLineEdit *greeting_, *remark_;
  QComboBox* group_;
  InlineNote* note_;
  Buttons buttons_;
};

}  // namespace queqiao::client
