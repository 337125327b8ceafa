#include <QSignalSpy>
#include <QTest>

#include "client/core/account_creation.h"
#include "server_process.h"

namespace queqiao::client {
namespace {

using test::patience;
using test::Person;
using test::ServerProcess;

// Making accounts, and finding out why a connection does not come about.
class CreationTest : public QObject {
  Q_OBJECT

 private slots:
  void offers_a_number_and_makes_the_account();
  void taken_name_is_refused_and_another_may_do();
  void server_without_registration_is_told();
  void connection_test_tells_every_step();
  void connection_test_finds_a_closed_port();

 private:
  AccountSettings server_settings(const ServerProcess& server) const {
    auto settings = test::settings_for("nobody", server.port(), folder_.path());
    settings.jid = "localhost";
    return settings;
  }

  QTemporaryDir folder_;
  ServerProcess server_;
};

void CreationTest::offers_a_number_and_makes_the_account() {
  const auto creation = AccountCreation::create();
  QSignalSpy offered(creation.get(), &AccountCreation::offered);
  QSignalSpy created(creation.get(), &AccountCreation::created);
  creation->begin(server_settings(server_));
  QTRY_COMPARE_WITH_TIMEOUT(offered.size(), 1, patience);
  const auto number = offered[0][0].toString();
  QVERIFY(number.toULongLong() > 0);
  creation->submit(number, "secret");
  QTRY_COMPARE_WITH_TIMEOUT(created.size(), 1, patience);
  QCOMPARE(created[0][0].toString(), number + "@localhost");
  Person person(number, server_.port());
  QVERIFY(person.log_in());
}

void CreationTest::taken_name_is_refused_and_another_may_do() {
  QVERIFY(server_.add_user("taken"));
  const auto creation = AccountCreation::create();
  QSignalSpy offered(creation.get(), &AccountCreation::offered);
  QSignalSpy refused(creation.get(), &AccountCreation::refused);
  QSignalSpy created(creation.get(), &AccountCreation::created);
  creation->begin(server_settings(server_));
  QTRY_COMPARE_WITH_TIMEOUT(offered.size(), 1, patience);
  creation->submit("taken", "secret");
  QTRY_COMPARE_WITH_TIMEOUT(refused.size(), 1, patience);
  QCOMPARE(refused[0][0].toString(), "This name is taken already.");
  creation->submit("not a name", "secret");
  QTRY_COMPARE_WITH_TIMEOUT(refused.size(), 2, patience);
  creation->submit("freename", "secret");
  QTRY_COMPARE_WITH_TIMEOUT(created.size(), 1, patience);
}

void CreationTest::server_without_registration_is_told() {
  ServerProcess closed({"--trust-loopback"});
  const auto creation = AccountCreation::create();
  QSignalSpy failed(creation.get(), &AccountCreation::failed);
  creation->begin(server_settings(closed));
  QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, patience);
  QVERIFY(failed[0][0].toString().contains("operator"));
}

void CreationTest::connection_test_tells_every_step() {
  auto settings = server_settings(server_);
  settings.allows_plain_loopback = false;
  const auto check = ConnectionTest::create();
  QSignalSpy steps(check.get(), &ConnectionTest::step);
  QSignalSpy finished(check.get(), &ConnectionTest::finished);
  check->begin(settings);
  QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, patience);
  QVERIFY(finished[0][0].toBool());
  QVERIFY(steps.size() >= 5);
  QVERIFY(steps.last()[1].toBool());
  // The certificate that the server made itself is the one thing to complain about, with its fingerprint.
  const auto faults = std::count_if(steps.begin(), steps.end(), [](const auto& step) { return !step[1].toBool(); });
  QCOMPARE(faults, 1);
}

void CreationTest::connection_test_finds_a_closed_port() {
  auto settings = server_settings(server_);
  {
    ServerProcess gone;
    settings.port = gone.port();
  }
  const auto check = ConnectionTest::create();
  QSignalSpy steps(check.get(), &ConnectionTest::step);
  QSignalSpy finished(check.get(), &ConnectionTest::finished);
  check->begin(settings);
  QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, patience);
  QVERIFY(!finished[0][0].toBool());
  QVERIFY(!steps.last()[1].toBool());
  QVERIFY(!steps.last()[2].toString().isEmpty());
}

}  // namespace
}  // namespace queqiao::client

QTEST_GUILESS_MAIN(queqiao::client::CreationTest)
#include "creation_test.moc"
