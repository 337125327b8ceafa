#pragma once

#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QWidget>

#include "client/core/account.h"
#include "client/core/profiles.h"
#include "client/widgets/toast.h"
#include "client/widgets/wait_line.h"

namespace queqiao::client {

// Somebody else's profile, to look at. Deletes itself when it is closed.
class ProfileCard final : public QWidget {
  Q_OBJECT

 public:
  ProfileCard(Account& account, const QString& jid, QWidget* parent = nullptr);
  const QString& jid() const { return jid_; }

 signals:
  void chat_wanted(const QString& jid);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  QLayout* make_head();
  QWidget* make_field_area();
  QLayout* make_buttons();
  void follow_account();
  void refresh();
  void refresh_fields(const Profile& profile);
  void add_field(const QString& name, const QString& value);
  void act();

  Account& account_;
  QString jid_;
  QLabel *avatar_, *name_, *address_, *signature_, *status_;
  QScrollArea* area_;  // scrolled by keyboard, since nothing in it takes the focus
  QGridLayout* fields_;
  WaitLine* wait_;
  InlineNote* note_;
  QPushButton *more_, *action_;
};

}  // namespace queqiao::client
