#include <QSignalSpy>
#include <QTest>

#include "client/core/profiles.h"
#include "client/core/roster.h"
#include "server_process.h"

namespace queqiao::client {
namespace {

using test::befriend;
using test::patience;
using test::Person;
using test::ServerProcess;

#define EVENTUALLY(condition) QTRY_VERIFY_WITH_TIMEOUT(condition, patience)

template <class Request>
QString outcome(Request request) {
  QString result = "no answer";
  request([&result](const QString& error) { result = error; });
  [[maybe_unused]] const bool has_come = QTest::qWaitFor([&] { return result != "no answer"; }, patience);
  return result;
}

QImage picture(const QColor& color) {
  QImage image(320, 240, QImage::Format_RGB32);
  image.fill(color);
  return image;
}

// Profiles and avatars between two accounts on a real server.
class ProfileTest : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase();
  void saved_profile_is_what_friends_see();
  void avatar_reaches_friends_and_survives_a_restart();
  void saving_the_profile_keeps_the_avatar();
  void removed_avatar_is_gone_for_friends();

 private:
  ServerProcess server_;
  std::unique_ptr<Person> juliet_, romeo_;
};

void ProfileTest::initTestCase() {
  QVERIFY(server_.add_user("juliet"));
  QVERIFY(server_.add_user("romeo"));
  juliet_ = std::make_unique<Person>("juliet", server_.port());
  romeo_ = std::make_unique<Person>("romeo", server_.port());
  QVERIFY(juliet_->log_in());
  QVERIFY(romeo_->log_in());
  QVERIFY(befriend(*juliet_, *romeo_));
}

void ProfileTest::saved_profile_is_what_friends_see() {
  Profile profile;
  profile.nickname = "朱丽叶";
  profile.full_name = "Juliet Capulet";
  profile.city = "Verona";
  profile.country = "Italy";
  profile.email = "juliet@capulet.example";
  profile.phone = "+39 045 0000";
  profile.website = "https://capulet.example/";
  profile.about = "Thirteen & <sad>";
  profile.birthday = QDate(1990, 7, 31);
  profile.gender = Gender::female;
  QCOMPARE(outcome([&](auto done) { juliet_->account->profiles().save_own(profile, done); }), "");

  auto& seen = romeo_->account->profiles();
  QSignalSpy changed(&seen, &Profiles::profile_changed);
  seen.request(juliet_->jid());
  EVENTUALLY(seen.profile(juliet_->jid()) && seen.profile(juliet_->jid())->city == "Verona");
  const auto got = *seen.profile(juliet_->jid());
  QCOMPARE(got.nickname, profile.nickname);
  QCOMPARE(got.full_name, profile.full_name);
  QCOMPARE(got.country, profile.country);
  QCOMPARE(got.email, profile.email);
  QCOMPARE(got.phone, profile.phone);
  QCOMPARE(got.website, profile.website);
  QCOMPARE(got.about, profile.about);
  QCOMPARE(got.birthday, profile.birthday);
  QCOMPARE(got.gender, profile.gender);
  EVENTUALLY(romeo_->account->roster().find(juliet_->jid())->nickname == profile.nickname);
}

void ProfileTest::avatar_reaches_friends_and_survives_a_restart() {
  QCOMPARE(outcome([&](auto done) { juliet_->account->profiles().set_own_avatar(picture(Qt::red), done); }), "");
  QCOMPARE(juliet_->account->profiles().avatar(juliet_->jid()).size(), QSize(192, 192));
  EVENTUALLY(!romeo_->account->profiles().avatar(juliet_->jid()).isNull());
  const auto seen = romeo_->account->profiles().avatar(juliet_->jid());
  QCOMPARE(seen.size(), QSize(192, 192));
  QCOMPARE(seen.pixelColor(96, 96), QColor(Qt::red));

  romeo_->account.reset();
  romeo_->account = Account::create(romeo_->settings);
  QCOMPARE(romeo_->account->profiles().avatar(juliet_->jid()).pixelColor(5, 5), QColor(Qt::red));
  QVERIFY(romeo_->log_in());
}

void ProfileTest::saving_the_profile_keeps_the_avatar() {
  auto profile = *juliet_->account->profiles().profile(juliet_->jid());
  profile.city = "Mantua";
  QCOMPARE(outcome([&](auto done) { juliet_->account->profiles().save_own(profile, done); }), "");
  auto& seen = romeo_->account->profiles();
  seen.request(juliet_->jid());
  EVENTUALLY(seen.profile(juliet_->jid()) && seen.profile(juliet_->jid())->city == "Mantua");
  QCOMPARE(seen.avatar(juliet_->jid()).pixelColor(96, 96), QColor(Qt::red));
}

void ProfileTest::removed_avatar_is_gone_for_friends() {
  QCOMPARE(outcome([&](auto done) { juliet_->account->profiles().set_own_avatar({}, done); }), "");
  QVERIFY(juliet_->account->profiles().avatar(juliet_->jid()).isNull());
  EVENTUALLY(romeo_->account->profiles().avatar(juliet_->jid()).isNull());
}

}  // namespace
}  // namespace queqiao::client

QTEST_GUILESS_MAIN(queqiao::client::ProfileTest)
#include "profile_test.moc"
