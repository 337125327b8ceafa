#include <QSignalSpy>
#include <QTest>
#include <QTranslator>

#include "client/core/account.h"
#include "client/core/roster.h"
#include "cuttable_proxy.h"
#include "server_process.h"

namespace queqiao::client {
namespace {

using test::CuttableProxy;
using test::patience;
using test::Person;
using test::ServerProcess;

// Logging in, staying connected, and whom to trust, against a real server.
class LoginTest : public QObject {
  Q_OBJECT

 private slots:
  void logs_in_and_out();
  void wrong_password_is_said_and_not_tried_again();
  void unknown_certificate_is_asked_about_once_before_anything_is_said();
  void accepted_certificate_is_remembered();
  void changed_certificate_is_a_warning_with_both_fingerprints();
  void refused_certificate_ends_the_login();
  void finds_direct_tls_behind_the_port();
  void resumes_after_the_connection_was_cut();
  void connects_again_when_the_server_comes_back();
  void replaced_session_does_not_fight();
  void password_can_be_changed_and_is_used_from_then_on();
  void closed_account_cannot_log_in();

 private:
  AccountSettings with_tls(const QString& folder) const {
    auto settings = test::settings_for("romeo", server_.port(), folder);
    settings.allows_plain_loopback = false;
    return settings;
  }

  ServerProcess server_;

 private slots:
  void initTestCase() {
    QVERIFY(server_.port());
    QVERIFY(server_.add_user("romeo"));
  }
};

// A language in which every word is marked.
class Marking final : public QTranslator {
 public:
  QString translate(const char*, const char* source, const char*, int) const override {
    return u'~' + QString::fromUtf8(source);
  }
  bool isEmpty() const override { return false; }
};

void tells_the_problem_in_the_language_of_the_moment(const Account& account) {
  QVERIFY(!account.state_text().contains('~'));
  Marking language;
  QVERIFY(QCoreApplication::installTranslator(&language));
  const QString text = account.state_text();
  QVERIFY2(text.count('~') >= 2, qPrintable(text));  // "%1; next attempt in %n s" and the problem itself
}

bool is_online(Account& account) {
  return QTest::qWaitFor([&] { return account.state() == ConnectionState::online; }, patience);
}

void LoginTest::logs_in_and_out() {
  Person romeo("romeo", server_.port());
  QVERIFY(romeo.log_in());
  QCOMPARE(romeo.account->jid(), "romeo@localhost");
  romeo.account->disconnect_from_server();
  QCOMPARE(romeo.account->state(), ConnectionState::offline);
}

void LoginTest::wrong_password_is_said_and_not_tried_again() {
  QTemporaryDir folder;
  auto settings = test::settings_for("romeo", server_.port(), folder.path());
  settings.password = "wrong";
  const auto account = Account::create(settings);
  QSignalSpy failed(account.get(), &Account::login_failed);
  account->connect_to_server(Status::online);
  QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, patience);
  QCOMPARE(failed[0][0].toString(), "Wrong password, or there is no such account.");
  QCOMPARE(account->state(), ConnectionState::offline);
}

void LoginTest::unknown_certificate_is_asked_about_once_before_anything_is_said() {
  QTemporaryDir folder;
  const auto account = Account::create(with_tls(folder.path()));
  QSignalSpy asked(account.get(), &Account::certificate_question);
  account->connect_to_server(Status::online);
  QTRY_COMPARE_WITH_TIMEOUT(asked.size(), 1, patience);
  const auto question = asked[0][0].value<CertificateQuestion>();
  QCOMPARE(question.host, "localhost");
  QCOMPARE(question.fingerprint.size(), 32 * 3 - 1);
  QVERIFY(question.previous_fingerprint.isEmpty());
  QVERIFY(!question.problem.isEmpty());
  QVERIFY(account->state() != ConnectionState::online);
  account->answer_certificate(true);
  QVERIFY(is_online(*account));
  QCOMPARE(asked.size(), 1);
}

void LoginTest::accepted_certificate_is_remembered() {
  QTemporaryDir folder;
  for (const int times_asked : {1, 0}) {
    const auto account = Account::create(with_tls(folder.path()));
    QSignalSpy asked(account.get(), &Account::certificate_question);
    connect(account.get(), &Account::certificate_question, account.get(), [&] { account->answer_certificate(true); });
    account->connect_to_server(Status::online);
    QVERIFY(is_online(*account));
    QCOMPARE(asked.size(), times_asked);
  }
}

void LoginTest::changed_certificate_is_a_warning_with_both_fingerprints() {
  QTemporaryDir folder;
  const auto first = Account::create(with_tls(folder.path()));
  QSignalSpy asked_first(first.get(), &Account::certificate_question);
  connect(first.get(), &Account::certificate_question, first.get(), [&] { first->answer_certificate(true); });
  first->connect_to_server(Status::online);
  QVERIFY(is_online(*first));

  ServerProcess other;  // of the same domain, with another certificate
  QVERIFY(other.add_user("romeo"));
  auto settings = with_tls(folder.path());
  settings.port = other.port();
  const auto second = Account::create(settings);
  QSignalSpy asked(second.get(), &Account::certificate_question);
  second->connect_to_server(Status::online);
  QTRY_COMPARE_WITH_TIMEOUT(asked.size(), 1, patience);
  const auto question = asked[0][0].value<CertificateQuestion>();
  QCOMPARE(question.previous_fingerprint, asked_first[0][0].value<CertificateQuestion>().fingerprint);
  QVERIFY(question.fingerprint != question.previous_fingerprint);
  second->answer_certificate(true);
  QVERIFY(is_online(*second));
}

void LoginTest::refused_certificate_ends_the_login() {
  QTemporaryDir folder;
  const auto account = Account::create(with_tls(folder.path()));
  QSignalSpy failed(account.get(), &Account::login_failed);
  connect(account.get(), &Account::certificate_question, account.get(), [&] { account->answer_certificate(false); });
  account->connect_to_server(Status::online);
  QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, patience);
  QCOMPARE(account->state(), ConnectionState::offline);
}

void LoginTest::finds_direct_tls_behind_the_port() {
  QTemporaryDir folder;
  auto settings = with_tls(folder.path());
  settings.port = server_.direct_tls_port();
  const auto account = Account::create(settings);
  connect(account.get(), &Account::certificate_question, account.get(), [&] { account->answer_certificate(true); });
  account->connect_to_server(Status::online);
  QVERIFY(is_online(*account));
}

void LoginTest::resumes_after_the_connection_was_cut() {
  CuttableProxy proxy(server_.port());
  Person romeo("romeo", proxy.serverPort());
  QSignalSpy new_session(&romeo.account->roster(), &Roster::groups_changed);  // comes with a session's roster
  QVERIFY(romeo.log_in());
  QTRY_VERIFY_WITH_TIMEOUT(!new_session.isEmpty(), patience);
  new_session.clear();
  proxy.cut();
  QTRY_VERIFY_WITH_TIMEOUT(romeo.account->state() == ConnectionState::waiting, patience);
  QVERIFY(romeo.account->state_text().contains("next attempt in"));
  QVERIFY(is_online(*romeo.account));
  QVERIFY(new_session.isEmpty());
}

void LoginTest::connects_again_when_the_server_comes_back() {
  ServerProcess server;
  QVERIFY(server.add_user("romeo"));
  Person romeo("romeo", server.port());
  QVERIFY(romeo.log_in());
  QSignalSpy failed(romeo.account.get(), &Account::login_failed);
  server.stop();
  QTRY_VERIFY_WITH_TIMEOUT(romeo.account->state() == ConnectionState::waiting, patience);
  tells_the_problem_in_the_language_of_the_moment(*romeo.account);
  QVERIFY(server.restart());
  QVERIFY(is_online(*romeo.account));
  QVERIFY(failed.isEmpty());
}

void LoginTest::replaced_session_does_not_fight() {
  Person first("romeo", server_.port());
  QVERIFY(first.log_in());
  QSignalSpy replaced(first.account.get(), &Account::replaced);
  const auto second = Account::create(first.settings);  // the same folder, so the same resource
  second->connect_to_server(Status::online);
  QTRY_COMPARE_WITH_TIMEOUT(replaced.size(), 1, patience);
  QVERIFY(is_online(*second));
  QCOMPARE(first.account->state(), ConnectionState::offline);
}

void LoginTest::password_can_be_changed_and_is_used_from_then_on() {
  QVERIFY(server_.add_user("paris"));
  CuttableProxy proxy(server_.port());
  Person paris("paris", proxy.serverPort());
  QVERIFY(paris.log_in());
  QStringList answers;
  paris.account->change_password("new secret", [&](const QString& error) { answers << error; });
  QTRY_COMPARE_WITH_TIMEOUT(answers, QStringList(""), patience);
  proxy.cut();
  QTRY_VERIFY_WITH_TIMEOUT(paris.account->state() != ConnectionState::online, patience);
  QVERIFY(is_online(*paris.account));
  auto settings = paris.settings;
  const auto old = Account::create(settings);
  QSignalSpy failed(old.get(), &Account::login_failed);
  old->connect_to_server(Status::online);
  QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, patience);
}

void LoginTest::closed_account_cannot_log_in() {
  QVERIFY(server_.add_user("tybalt"));
  Person tybalt("tybalt", server_.port());
  QVERIFY(tybalt.log_in());
  QStringList answers;
  tybalt.account->close_account([&](const QString& error) { answers << error; });
  QTRY_COMPARE_WITH_TIMEOUT(answers, QStringList(""), patience);
  QCOMPARE(tybalt.account->state(), ConnectionState::offline);
  QSignalSpy failed(tybalt.account.get(), &Account::login_failed);
  tybalt.account->connect_to_server(Status::online);
  QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, patience);
}

}  // namespace
}  // namespace queqiao::client

QTEST_GUILESS_MAIN(queqiao::client::LoginTest)
#include "login_test.moc"
