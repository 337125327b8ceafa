#pragma once

#include <QCheckBox>
#include <QComboBox>
#include <QDateEdit>
#include <QFormLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>
#include <QWidget>

#include "client/core/account.h"
#include "client/core/profiles.h"
#include "client/widgets/toast.h"
#include "client/widgets/wait_line.h"

namespace queqiao::client {

// One's own profile and avatar, to change. Deletes itself when it is closed.
class OwnProfileWindow final : public QWidget {
  Q_OBJECT

 public:
  explicit OwnProfileWindow(Account& account, QWidget* parent = nullptr);

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void paintEvent(QPaintEvent* event) override;

 private:
  void make_fields();
  QLayout* make_head();
  void set_texts();
  void fill();
  void refresh_avatar();
  void choose_avatar();
  void save();
  Profile profile() const;

  Account& account_;
  QToolButton* avatar_;
  QPushButton *choose_avatar_, *save_;
  QLabel *name_, *address_;
  QFormLayout* form_;
  QLineEdit *nickname_, *full_name_, *city_, *country_, *email_, *phone_, *website_;
  QPlainTextEdit* about_;
  QComboBox* gender_;
  QCheckBox* has_birthday_;
  QDateEdit* birthday_;
  WaitLine* wait_;
  InlineNote* note_;
  bool is_edited_ = false;
};

}  // namespace queqiao::client
