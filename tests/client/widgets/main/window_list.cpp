#include "tests/client/widgets/main/window_list.h"

#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>

#include "client/core/account_creation.h"
#include "client/widgets/avatar.h"
#include "client/widgets/confirm.h"
#include "client/widgets/main/about_dialog.h"
#include "client/widgets/main/account_dialogs.h"
#include "client/widgets/main/add_friend_dialog.h"
#include "client/widgets/main/avatar_crop.h"
#include "client/widgets/main/avatar_picker.h"
#include "client/widgets/main/certificate_dialog.h"
#include "client/widgets/main/find_people_window.h"
#include "client/widgets/main/hover_card.h"
#include "client/widgets/main/login_window.h"
#include "client/widgets/main/main_window.h"
#include "client/widgets/main/own_profile_window.h"
#include "client/widgets/main/popup.h"
#include "client/widgets/main/profile_card.h"
#include "client/widgets/main/settings_window.h"
#include "client/widgets/toast.h"

namespace queqiao::client::test {

namespace {

// Offers a number at once.
class OfferingCreation final : public AccountCreation {
 public:
  OfferingCreation() : AccountCreation(nullptr) {}
  void begin(const AccountSettings&) override { emit offered("10888", {}); }
  void answer_certificate(bool) override {}
  void submit(const QString& user, const QString&) override { emit created(user + "@example.org"); }
  void cancel() override {}
};

// Finds one thing that is wrong.
class FailingTest final : public ConnectionTest {
 public:
  FailingTest() : ConnectionTest(nullptr) {}
  void begin(const AccountSettings&) override {
    emit step("example.org → 192.0.2.7", true, {});
    emit step("192.0.2.7:5222", false, "Connection refused");
    emit finished(false);
  }
};

LoginWindow* login(Stage& stage) {
  const LoginServices services{[] { return std::make_unique<OfferingCreation>(); },
                               [] { return std::make_unique<FailingTest>(); }, false};
  auto* window = new LoginWindow(stage.remembered, services);
  window->fill("10023@example.org", "secret", {"example.org", {}, 0});
  return window;
}

MainWindow* main_window(Stage& stage, MainWindow::Tab tab) {
  auto* window = new MainWindow(stage.account, stage.chats);
  window->show_tab(tab);
  return window;
}

SettingsWindow* settings(Stage& stage, int page) {
  auto* window = new SettingsWindow(stage.account);
  window->show_page(page);
  return window;
}

QWidget* find_people(Stage& stage) {
  auto* window = new FindPeopleWindow(stage.account);
  window->findChild<QLineEdit*>()->setText("Dan");
  for (auto* button : window->findChildren<QPushButton*>()) {
    if (button->isCheckable()) button->setChecked(true);
  }
  emit window->findChild<QLineEdit*>()->returnPressed();
  return window;
}

CertificateQuestion certificate(bool has_changed) {
  CertificateQuestion question;
  question.host = "example.org";
  question.subject = question.issuer = "example.org";
  question.fingerprint =
      "4F:9A:03:5C:21:77:B0:E8:16:AA:90:3D:52:C4:7E:11\n8B:60:F2:9D:35:48:CE:07:71:5A:E3:BC:19:D6:24:80";
  if (has_changed) question.previous_fingerprint = "00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF";
  return question;
}

QWidget* certificate_dialog(bool has_changed) {
  auto* parent = new QWidget;
  ask_certificate(parent, certificate(has_changed), [](bool) {});
  return parent->findChild<QDialog*>();
}

QWidget* popup(Stage& stage, Notice::About about) {
  Notice notice;
  notice.about = about;
  notice.jid = "10023@example.org";
  notice.title = QStringLiteral("李小雨");
  notice.text = about == Notice::About::message ? QStringLiteral("晚饭吃什么？我想吃火锅 🍲")
                                                : QStringLiteral("来一盘五子棋 (Gomoku)");
  const QImage picture = stage.account.profiles().avatar(notice.jid);
  return new Popup(notice, avatar_pixmap(44, picture, notice.jid, notice.title, Status::online));
}

QWidget* hover_card(Stage& stage) {
  auto* window = new QWidget;
  auto* card = new HoverCard(stage.account, window);
  card->show();
  card->set_person("10023@example.org", QRect(0, 0, 200, 50));
  return card;
}

QWidget* crop(Stage& stage) {
  const QImage picture = AvatarPicker::gallery_picture(AvatarPicker::gallery()[9], 600);
  auto* parent = new QWidget;
  Q_UNUSED(stage);
  return new AvatarCrop(picture, parent);
}

std::vector<WindowSample> login_samples() {
  return {
      {"login", [](Stage& s) { return login(s); }},
      {"login_failed",
       [](Stage& s) {
         auto* it = login(s);
         it->show_failure(QStringLiteral("Wrong password."));
         return it;
       }},
      {"login_waiting",
       [](Stage& s) {
         auto* it = login(s);
         it->show_waiting(QStringLiteral("Connecting…"));
         return it;
       }},
      {"register",
       [](Stage& s) {
         auto* it = login(s);
         it->show_register();
         return it;
       }},
      {"server",
       [](Stage& s) {
         auto* it = login(s);
         it->show_server();
         for (auto* button : it->findChildren<QPushButton*>("test_connection")) button->click();
         return it;
       }},
      {"certificate", [](Stage&) { return certificate_dialog(false); }},
      {"certificate_changed", [](Stage&) { return certificate_dialog(true); }},
  };
}

std::vector<WindowSample> main_samples() {
  using Tab = MainWindow::Tab;
  return {
      {"main_friends", [](Stage& s) { return main_window(s, Tab::friends); }},
      {"main_recent", [](Stage& s) { return main_window(s, Tab::recent); }},
      {"main_notices", [](Stage& s) { return main_window(s, Tab::notices); }},
      {"main_offline",
       [](Stage& s) {
         auto* it = main_window(s, Tab::friends);
         s.account.set_state(ConnectionState::waiting);
         return it;
       }},
      {"main_search",
       [](Stage& s) {
         auto* it = main_window(s, Tab::friends);
         it->findChild<QLineEdit*>("search_box")->setText("l");
         return it;
       }},
      {"toast",
       [](Stage& s) {
         auto* it = main_window(s, Tab::friends);
         show_toast(it, QStringLiteral("The request is on its way."), ToastKind::good);
         return it;
       }},
      {"hover_card", hover_card},
      {"popup", [](Stage& s) { return popup(s, Notice::About::message); }},
      {"popup_invitation", [](Stage& s) { return popup(s, Notice::About::game_invitation); }},
  };
}

std::vector<WindowSample> people_samples() {
  return {
      {"find_people", find_people},
      {"add_friend",
       [](Stage& s) { return new AddFriendDialog(s.account, "10412@example.org", "Daniel", new QWidget); }},
      {"accept_friend",
       [](Stage& s) { return new AddFriendDialog(s.account, s.account.roster().requests()[0], new QWidget); }},
      {"profile", [](Stage& s) { return new ProfileCard(s.account, "10023@example.org"); }},
      {"profile_of_stranger", [](Stage& s) { return new ProfileCard(s.account, "10412@example.org"); }},
      {"own_profile", [](Stage& s) { return new OwnProfileWindow(s.account); }},
      {"avatar_picker", [](Stage&) { return new AvatarPicker(new QWidget); }},
      {"avatar_crop", crop},
  };
}

std::vector<WindowSample> settings_samples() {
  return {
      {"settings_general", [](Stage& s) { return settings(s, 0); }},
      {"settings_notifications", [](Stage& s) { return settings(s, 1); }},
      {"settings_chats", [](Stage& s) { return settings(s, 2); }},
      {"settings_privacy", [](Stage& s) { return settings(s, 3); }},
      {"settings_account", [](Stage& s) { return settings(s, 4); }},
      {"settings_network", [](Stage& s) { return settings(s, 5); }},
      {"password", [](Stage& s) { return new PasswordDialog(s.account, new QWidget); }},
      {"close_account", [](Stage& s) { return new CloseAccountDialog(s.account, new QWidget); }},
      {"about", [](Stage&) { return new AboutDialog(new QWidget); }},
  };
}

}  // namespace

const std::vector<WindowSample>& window_samples() {
  static const std::vector<WindowSample> samples = [] {
    std::vector<WindowSample> all;
    for (const auto& part : {login_samples(), main_samples(), people_samples(), settings_samples()}) {
      all.insert(all.end(), part.begin(), part.end());
    }
    return all;
  }();
  return samples;
}

}  // namespace queqiao::client::test
