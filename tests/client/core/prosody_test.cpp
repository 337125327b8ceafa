#include <QDir>
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include "client/core/profiles.h"
#include "client/core/roster.h"
#include "client/core/settings.h"
#include "cuttable_proxy.h"
#include "server_process.h"

namespace queqiao::client {
namespace {

using test::befriend;
using test::patience;
using test::Person;

#define EVENTUALLY(condition) QTRY_VERIFY_WITH_TIMEOUT(condition, patience)

const auto configuration = R"(
run_as_root = true
pidfile = "@DIR@/prosody.pid"
data_path = "@DIR@/data"
log = { warn = "@DIR@/prosody.log" }
c2s_interfaces = { "127.0.0.1" }
c2s_ports = { @PORT@ }
c2s_require_encryption = false
authentication = "internal_hashed"
allow_registration = true
registration_throttle_max = 1000
modules_enabled = {
  "blocklist", "carbons", "disco", "mam", "pep", "ping", "private", "register_ibr", "roster", "saslauth", "smacks",
  "vcard4", "vcard_legacy"
}
modules_disabled = { "s2s", "posix", "tls" }
default_storage = "internal"
VirtualHost "localhost"
)";

// Debian's Prosody on a free port of loopback.
class Prosody {
 public:
  bool start() {
    QTcpServer finder;  // Prosody does not tell which free port it took, so it is told one
    finder.listen(QHostAddress::LocalHost);
    port_ = finder.serverPort();
    finder.close();
    auto text = QString(configuration).replace("@DIR@", folder_.path()).replace("@PORT@", QString::number(port_));
    QFile file(file_name());
    QDir(folder_.path()).mkdir("data");
    if (!file.open(QIODevice::WriteOnly) || file.write(text.toUtf8()) < 0) return false;
    file.close();
    process_.setProcessChannelMode(QProcess::MergedChannels);
    process_.start("prosody", {"-F", "--config", file_name()});
    return QTest::qWaitFor([this] { return answers(); }, patience);
  }

  ~Prosody() {
    process_.terminate();
    if (!process_.waitForFinished(patience)) process_.kill();
    process_.waitForFinished(patience);
  }

  bool add_user(const QString& name) {
    QProcess ctl;
    ctl.start("prosodyctl", {"--config", file_name(), "register", name, "localhost", "secret"});
    return ctl.waitForFinished(patience) && ctl.exitCode() == 0;
  }

  quint16 port() const { return port_; }
  QString output() { return QString::fromUtf8(process_.readAll()); }

 private:
  QString file_name() const { return folder_.filePath("prosody.cfg.lua"); }
  bool answers() const {
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, port_);
    return socket.waitForConnected(100);
  }

  QTemporaryDir folder_;
  QProcess process_;
  quint16 port_ = 0;
};

// The client on a server that is not ours: what works between them is the standard's, not a private agreement.
class ProsodyTest : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase();
  void friends_see_each_other();
  void profile_and_avatar_reach_a_friend();
  void session_is_resumed();
  void blocked_person_is_told_nothing();
  void settings_are_kept_in_a_private_node();
  void cleanupTestCase();

 private:
  std::unique_ptr<Prosody> prosody_;
  std::unique_ptr<Person> juliet_, romeo_;
};

template <class Request>
QString outcome(Request request) {
  QString result = "no answer";
  request([&result](const QString& error) { result = error; });
  [[maybe_unused]] const bool has_come = QTest::qWaitFor([&] { return result != "no answer"; }, patience);
  return result;
}

void ProsodyTest::initTestCase() {
  if (QStandardPaths::findExecutable("prosody").isEmpty()) QSKIP("Prosody is not installed");
  prosody_ = std::make_unique<Prosody>();
  QVERIFY2(prosody_->start(), qPrintable(prosody_->output()));
  QVERIFY(prosody_->add_user("juliet"));
  QVERIFY(prosody_->add_user("romeo"));
  juliet_ = std::make_unique<Person>("juliet", prosody_->port());
  romeo_ = std::make_unique<Person>("romeo", prosody_->port());
  QVERIFY(juliet_->log_in());
  QVERIFY(romeo_->log_in());
}

void ProsodyTest::friends_see_each_other() {
  QVERIFY(befriend(*juliet_, *romeo_));
  romeo_->account->set_signature("在线");
  romeo_->account->set_status(Status::busy);
  const auto& roster = juliet_->account->roster();
  EVENTUALLY(roster.find(romeo_->jid())->status == Status::busy);
  EVENTUALLY(roster.find(romeo_->jid())->signature == "在线");
  EVENTUALLY(roster.find(romeo_->jid())->device == "Queqiao");
  romeo_->account->set_status(Status::invisible);
  EVENTUALLY(roster.find(romeo_->jid())->status == Status::offline);
  romeo_->account->set_status(Status::online);
  EVENTUALLY(roster.find(romeo_->jid())->status == Status::online);
}

void ProsodyTest::profile_and_avatar_reach_a_friend() {
  Profile profile;
  profile.nickname = "小朱";
  profile.city = "Verona";
  profile.gender = Gender::female;
  profile.birthday = QDate(1990, 7, 31);
  QCOMPARE(outcome([&](auto done) { juliet_->account->profiles().save_own(profile, done); }), "");
  QImage image(100, 100, QImage::Format_RGB32);
  image.fill(Qt::green);
  QCOMPARE(outcome([&](auto done) { juliet_->account->profiles().set_own_avatar(image, done); }), "");

  auto& seen = romeo_->account->profiles();
  EVENTUALLY(!seen.avatar(juliet_->jid()).isNull());
  QCOMPARE(seen.avatar(juliet_->jid()).pixelColor(50, 50), QColor(Qt::green));
  seen.request(juliet_->jid());
  EVENTUALLY(seen.profile(juliet_->jid()) && seen.profile(juliet_->jid())->city == "Verona");
  EVENTUALLY(seen.profile(juliet_->jid())->gender == Gender::female);
  QCOMPARE(seen.profile(juliet_->jid())->birthday, profile.birthday);
  EVENTUALLY(romeo_->account->roster().find(juliet_->jid())->nickname == "小朱");
}

void ProsodyTest::session_is_resumed() {
  test::CuttableProxy proxy(prosody_->port());
  Person other("juliet", proxy.serverPort());
  QSignalSpy new_session(&other.account->roster(), &Roster::groups_changed);  // comes with a session's roster
  QVERIFY(other.log_in());
  EVENTUALLY(!new_session.isEmpty());
  new_session.clear();
  proxy.cut();
  EVENTUALLY(other.account->state() == ConnectionState::waiting);
  EVENTUALLY(other.account->state() == ConnectionState::online);
  QVERIFY(new_session.isEmpty());
}

void ProsodyTest::blocked_person_is_told_nothing() {
  auto& roster = juliet_->account->roster();
  QCOMPARE(outcome([&](auto done) { roster.set_blocked(romeo_->jid(), true, done); }), "");
  QVERIFY(roster.find(romeo_->jid())->is_blocked);
  EVENTUALLY(romeo_->account->roster().find(juliet_->jid())->status == Status::offline);
  QCOMPARE(outcome([&](auto done) { roster.set_blocked(romeo_->jid(), false, done); }), "");
}

void ProsodyTest::settings_are_kept_in_a_private_node() {
  QTemporaryDir folder;
  auto settings = juliet_->settings;
  settings.data_folder = folder.path();
  const auto other = Account::create(settings);
  other->connect_to_server(Status::online);
  EVENTUALLY(other->state() == ConnectionState::online);
  // A device that is online hears of it by an event; it may not be ready for events before the first change.
  int minutes = 20;
  const auto is_heard = [&] {
    juliet_->account->settings().set_value(setting::auto_away_minutes, ++minutes);
    return QTest::qWaitFor([&] { return other->settings().number(setting::auto_away_minutes) == minutes; }, 3'000);
  };
  EVENTUALLY(is_heard());
}

void ProsodyTest::cleanupTestCase() {
  juliet_.reset();
  romeo_.reset();
  prosody_.reset();
}

}  // namespace
}  // namespace queqiao::client

QTEST_GUILESS_MAIN(queqiao::client::ProsodyTest)
#include "prosody_test.moc"
