#pragma once

#include <QListWidget>
#include <QStackedWidget>
#include <QWidget>

#include "client/core/account.h"
#include "client/widgets/main/setting_rows.h"

namespace queqiao::client {

// All settings; every change is applied at once, so there is nothing to confirm.
class SettingsWindow final : public QWidget {
  Q_OBJECT

 public:
  explicit SettingsWindow(Account& account, QWidget* parent = nullptr);
  void show_page(int page) { list_->setCurrentRow(page); }

 signals:
  void password_changed(const QString& password);
  void account_closed();

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void paintEvent(QPaintEvent* event) override;

 private:
  void add_page(const QString& icon_name, Words title, SettingRows* page);
  SettingRows* make_general();
  SettingRows* make_notifications();
  SettingRows* make_chats();
  SettingRows* make_privacy();
  SettingRows* make_account();
  SettingRows* make_network();

  Account& account_;
  QListWidget* list_;
  QStackedWidget* pages_;
};

}  // namespace queqiao::client
