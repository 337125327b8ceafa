#pragma once

#include <QDialog>
#include <QStringList>

class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace queqiao::client {

class Account;

// Chooses the friends that messages are forwarded to: those that one talked to last come first.
class ForwardDialog : public QDialog {
  Q_OBJECT

 public:
  static constexpr int most_people = 20;

  ForwardDialog(Account& account, int message_count, QWidget* parent = nullptr);
  QStringList chosen() const;

 private:
  void fill(Account& account);
  void filter(const QString& words);
  void update_button();

  QLineEdit* search_;
  QListWidget* people_;
  QLabel* nobody_;
  QPushButton* send_;
};

}  // namespace queqiao::client
