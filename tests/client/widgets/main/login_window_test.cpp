#include "client/widgets/main/login_window.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

#include "client/widgets/language.h"
#include "client/widgets/theme.h"

using namespace queqiao::client;

namespace {

// A server that answers as the test says.
class ScriptedCreation final : public AccountCreation {
 public:
  ScriptedCreation() : AccountCreation(nullptr) {}
  void begin(const AccountSettings& settings) override {
    asked = settings;
    number.isNull() ? emit failed("no such server") : emit offered(number, "Be kind.");
  }
  void answer_certificate(bool) override {}
  void submit(const QString& user, const QString& password) override {
    submitted << user << password;
    user == "taken" ? emit refused("This name is taken.") : emit created(user + '@' + asked.jid);
  }
  void cancel() override {}

  static inline QString number;
  static inline QStringList submitted;
  static inline AccountSettings asked;
};

}  // namespace

class LoginWindowTest : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

  void init() {
    set_look(false, 100);
    set_language("en");
    ScriptedCreation::number = "10888";
    ScriptedCreation::submitted.clear();
    const LoginServices services{[] { return std::make_unique<ScriptedCreation>(); }, {}, false};
    window_ = std::make_unique<LoginWindow>(accounts_, services);
    window_->show();
    wanted_ = std::make_unique<QSignalSpy>(window_.get(), &LoginWindow::login_wanted);
  }

  void cleanup() { wanted_.reset(), window_.reset(); }

  void saysInlineWhatIsMissing() {
    window_->log_in();
    QVERIFY(wanted_->isEmpty());
    QVERIFY(shows("Enter your number or address."));
    account()->setText("10001@example.org");
    window_->log_in();
    QVERIFY(shows("Enter your password."));
  }

  void aBareNumberBelongsToTheChosenServer() {
    window_->fill("", "", {"example.org", "127.0.0.1", 5333});
    account()->setText("10001");
    password()->setText("secret");
    QTest::keyClick(password(), Qt::Key_Return);
    QCOMPARE(wanted_->size(), 1);
    const auto request = wanted_->at(0).at(0).value<LoginRequest>();
    QCOMPARE(request.account.jid, QStringLiteral("10001@example.org"));
    QCOMPARE(request.account.host, QStringLiteral("127.0.0.1"));
    QCOMPARE(request.account.port, quint16(5333));
  }

  void theServersAddressIsNotUsedForAnotherServersAccount() {
    window_->fill("", "", {"example.org", "127.0.0.1", 5333});
    account()->setText("me@other.org");
    password()->setText("secret");
    window_->log_in();
    QVERIFY(wanted_->at(0).at(0).value<LoginRequest>().account.host.isEmpty());
  }

  void aFailureIsSaidInlineAndThePasswordIsChosenToTypeItAgain() {
    window_->fill("me@example.org", "wrong", {});
    window_->show_waiting("Connecting…");
    QVERIFY(!password()->isVisible());
    window_->show_failure("Wrong password.");
    QVERIFY(password()->isVisible());
    QVERIFY(shows("Wrong password."));
    QCOMPARE(password()->selectedText().size(), 5);
  }

  void escapeCancelsTheAttempt() {
    QSignalSpy cancelled(window_.get(), &LoginWindow::cancelled);
    window_->show_waiting("Connecting…");
    QTest::keyClick(window_.get(), Qt::Key_Escape);
    QCOMPARE(cancelled.size(), 1);
    QVERIFY(password()->isVisible());
  }

  void registeringTakesTheServersNumber() {
    register_with("secret1", "secret1");
    QCOMPARE(ScriptedCreation::submitted, QStringList({"10888", "secret1"}));
    QVERIFY(account()->isVisible());
    QCOMPARE(account()->text(), QStringLiteral("10888@example.org"));
    QCOMPARE(password()->text(), QStringLiteral("secret1"));
  }

  void registeringComparesThePasswords() {
    register_with("secret1", "secret2");
    QVERIFY(ScriptedCreation::submitted.isEmpty());
    QVERIFY(shows("The two passwords differ."));
  }

  void aRefusedNameCanBeChanged() {
    ScriptedCreation::number = "";
    window_->fill("", "", {"example.org", {}, 0});
    window_->show_register();
    field("Name")->setText("taken");
    fill_passwords("secret1", "secret1");
    button("Create the account")->click();
    QVERIFY(shows("This name is taken."));
    field("Name")->setText("free");
    button("Create the account")->click();
    QCOMPARE(account()->text(), QStringLiteral("free@example.org"));
  }

  void aServerWithoutRegistrationSaysSo() {
    ScriptedCreation::number = QString();
    window_->fill("", "", {"example.org", {}, 0});
    window_->show_register();
    QVERIFY(shows("no such server"));
    QVERIFY(!button("Create the account")->isEnabled());
  }

 private:
  void register_with(const QString& password, const QString& again) {
    window_->fill("", "", {"example.org", {}, 0});
    window_->show_register();
    fill_passwords(password, again);
    button("Create the account")->click();
  }

  void fill_passwords(const QString& password, const QString& again) {
    for (auto* line : window_->findChildren<QLineEdit*>()) {
      if (line->isVisible() && line->accessibleName() == "Password") line->setText(password);
    }
    field("Password again")->setText(again);
  }

  QLineEdit* field(const QString& name) {
    for (auto* line : window_->findChildren<QLineEdit*>()) {
      if (line->accessibleName() == name) return line;
    }
    return nullptr;
  }

  QPushButton* button(const QString& text) {
    for (auto* one : window_->findChildren<QPushButton*>()) {
      if (one->text() == text) return one;
    }
    return nullptr;
  }

  bool shows(const QString& text) {
    for (const auto* label : window_->findChildren<QLabel*>()) {
      if (label->isVisible() && label->text() == text) return true;
    }
    return false;
  }

  QLineEdit* account() { return window_->findChild<QComboBox*>("account")->lineEdit(); }
  QLineEdit* password() { return window_->findChild<QLineEdit*>("password"); }

  RememberedAccounts accounts_;
  std::unique_ptr<LoginWindow> window_;
  std::unique_ptr<QSignalSpy> wanted_;
};

QTEST_MAIN(LoginWindowTest)
#include "login_window_test.moc"
