#include "client/widgets/main/settings_window.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollArea>

#include "client/core/settings.h"
#include "client/widgets/icons.h"
#include "client/widgets/language.h"
#include "client/widgets/main/account_dialogs.h"
#include "client/widgets/main/blocked_people.h"
#include "client/widgets/theme.h"
#include "client/widgets/toast.h"

namespace queqiao::client {

SettingsWindow::SettingsWindow(Account& account, QWidget* parent)
    : QWidget(parent, Qt::Window), account_(account), list_(new QListWidget), pages_(new QStackedWidget) {
  setObjectName("settings_window");
  setWindowIcon(program_icon());
  resize(scaled(660), scaled(500));
  set_kind(*list_, "plain");
  list_->setIconSize({18, 18});
  list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(0);
  row->addWidget(list_);
  row->addWidget(pages_, 1);
  add_page(
      "settings", [] { return tr("General"); }, make_general());
  add_page(
      "bell", [] { return tr("Notifications"); }, make_notifications());
  add_page(
      "chat", [] { return tr("Chats"); }, make_chats());
  add_page(
      "lock", [] { return tr("Privacy"); }, make_privacy());
  add_page(
      "person", [] { return tr("Account"); }, make_account());
  add_page(
      "globe", [] { return tr("Network"); }, make_network());
  connect(list_, &QListWidget::currentRowChanged, pages_, &QStackedWidget::setCurrentIndex);
  list_->setCurrentRow(0);
  follow_language(this, [this] {
    setWindowTitle(tr("Settings"));
    list_->setAccessibleName(tr("Pages"));
    list_->setFixedWidth(qMax(150, list_->sizeHintForColumn(0) + 24));
  });
}

void SettingsWindow::add_page(const QString& icon_name, Words title, SettingRows* page) {
  auto* item = new QListWidgetItem(icon(icon_name), QString(), list_);
  auto* area = new QScrollArea;
  area->setFocusPolicy(Qt::NoFocus);  // what is in it takes the focus
  area->setWidget(page);
  area->setWidgetResizable(true);
  area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  pages_->addWidget(area);
  follow_language(page, [=] { item->setText(title()); });
}

SettingRows* SettingsWindow::make_general() {
  auto* rows = new SettingRows(account_.settings());
  rows->add_heading([] { return tr("Look"); });
  rows->add_choice(setting::language, [] { return tr("Language"); },
                   {{QString(), [] { return tr("As the system"); }},
                    {QString("zh_CN"), [] { return QStringLiteral("中文"); }},
                    {QString("en"), [] { return QStringLiteral("English"); }}});
  rows->add_choice(setting::theme, [] { return tr("Theme"); },
                   {{int(Theme::system), [] { return tr("As the system"); }},
                    {int(Theme::light), [] { return tr("Light"); }},
                    {int(Theme::dark), [] { return tr("Dark"); }}});
  rows->add_number(
      setting::text_size, [] { return tr("Text size"); }, 80, 200, 10, [] { return QStringLiteral(" %"); });
  rows->add_heading([] { return tr("Program"); });
  rows->add_check(setting::close_to_tray, [] { return tr("Keep running in the tray when the window is closed"); });
  rows->add_check(setting::auto_start, [] { return tr("Start with the desktop"); });
  rows->add_number(
      setting::auto_away_minutes, [] { return tr("Away by itself after"); }, 0, 120, 1, [] { return tr(" minutes"); },
      [] { return tr("never"); });
  rows->finish();
  return rows;
}

SettingRows* SettingsWindow::make_notifications() {
  auto* rows = new SettingRows(account_.settings());
  rows->add_heading([] { return tr("New messages"); });
  rows->add_check(setting::popups, [] { return tr("Show a notification"); });
  rows->add_check(setting::desktop_notices, [] { return tr("By the desktop's own notifications, where it has any"); });
  rows->add_check(setting::popup_shows_text, [] { return tr("With the text of the message"); });
  rows->add_check(setting::sounds, [] { return tr("Play sounds"); });
  rows->add_note([] { return tr("While your status is 'Do not disturb' there is neither sound nor notification."); });
  rows->add_heading([] { return tr("Window shake"); });
  rows->add_check(setting::may_shake, [] { return tr("Friends may shake my window"); });
  rows->finish();
  return rows;
}

SettingRows* SettingsWindow::make_chats() {
  auto* rows = new SettingRows(account_.settings());
  rows->add_heading([] { return tr("Writing"); });
  rows->add_choice(
      setting::send_key, [] { return tr("Send with"); },
      {{int(SendKey::enter), [] { return tr("Enter"); }}, {int(SendKey::ctrl_enter), [] { return tr("Ctrl+Enter"); }}});
  rows->add_check(setting::spell_check, [] { return tr("Check spelling of Latin text"); });
  rows->add_heading([] { return tr("Windows"); });
  rows->add_choice(setting::chat_windows, [] { return tr("Open chats"); },
                   {{int(ChatPlacement::tabs), [] { return tr("As tabs of one window"); }},
                    {int(ChatPlacement::separate), [] { return tr("Each in a window of its own"); }}});
  rows->add_heading([] { return tr("Files"); });
  rows->add_folder(setting::download_folder, [] { return tr("Save files to"); });
  rows->finish();
  return rows;
}

SettingRows* SettingsWindow::make_privacy() {
  auto* rows = new SettingRows(account_.settings());
  rows->add_heading([] { return tr("What others see"); });
  rows->add_check(setting::may_be_found, [] { return tr("Others can find me by my nickname and profile"); });
  rows->add_check(setting::sends_typing, [] { return tr("Tell others when I am typing"); });
  rows->add_check(setting::sends_read_marks, [] { return tr("Tell others when I have read their messages"); });
  rows->add_heading([] { return tr("Blocked people"); });
  rows->add_widget(new BlockedPeople(account_), 1);
  return rows;
}

SettingRows* SettingsWindow::make_account() {
  auto* rows = new SettingRows(account_.settings());
  rows->add_heading([] { return tr("Password"); });
  rows->add_button([] { return tr("Change password…"); }, "",
                   [this] {
                     auto* dialog = new PasswordDialog(account_, this);
                     connect(dialog, &PasswordDialog::changed, this, [this](const QString& password) {
                       show_toast(this, tr("The password has been changed."), ToastKind::good);
                       emit password_changed(password);
                     });
                     dialog->open();
                   });
  rows->add_heading([] { return tr("Close the account"); });
  rows->add_note([] { return tr("Deletes the account and everything of it from the server."); });
  rows->add_button([] { return tr("Close the account…"); }, "danger",
                   [this] {
                     auto* dialog = new CloseAccountDialog(account_, this);
                     connect(dialog, &CloseAccountDialog::closed_for_good, this, &SettingsWindow::account_closed);
                     dialog->open();
                   });
  rows->finish();
  return rows;
}

SettingRows* SettingsWindow::make_network() {
  auto* rows = new SettingRows(account_.settings());
  rows->add_heading([] { return tr("Proxy"); });
  rows->add_text(
      setting::proxy, [] { return tr("Proxy"); }, "socks5://127.0.0.1:1080");
  rows->add_note([] {
    return tr(
        "Empty: none. 'system': as the desktop says. Or socks5://host:port, http://host:port. Used from the next "
        "connection on.");
  });
  rows->finish();
  return rows;
}

void SettingsWindow::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape || event->matches(QKeySequence::Close)) {
    close();
  } else {
    QWidget::keyPressEvent(event);
  }
}

void SettingsWindow::paintEvent(QPaintEvent*) {
  QPainter(this).fillRect(rect(), look().panel);
}

}  // namespace queqiao::client
